import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, PowerMonitor } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { parseDesktopOptions } from './desktop-options.ts'
import type { ElectronApi } from './electron-api.ts'
import { createKeepAwake } from './keep-awake.ts'
import { createLoginItem } from './login-item.ts'
import { createNotifications } from './notifications.ts'
import { followPower } from './power.ts'
import { as, createEvent } from './testing/fake-electron.ts'
import { languageOf } from './words.ts'

describe('the system', () => {
  it('A-55 the machine’s sleep is told to the engine, and its shutdown quits in order', () => {
    const powerMonitor = new EventEmitter()
    const events: string[] = []
    followPower({
      powerMonitor: as<PowerMonitor>(powerMonitor),
      tell: (state) => events.push(state),
      quit: () => events.push('quit'),
    })
    for (const name of ['suspend', 'resume']) powerMonitor.emit(name)
    const shutdown = createEvent()
    powerMonitor.emit('shutdown', shutdown)
    expect([events, shutdown.prevented]).toEqual([['suspended', 'resumed', 'quit'], true])
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
      environment: { APPIMAGE: '/home/me/My Apps 100%/Tapedeck.AppImage' },
      home,
      execPath: '/tmp/.mount/tapedeck',
    })
    const file = join(home, '.config/autostart/tapedeck.desktop')
    item.apply(true)
    expect(readFileSync(file, 'utf8')).toBe(
      '[Desktop Entry]\nType=Application\nName=Tapedeck\nExec="/home/me/My Apps 100%%/Tapedeck.AppImage" --hidden\nTerminal=false\n',
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
