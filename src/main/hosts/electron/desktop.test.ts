import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, MenuItemConstructorOptions, NativeImage, PowerMonitor } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { followLinks, openArguments, parseLink } from './deep-links.ts'
import { parseDesktopOptions } from './desktop-options.ts'
import type { ElectronApi } from './electron-api.ts'
import { createKeepAwake } from './keep-awake.ts'
import { createLoginItem } from './login-item.ts'
import { applicationMenu } from './menu.ts'
import { createNotifications } from './notifications.ts'
import { followPower } from './power.ts'
import { createRequests } from './requests.ts'
import { as, createEvent } from './testing/fake-electron.ts'
import { trayIcon } from './tray-icon.ts'
import { trayText } from './tray-text.ts'
import { openTray, trayMenu } from './tray.ts'
import { languageOf, WORDS } from './words.ts'

const row = (instrument: InstrumentKey, last: string, more: Partial<TickerRow> = {}): TickerRow => ({
  instrument,
  at: 1,
  receivedAt: 1,
  origin: 'stream',
  last,
  ...more,
})
/** Ids and labels of a menu, nested. */
const outline = (items: readonly MenuItemConstructorOptions[]): unknown[] =>
  items.map((item) =>
    item.type === 'separator'
      ? '-'
      : Array.isArray(item.submenu)
        ? [item.label, ...outline(item.submenu)]
        : (item.role ?? item.id),
  )
const clickAll = (items: readonly MenuItemConstructorOptions[]): void => {
  for (const item of items) {
    if (Array.isArray(item.submenu)) clickAll(item.submenu)
    else (item.click as (() => void) | undefined)?.()
  }
}

describe('the menu', () => {
  const asked: unknown[] = []
  const action = (name: string) => () => void asked.push(name)
  const actions = {
    request: (request: unknown) => void asked.push(request),
    exportLayout: action('exportLayout'),
    importLayout: action('importLayout'),
    saveDiagnostics: action('saveDiagnostics'),
    checkUpdates: action('checkUpdates'),
    installUpdate: action('installUpdate'),
    quit: action('quit'),
  }
  const rest = [
    ['Edit', 'undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll'],
    [
      'View',
      'page:trade',
      'page:news',
      'page:kafka',
      'page:health',
      'page:data',
      '-',
      'search.open',
      'theme.toggle',
      '-',
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
    ],
  ]

  it.each(['linux', 'win32'] as const)('has exactly these entries on %s', (platform) => {
    expect(outline(applicationMenu(WORDS.en, { state: 'idle' }, platform, actions))).toEqual([
      ['File', 'export.open', '-', 'layout.export', 'layout.import', '-', 'page:settings', '-', 'quit'],
      ...rest,
      ['Window', 'minimize', 'close'],
      ['Help', 'keys.open', 'diagnostics', 'update.check', '-', 'page:about'],
    ])
  })

  it('has its app menu on macOS', () => {
    expect(outline(applicationMenu(WORDS.en, { state: 'idle' }, 'darwin', actions))).toEqual([
      [
        'Tapedeck',
        'page:about',
        '-',
        'page:settings',
        '-',
        'services',
        '-',
        'hide',
        'hideOthers',
        'unhide',
        '-',
        'quit',
      ],
      ['File', 'export.open', '-', 'layout.export', 'layout.import'],
      ...rest,
      ['Window', 'minimize', 'zoom', 'close'],
      ['Help', 'keys.open', 'diagnostics', 'update.check'],
    ])
  })

  it('does what each entry says', () => {
    asked.length = 0
    clickAll(applicationMenu(WORDS.ko, { state: 'ready', version: '2.0.0' }, 'linux', actions))
    expect(asked).toEqual([
      { kind: 'command', command: 'export.open' },
      'exportLayout',
      'importLayout',
      { kind: 'page', page: 'settings' },
      'quit',
      { kind: 'page', page: 'trade' },
      { kind: 'page', page: 'news' },
      { kind: 'page', page: 'kafka' },
      { kind: 'page', page: 'health' },
      { kind: 'page', page: 'data' },
      { kind: 'command', command: 'search.open' },
      { kind: 'command', command: 'theme.toggle' },
      { kind: 'command', command: 'keys.open' },
      'saveDiagnostics',
      'installUpdate',
      { kind: 'page', page: 'about' },
    ])
  })

  it('A-71 offers to install only what is ready, and names it', () => {
    const help = (update: Parameters<typeof applicationMenu>[1]) =>
      (applicationMenu(WORDS.en, update, 'linux', actions).at(-1)!.submenu as MenuItemConstructorOptions[])[2]
    expect(help({ state: 'ready', version: '2.0.0' })).toMatchObject({ label: 'Install 2.0.0 and restart' })
    expect(help({ state: 'off' })).toMatchObject({ id: 'update.check', enabled: false })
    expect(help({ state: 'downloading', version: '2.0.0', share: 0.5 })).toMatchObject({ enabled: false })
  })
})

