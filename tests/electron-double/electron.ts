/**
 * Stands in for the module 'electron' where its binary is not to be had. Windows are windows of a real Chromium, pages run
 * the real preload in a world of its own, the utility process is a real process; what belongs to the desktop is recorded.
 * What it proves, and what only Electron can: README.md.
 */

import { runInThisContext } from 'node:vm'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { ipcMain } from './ipc-main.ts'
import * as natives from './natives.ts'
import { MessageChannelMain, MessagePortMain } from './ports.ts'
import { protocol, session } from './protocol.ts'
import { calls } from './record.ts'
import { theBrowser } from './target.ts'
import { utilityProcess } from './utility-process.ts'
import { webContents } from './web-contents.ts'

export {
  BrowserWindow,
  MessageChannelMain,
  MessagePortMain,
  app,
  ipcMain,
  protocol,
  session,
  utilityProcess,
  webContents,
}
export {
  Menu,
  MenuItem,
  Notification,
  Tray,
  autoUpdater,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
} from './natives.ts'

Object.defineProperty(process.versions, 'electron', { value: 'double', enumerable: true })
Object.defineProperty(process, 'resourcesPath', { value: process.env['TAPEDECK_DOUBLE_RESOURCES'] ?? '' })

/** What `evaluate` of a test is given, as by Playwright's ElectronApplication. */
const electron = {
  ...natives,
  BrowserWindow,
  MessageChannelMain,
  app,
  ipcMain,
  protocol,
  session,
  utilityProcess,
  webContents,
  double: { ...natives.double, calls },
}

interface Question {
  readonly id: number
  readonly source: string
  readonly argument: unknown
}

process.on('message', ({ id, source, argument }: Question) => void answer(id, source, argument))
// The test's end of the line is gone: so is whoever would close us.
process.on('disconnect', () => process.exit(1))

async function answer(id: number, source: string, argument: unknown): Promise<void> {
  try {
    // A test's own function, as text.
    const run = runInThisContext(`(${source})`) as (electron: object, argument: unknown) => unknown
    process.send?.({ id, value: await run(electron, argument) })
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

if (process.send)
  void app.whenReady().then(async () => {
    const { endpoint, screen } = await theBrowser()
    process.send?.({ endpoint, screen })
  })
