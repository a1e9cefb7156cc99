/** The desktop shell: one window, the engine in a utility process, and a port between them. Nothing of the market is here. */

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { UtilityProcess, WebContents } from 'electron'
import { BrowserWindow, MessageChannelMain, app, ipcMain, protocol, session, shell, utilityProcess } from 'electron'
import { openWindow } from './window.ts'
import { createRedeemer } from './downloads.ts'
import { pageHandler } from './page-protocol.ts'

const here = dirname(fileURLToPath(import.meta.url))
const ORIGIN = 'app://tapedeck'
/** glibc would keep memory apart for each of the engine's threads; elsewhere it means nothing. */
const ENGINE_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }
/** Where the page's links may lead, outside Tapedeck. */
const LINKS = new Set(['https://www.tradingview.com'])

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
if (!app.requestSingleInstanceLock()) app.quit()

let engine: UtilityProcess | undefined
let quitting = false
const redeemer = createRedeemer((message) => engine?.postMessage(message))

function startEngine(): void {
  engine = utilityProcess.fork(
    join(here, 'engine-process.js'),
    [app.getPath('userData'), app.getVersion(), ...process.argv.slice(2)],
    {
      serviceName: 'Tapedeck engine',
      execArgv: ['--max-semi-space-size=8'],
      env: { ...process.env, ...ENGINE_ENVIRONMENT },
      stdio: 'inherit',
    },
  )
  engine.on('message', redeemer.onMessage)
  engine.once('exit', () => {
    engine = undefined
    if (quitting) return
    // Pages notice that their port is closed and ask for another.
    setTimeout(startEngine, 500)
  })
}

function isOurPage(contents: WebContents, frameUrl: string | undefined): boolean {
  return (
    BrowserWindow.fromWebContents(contents) !== null &&
    frameUrl !== undefined &&
    URL.canParse(frameUrl) &&
    new URL(frameUrl).protocol === 'app:'
  )
}

ipcMain.on('tapedeck:port', (event) => {
  if (!isOurPage(event.sender, event.senderFrame?.url) || event.senderFrame !== event.sender.mainFrame || !engine)
    return
  const { port1, port2 } = new MessageChannelMain()
  engine.postMessage({ kind: 'page' }, [port1])
  event.sender.postMessage('tapedeck:port', null, [port2])
})

app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && LINKS.has(new URL(url).origin)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
})

app.on('second-instance', () => {
  const window = BrowserWindow.getAllWindows()[0]
  if (window?.isMinimized()) window.restore()
  window?.focus()
})

app.on('window-all-closed', () => app.quit())

app.on('before-quit', (event) => {
  if (quitting || !engine) return
  event.preventDefault()
  quitting = true
  const end = () => app.quit()
  const deadline = setTimeout(end, 5_000)
  engine.once('exit', () => {
    clearTimeout(deadline)
    end()
  })
  engine.postMessage({ kind: 'close' })
})

await app.whenReady()
protocol.handle('app', pageHandler(join(here, '..', 'renderer'), redeemer.redeem))
session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
  decide(permission === 'clipboard-sanitized-write'),
)
session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
startEngine()
openWindow(here, ORIGIN)
app.on('activate', () => {
  if (BrowserWindow.getAllWindows().length === 0) openWindow(here, ORIGIN)
})