describe('the tray', () => {
  const BTC = 'upbit:BTC/KRW' as const
  const ETH = 'binance:ETH/USDT' as const
  const tickers = new Map([[BTC as InstrumentKey, row(BTC, '137500000', { change: '0.0125' })]])

  it.each([
    [row(BTC, '137500000', { change: '0.0125' }), 'BTC/KRW 137,500,000 +1.25%'],
    [row(BTC, '999.5', { open24h: '1000' }), 'BTC/KRW 999.5 −0.05%'],
    [row(BTC, '0.0007772', { change: '0' }), 'BTC/KRW 0.0007772 0.00%'],
    [row(BTC, '1234567.890123'), 'BTC/KRW 1,234,567.890123'],
    [undefined, 'BTC/KRW no data yet'],
  ])('A-66 a value is price and change as the venue gives them', (ticker, text) => {
    expect(trayText(BTC, ticker, 'no data yet')).toBe(text)
  })

  it('A-66 shows the chosen values, the engine’s state and the ways in and out, and does what they say', () => {
    const asked: unknown[] = []
    const menu = trayMenu(
      { words: WORDS.en, engine: 'running', markets: [BTC, ETH], tickers },
      { show: () => asked.push('show'), openMarket: (market) => asked.push(market), quit: () => asked.push('quit') },
    )
    expect(menu.map(({ label, type }) => label ?? type)).toEqual([
      'BTC/KRW 137,500,000 +1.25%',
      'ETH/USDT no data yet',
      'separator',
      'Engine: running',
      'Show Tapedeck',
      'separator',
      'Quit Tapedeck',
    ])
    clickAll(menu)
    expect(asked).toEqual([BTC, ETH, 'show', 'quit'])
  })

  it('A-66 is renewed only when something in it changed, and goes when it is closed', () => {
    const calls: unknown[] = []
    class Tray extends EventEmitter {
      setTitle = (text: string) => calls.push(['title', text])
      setToolTip = (text: string) => calls.push(['tip', text])
      setContextMenu = () => calls.push(['menu'])
      destroy = () => calls.push(['destroy'])
    }
    const electron = as<ElectronApi>({ Tray, Menu: { buildFromTemplate: (items: unknown) => items } })
    const actions = { show: () => undefined, openMarket: () => undefined, quit: () => undefined }
    const tray = openTray(electron, as<NativeImage>({}), 'darwin', actions)
    const view = { words: WORDS.en, engine: 'running', markets: [BTC, ETH], tickers } as const
    tray?.show(view)
    tray?.show({ ...view, tickers: new Map(tickers) })
    tray?.show({ ...view, engine: 'restarting' })
    tray?.close()
    const text = 'BTC/KRW 137,500,000 +1.25%'
    const shown = [
      ['title', `${text}  ETH/USDT no data yet`],
      ['tip', `Tapedeck\n${text}\nETH/USDT no data yet`],
      ['menu'],
    ]
    expect(calls).toEqual([...shown, ...shown, ['destroy']])
  })

  it('A-66 a desktop without one is no reason to fail', () => {
    function Tray() {
      throw new Error('no tray')
    }
    const actions = { show: () => undefined, openMarket: () => undefined, quit: () => undefined }
    expect(openTray(as<ElectronApi>({ Tray, Menu: {} }), as<NativeImage>({}), 'linux', actions)).toBeUndefined()
  })

  it('its icon is a PNG of the size that is asked for', () => {
    for (const size of [18, 36]) {
      const icon = trayIcon(size, 'plate')
      expect([icon.subarray(1, 4).toString(), icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([
        'PNG',
        size,
        size,
      ])
    }
  })
})

describe('links', () => {
  it.each([
    ['tapedeck://market/upbit:BTC/KRW', { kind: 'market', instrument: 'upbit:BTC/KRW' }],
    ['tapedeck://market/upbit%3ABTC%2FKRW', { kind: 'market', instrument: 'upbit:BTC/KRW' }],
    ['tapedeck://page/health', { kind: 'page', page: 'health' }],
    ['tapedeck://page/health/', { kind: 'page', page: 'health' }],
    ['tapedeck://page/none', undefined],
    ['tapedeck://command/quit', undefined],
    ['tapedeck://market/<script>', undefined],
    ['tapedeck://market/%E0%A4%A', undefined],
    [`tapedeck://market/upbit:${'A'.repeat(300)}`, undefined],
    ['https://market/upbit:BTC/KRW', undefined],
    ['--data', undefined],
  ])('A-80 %s shows something or nothing', (text, request) => {
    expect(parseLink(text)).toEqual(request)
  })

  it('come on the command line and from the system, with layout files beside them', () => {
    const app = Object.assign(new EventEmitter(), { isPackaged: true, schemes: [] as string[] })
    const asked: unknown[] = []
    const links = {
      request: (request: unknown) => void asked.push(request),
      openLayout: (path: string) => void asked.push(path),
    }
    followLinks(
      as<App>(Object.assign(app, { setAsDefaultProtocolClient: (name: string) => app.schemes.push(name) })),
      links,
    )
    openArguments(['--demo', 'tapedeck://page/data', '/home/me/a.tapedeck-layout', 'x.txt'], links)
    const [url, file] = [createEvent(), createEvent()]
    app.emit('open-url', url, 'tapedeck://market/upbit:BTC/KRW')
    app.emit('open-file', file, '/b.tapedeck-layout')
    expect([app.schemes, url.prevented, file.prevented, asked]).toEqual([
      ['tapedeck'],
      true,
      true,
      [
        { kind: 'page', page: 'data' },
        '/home/me/a.tapedeck-layout',
        { kind: 'market', instrument: 'upbit:BTC/KRW' },
        '/b.tapedeck-layout',
      ],
    ])
  })

  it('wait for a page, and go to the newest', () => {
    const requests = createRequests()
    const taken: unknown[] = []
    requests.send({ kind: 'page', page: 'data' })
    const leave = requests.follow((request) => taken.push(['first', request.kind]))
    requests.follow((request) => taken.push(['second', request.kind]))
    leave()
    requests.send({ kind: 'command', command: 'keys.open' })
    expect(taken).toEqual([
      ['first', 'page'],
      ['second', 'command'],
    ])
  })
})

describe('the system', () => {
  it('A-55 the machine’s sleep is told to the engine, and its shutdown quits in order', () => {
    const powerMonitor = new EventEmitter()
    const events: string[] = []
    followPower({
      powerMonitor: as<PowerMonitor>(powerMonitor),
      tell: (state) => events.push(state),
      quit: () => events.push('quit'),
    })
    for (const name of ['suspend', 'resume', 'shutdown']) powerMonitor.emit(name)
    expect(events).toEqual(['suspended', 'resumed', 'quit'])
  })

  it('is kept awake while asked, once', () => {
    const calls: unknown[] = []
    const awake = createKeepAwake({
      start: (kind) => calls.push(['start', kind]),
      stop: (id) => Boolean(calls.push(['stop', id])),
    })
    for (const each of [false, true, true, false, false]) awake.apply(each)
    expect(calls).toEqual([
      ['start', 'prevent-app-suspension'],
      ['stop', 1],
    ])
  })

  it('opens Tapedeck at login on macOS and Windows by Electron, and only where it is installed', () => {
    const calls: unknown[] = []
    const item = (isPackaged: boolean) =>
      createLoginItem({
        app: as<App>({ isPackaged, setLoginItemSettings: (settings: unknown) => calls.push(settings) }),
        platform: 'darwin',
        environment: {},
        home: '/home/me',
        execPath: '/Applications/Tapedeck',
      })
    for (const open of [true, true, false]) item(false).apply(open)
    const installed = item(true)
    for (const open of [true, true, false]) installed.apply(open)
    expect(calls).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ])
  })

  it('opens Tapedeck at login on Linux by an autostart entry that names the AppImage', () => {
    const home = mkdtempSync(join(tmpdir(), 'tapedeck-login-'))
    const item = createLoginItem({
      app: as<App>({ isPackaged: true }),
      platform: 'linux',
      environment: { APPIMAGE: '/home/me/My Apps/Tapedeck.AppImage' },
      home,
      execPath: '/tmp/.mount/tapedeck',
    })
    const file = join(home, '.config/autostart/tapedeck.desktop')
    item.apply(true)
    expect(readFileSync(file, 'utf8')).toBe(
      '[Desktop Entry]\nType=Application\nName=Tapedeck\nExec="/home/me/My Apps/Tapedeck.AppImage" --hidden\nTerminal=false\n',
    )
    item.apply(false)
    expect(existsSync(file)).toBe(false)
    rmSync(home, { recursive: true })
  })

  it('shows a notice once a minute at most, only if wanted, and a click brings Tapedeck to the front', () => {
    const shown: unknown[] = []
    const made: EventEmitter[] = []
    class Notification extends EventEmitter {
      static isSupported = () => true
      readonly options: unknown
      constructor(options: unknown) {
        super()
        this.options = options
        made.push(this)
      }
      show = () => shown.push(this.options)
    }
    let now = 0
    let wanted = true
    const onClick = vi.fn<() => void>()
    const notifications = createNotifications({
      Notification: as<ElectronApi['Notification']>(Notification),
      wanted: () => wanted,
      onClick,
      now: () => now,
    })
    const say = () => notifications.show({ title: 'A', text: 'b' })
    say()
    say()
    now = 60_000
    say()
    wanted = false
    now = 120_000
    say()
    made.at(-1)?.emit('click')
    expect([shown, onClick.mock.calls.length]).toEqual([
      [
        { title: 'A', body: 'b' },
        { title: 'A', body: 'b' },
      ],
      1,
    ])
  })

  it('is spoken to in the chosen language, else its own', () => {
    expect([languageOf('en', 'ko-KR'), languageOf(null, 'ko'), languageOf(null, 'de')]).toEqual(['en', 'ko', 'en'])
  })
})

it('the command line is read beside Chromium’s own switches', () => {
  expect(
    parseDesktopOptions([
      '--no-sandbox',
      '--demo',
      '--rate=50',
      '--data',
      '/d',
      '--exchanges',
      'upbit',
      'tapedeck://page/data',
    ]),
  ).toEqual({
    folder: '/d',
    mode: 'demo',
    hidden: false,
    market: { only: ['upbit'], rate: 50 },
    opens: ['tapedeck://page/data'],
  })
  expect(() => parseDesktopOptions(['--rate', 'fast'])).toThrow('"fast" is not a rate')
})
