/** A-80 and Electron's own checklist, asked of the running app: what its page can and cannot do. */

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../tapedeck.ts'
import { callsOf, expectMoving } from './desktop-acts.ts'
import type { Desktop } from './desktop.ts'
import { openDesktop } from './desktop.ts'

let desktop: Desktop
let page: Page
/** The page's policy violations since the last look. */
const complaints: string[] = []
beforeAll(async () => {
  desktop = await openDesktop({ args: ['--demo'], environment: { TAPEDECK_WELCOMED: '1' } })
  page = await desktop.page()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await expectMoving(page)
}, 60_000)
afterAll(() => desktop?.close())

describe('A-80 the page', () => {
  test('has nothing of Node and one function of the shell', async () => {
    const seen = await page.evaluate(() => {
      const scope = globalThis as unknown as Record<string, unknown>
      return {
        node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in scope),
        shell: Object.keys(scope['tapedeck'] ?? {}),
        isFrozen: Object.isFrozen(scope['tapedeck']),
      }
    })
    expect(seen).toEqual({ node: [], shell: ['port'], isFrozen: true })
  })

  test('breaks no policy of its own', () => {
    expect(complaints).toEqual([])
  })

  test('runs no inline script, no eval, and no text as a script', async () => {
    const outcome = await page.evaluate(async () => {
      // What the debugger runs is let through by Chromium; what runs after it is the page's own.
      await new Promise((resolve) => setTimeout(resolve))
      const scope = globalThis as unknown as { inlineRan?: boolean }
      const tried: Record<string, string> = {}
      const attempt = (name: string, run: () => unknown) => {
        try {
          run()
          tried[name] = 'ran'
        } catch (error) {
          tried[name] = (error as Error).name
        }
      }
      attempt('script element', () => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.inlineRan = true'
        document.body.append(script)
      })
      attempt('innerHTML', () => (document.createElement('div').innerHTML = '<img src=x onerror="inlineRan = true">'))
      attempt('eval', () =>
        (Reflect.get(globalThis, 'eval') as (text: string) => unknown)('globalThis.inlineRan = true'),
      )
      return { tried, ran: scope.inlineRan ?? false }
    })
    expect(outcome.ran).toBe(false)
    expect(outcome.tried).toMatchObject({ innerHTML: 'TypeError', eval: 'EvalError' })
  })

  test('reaches nothing of the network and no file', async () => {
    const reached = await page.evaluate(async () => {
      const tryAt = (url: string) =>
        fetch(url).then(
          (response) => response.status,
          () => 'refused',
        )
      return Promise.all(['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd'].map(tryAt))
    })
    expect(reached).toEqual(['refused', 'refused', 'refused'])
  })

  test('finds nothing outside its own folder', async () => {
    const found = await page.evaluate(() =>
      Promise.all(
        [
          '/../main/index.js',
          '/%2e%2e/main/index.js',
          '/..%2fmain%2findex.js',
          '/../../package.json',
          '/exports/none',
        ].map(async (path) => (await fetch(path)).status),
      ),
    )
    expect(found).toEqual([404, 404, 404, 404, 404])
  })
})

describe('A-80 the window stays where it is', () => {
  const address = () => page.url().replace(/#.*/, '')

  test.each(['https://example.com/', 'http://127.0.0.1:9/', 'data:text/html,<h1>hello'])(
    'a page that goes to %s does not get there',
    async (url) => {
      const before = address()
      await page.evaluate((to) => void (location.href = to), url).catch(() => undefined)
      await expectMoving(page)
      expect(address()).toBe(before)
    },
  )

  test('a page gets no window; a link to a public page opens in the browser, others nowhere', async () => {
    await desktop.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = (url: string) => {
        opened.push(url)
        return Promise.resolve()
      }
    }, undefined)
    for (const url of [
      'https://192.168.0.1/',
      'https://localhost/',
      'file:///etc/passwd',
      'https://www.tradingview.com/',
    ])
      await page.evaluate((to) => void window.open(to), url)
    const opened = () => desktop.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, undefined)
    await until(opened, (urls) => urls.length > 0)
    await expectMoving(page)
    expect(await opened()).toEqual(['https://www.tradingview.com/'])
    expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, undefined)).toBe(1)
  })
})

