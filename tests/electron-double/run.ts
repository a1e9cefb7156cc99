/** `node tests/electron-double/run.ts out/main/index.js …` runs the built main process with the double in Electron's place. */

import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const entry = resolve(process.argv[2] ?? '')
process.env['TAPEDECK_DOUBLE_ENTRY'] = entry
// A packed app has no script on its command line.
process.argv.splice(1, 2, ...(process.env['TAPEDECK_DOUBLE_PACKAGED'] === undefined ? [entry] : []))
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
const { app } = await import('./app.ts')
await import('./electron.ts')
await import(pathToFileURL(entry).href)
// As in Electron, which is ready only once the entry has been evaluated: one that awaits `whenReady` waits for ever.
app.evaluated()
