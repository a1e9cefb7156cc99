/** The desktop app's entry: Electron's own parts, handed to the shell. */

import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { VERSION } from '../version.ts'
import { openShell } from './shell.ts'
import { createUpdater, readUpdateSource } from './updater.ts'

const { app, dialog, net, shell } = electron
const folder = dirname(fileURLToPath(import.meta.url))

const { ready } = openShell({
  electron,
  folder,
  argv: process.argv.slice(app.isPackaged ? 1 : 2),
  environment: process.env,
  platform: process.platform,
  // Only once the data folder is known.
  updater: () =>
    createUpdater({
      source: readUpdateSource(folder),
      // The app's own: Electron tells its own where it runs a file rather than a package.
      version: VERSION,
      platform: process.platform,
      arch: process.arch,
      environment: process.env,
      folder: app.getPath('userData'),
      // Chromium's, which knows the system's proxy.
      fetch: (url) => net.fetch(url),
      app,
      openPath: (path) => shell.openPath(path),
      start: (file, args) => spawn(file, [...args], { detached: true, stdio: 'ignore' }).unref(),
    }),
})
// Not awaited: Electron is ready only once this module has run to its end.
ready.catch((error: unknown) => {
  dialog.showErrorBox('Tapedeck', error instanceof Error ? error.message : String(error))
  app.exit(1)
})
