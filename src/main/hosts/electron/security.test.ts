import { globSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventEmitter } from 'node:events'
import type { App, IpcMain, Session, WebContents } from 'electron'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../content-security-policy.ts'
import { onlyExports } from './downloads.ts'
import { answerChannels, CHANNELS } from './ipc.ts'
import { installLinks, isAllowedLink } from './links.ts'
import { pageHandler } from './page-protocol.ts'
import { installPermissions } from './permissions.ts'
import { as, asWindow, createEvent, FakeWindow } from './testing/fake-electron.ts'

const OURS = 'app://tapedeck'
/** Every permission that Electron’s typings name for requests and checks. */
const PERMISSIONS = [
  'accessibility-events',
  'background-sync',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'unknown',
  'usb',
  'window-management',
] as const

it('A-80 no crash reporter is started: nothing of memory is written or sent', () => {
  const sources = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((name) => !name.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(30)
  expect(
    sources.filter((name) => readFileSync(join(import.meta.dirname, name), 'utf8').includes('crashReporter')),
  ).toEqual([])
})

describe('A-80 permissions', () => {
  type Request = (contents: unknown, permission: string, decide: (granted: boolean) => void, details: object) => void
  type Check = (contents: unknown, permission: string, origin: string) => boolean
  let request: Request
  let check: Check
  let device: (details: object) => boolean
  let display: (request: object, give: (streams: object) => void) => void
  installPermissions(
    as<Session>({
      setPermissionRequestHandler: (handler: Request) => (request = handler),
      setPermissionCheckHandler: (handler: Check) => (check = handler),
      setDevicePermissionHandler: (handler: typeof device) => (device = handler),
      setDisplayMediaRequestHandler: (handler: typeof display) => (display = handler),
    }),
  )
  const requested = (permission: string, requestingUrl: string) => {
    let answer: boolean | undefined
    request({}, permission, (granted) => (answer = granted), { requestingUrl })
    return answer
  }

  it.each(PERMISSIONS)('A-80 %s is answered alike when requested and when checked', (permission) => {
    const granted = permission === 'clipboard-sanitized-write'
    expect([requested(permission, `${OURS}/index.html`), check({}, permission, OURS)]).toEqual([granted, granted])
    expect([requested(permission, 'https://example.com/'), check({}, permission, 'https://example.com')]).toEqual([
      false,
      false,
    ])
  })

  it('A-80 no device and no screen is given to anybody', () => {
    let given: object | undefined
    display({}, (streams) => (given = streams))
    expect([device({ deviceType: 'usb', origin: OURS }), given]).toEqual([false, {}])
  })
})

describe('A-80 navigation', () => {
  const app = new EventEmitter()
  const contents = Object.assign(new EventEmitter(), {
    open: (_details: { url: string }): unknown => undefined,
    setWindowOpenHandler(handler: (details: { url: string }) => unknown) {
      contents.open = handler
    },
  })
  const opened: string[] = []
  let now = 0
  installLinks({
    app: as<App>(app),
    openExternal: (url) => Promise.resolve(void opened.push(url)),
    log: () => undefined,
    monotonic: () => now,
  })
  app.emit('web-contents-created', {}, as<WebContents>(contents))

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'A-80 %s is denied',
    (name) => {
      const event = createEvent()
      contents.emit(name, event)
      expect(event.prevented).toBe(true)
    },
  )

  it.each([
    ['https://www.tradingview.com/', true],
    ['https://www.tradingview.com/lightweight-charts/', true],
    ['http://www.tradingview.com/', false],
    ['https://news.example.com/a?b=c', true],
    ['https://user:pass@www.tradingview.com/', false],
    ['https://192.168.0.1/', false],
    ['https://[::1]/', false],
    ['https://localhost/', false],
    ['https://router/', false],
    ['https://news.example.com:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['tapedeck://page/about', false],
    ['not a link', false],
  ])('A-80 no window opens, and the browser gets only public pages over https: %s', (url, allowed) => {
    opened.length = 0
    now += 1_000
    expect([contents.open({ url }), opened, isAllowedLink(url)]).toEqual([
      { action: 'deny' },
      allowed ? [url] : [],
      allowed,
    ])
  })

  it('A-80 the browser gets one link a second', () => {
    opened.length = 0
    for (const after of [1_000, 10, 900, 1_000]) {
      now += after
      contents.open({ url: `https://news.example.com/${now}` })
    }
    expect(opened).toEqual([`https://news.example.com/${now - 1_910}`, `https://news.example.com/${now}`])
  })
})

describe('A-80 the channels to main', () => {
  const window = new FakeWindow({})
  const mainFrame = { url: `${OURS}/index.html#trade` }
  const sender = { mainFrame }
  const taken: unknown[] = []
  const ipcMain = new EventEmitter()
  answerChannels(
    { 'tapedeck:port': (which) => void taken.push(which) },
    {
      ipcMain: as<IpcMain>(ipcMain),
      windowOf: (contents) => (contents === as(sender) ? asWindow(window) : undefined),
      log: () => undefined,
    },
  )
  const send = (event: object, ...payload: unknown[]) => {
    taken.length = 0
    ipcMain.emit('tapedeck:port', event, ...payload)
    return [...taken]
  }

  it('A-80 there is one, and it takes one of two words', () => {
    expect(Object.keys(CHANNELS)).toEqual(['tapedeck:port'])
    expect(ipcMain.eventNames()).toEqual(['tapedeck:port'])
    expect([
      send({ sender, senderFrame: mainFrame }, 'engine'),
      send({ sender, senderFrame: mainFrame }, 'shell'),
    ]).toEqual([['engine'], ['shell']])
  })

  it.each([[undefined], ['files'], [{}], [null], ['engine', 'more']].map((payload) => ({ payload })))(
    'A-80 any other payload is refused: $payload',
    ({ payload }) => {
      expect(send({ sender, senderFrame: mainFrame }, ...payload)).toEqual([])
    },
  )

  it.each([
    ['a page that is in no window of ours', { sender: { mainFrame }, senderFrame: mainFrame }],
    ['a frame within the page', { sender, senderFrame: { url: `${OURS}/index.html` } }],
    ['a frame that is gone', { sender, senderFrame: null }],
  ])('A-80 %s is refused', (_name, event) => {
    expect(send(event, 'engine')).toEqual([])
  })

  it.each(['https://tapedeck/index.html', 'app://other/index.html', 'file:///index.html', ''])(
    'A-80 a page from %s is refused',
    (url) => {
      const frame = { url }
      const contents = { mainFrame: frame }
      const all = new EventEmitter()
      const heard: unknown[] = []
      answerChannels(
        { 'tapedeck:port': (which) => void heard.push(which) },
        { ipcMain: as<IpcMain>(all), windowOf: () => asWindow(window), log: () => undefined },
      )
      all.emit('tapedeck:port', { sender: contents, senderFrame: frame }, 'engine')
      expect(heard).toEqual([])
    },
  )
})

describe('A-80 the app’s own scheme', () => {
  const home = mkdtempSync(join(tmpdir(), 'tapedeck-scheme-'))
  const page = join(home, 'renderer')
  const handle = pageHandler(page, () => Promise.resolve(undefined))
  const get = async (url: string) => handle(new Request(url))
  beforeAll(() => {
    mkdirSync(page)
    writeFileSync(join(page, 'index.html'), '<!doctype html>')
    writeFileSync(join(page, 'notes.txt'), 'x')
    writeFileSync(join(home, 'secret.json'), '{}')
  })
  afterAll(() => rmSync(home, { recursive: true }))

  it('A-80 serves the page with its policy and its type, and nothing may be guessed', async () => {
    const { status, headers } = await get('app://tapedeck/index.html')
    expect([status, Object.fromEntries(headers)]).toEqual([
      200,
      {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    ])
  })

  it('A-80 the policy lets in own files only: no inline script, no eval, no other host, no frame', () => {
    expect(CONTENT_SECURITY_POLICY.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ])
  })

  it.each([
    'app://tapedeck/../secret.json',
    'app://tapedeck/%2e%2e/secret.json',
    'app://tapedeck/..%2fsecret.json',
    'app://tapedeck/..%5csecret.json',
    'app://tapedeck/notes.txt',
    'app://tapedeck/none.html',
    'app://other/index.html',
    'app://tapedeck/exports/unknown',
    'app://tapedeck/index.html%00.js',
  ])('A-80 nothing else is served: %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('A-80 a download is an export of our own folders, whatever the engine says', async () => {
    const answers: Record<string, string> = {
      good: '/data/exports/7/bars.csv',
      plain: '/data/exports/bars.csv',
      demo: '/data-demo/exports/7/bars.csv',
      outside: '/etc/passwd',
      secrets: '/data/secrets.safe.json',
      upwards: '/data/exports/../settings.json',
      deep: '/data/exports/1/2/3.csv',
    }
    const redeem = onlyExports(
      (ticket) => Promise.resolve({ path: answers[ticket] ?? '', name: '../../evil.csv' }),
      ['/data', '/data-demo'],
    )
    const found = await Promise.all(Object.keys(answers).map(async (ticket) => [ticket, await redeem(ticket)]))
    expect(Object.fromEntries(found)).toEqual({
      good: { path: answers['good'], name: 'evil.csv' },
      plain: { path: answers['plain'], name: 'evil.csv' },
      demo: { path: answers['demo'], name: 'evil.csv' },
    })
  })
})