describe('A-80 permissions', () => {
  test('are denied without a question', async () => {
    const states = await page.evaluate(async () => {
      const state = (name: string) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state: found }) => found)
      const position = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code === 1 ? 'denied' : 'failed'),
        ),
      )
      const camera = await navigator.mediaDevices
        .getUserMedia({ video: true })
        .then(() => 'given')
        .catch((error: Error) => error.name)
      return { position, camera, notifications: await state('notifications'), midi: await state('midi') }
    })
    expect(states).toEqual({
      position: 'denied',
      camera: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/) as string,
      notifications: 'denied',
      midi: 'denied',
    })
  })
})

describe('A-80 messages to the main process', () => {
  test.each([[['tapedeck:port']], [['tapedeck:port', 'root']], [['tapedeck:port', 'engine', 'more']], [['other', 1]]])(
    'a wrong one is not answered: %j',
    async (message) => {
      // From the main process's own side, as a page that was taken over would send it.
      const answered = await desktop.evaluate(({ BrowserWindow, ipcMain }, [channel, ...payload]) => {
        const contents = BrowserWindow.getAllWindows()[0]!.webContents
        let posted = 0
        const post = contents.postMessage
        contents.postMessage = () => void (posted += 1)
        ipcMain.emit(String(channel), { sender: contents, senderFrame: contents.mainFrame, ports: [] }, ...payload)
        contents.postMessage = post
        return posted
      }, message)
      expect(answered).toBe(0)
    },
  )

  test.each(['https://example.com/', 'app://elsewhere/index.html', 'file:///index.html', ''])(
    'a page at "%s" is not answered',
    async (url) => {
      const answered = await desktop.evaluate(({ BrowserWindow, ipcMain }, from) => {
        const contents = BrowserWindow.getAllWindows()[0]!.webContents
        let posted = 0
        const frame = { url: from }
        const sender = new Proxy(contents, {
          get: (target, name) =>
            name === 'mainFrame'
              ? frame
              : name === 'postMessage'
                ? () => (posted += 1)
                : (Reflect.get(target, name) as unknown),
        })
        ipcMain.emit('tapedeck:port', { sender, senderFrame: frame, ports: [] }, 'engine')
        return posted
      }, url)
      expect(answered).toBe(0)
    },
  )
})

test('A-80 every window was made with the least that a page needs', async () => {
  // Electron tells what holds; the double, what was asked for.
  const preferences =
    desktop.kind === 'electron'
      ? await desktop.evaluate(
          ({ BrowserWindow }) =>
            BrowserWindow.getAllWindows().map(({ webContents }) =>
              (webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
            ),
          undefined,
        )
      : (await callsOf(desktop, 'new BrowserWindow')).map(
          ([options]) => (options as { webPreferences: object }).webPreferences,
        )
  expect(preferences).toEqual([
    expect.objectContaining({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
    }),
  ])
  const urls = await desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    undefined,
  )
  expect(urls).toEqual([expect.stringMatching(/^app:\/\/tapedeck\//)])
})

test('A-80 the settings say how passwords are really kept: sealed, where there is a passphrase and no key store', async () => {
  const environment = {
    TAPEDECK_WELCOMED: '1',
    TAPEDECK_PASSPHRASE: 'correct horse',
    TAPEDECK_DOUBLE_KEYCHAIN: 'basic_text',
  }
  const sealed = await openDesktop({ args: ['--demo'], environment })
  try {
    const settings = await sealed.page()
    // A real desktop may have a key store of its own, which goes first.
    const backend = await sealed.evaluate(
      ({ safeStorage }) =>
        process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : (process.platform as string),
      undefined,
    )
    await settings.getByRole('button', { name: 'Settings', exact: true }).first().click()
    await settings
      .getByText(
        ['basic_text', 'unknown'].includes(backend)
          ? 'In a file of the data folder, sealed with TAPEDECK_PASSPHRASE.'
          : /^In the system’s key store/,
      )
      .waitFor()
    expect(sealed.said()).not.toContain('no key store')
  } finally {
    expect(await sealed.close()).toBe(0)
  }
}, 60_000)
