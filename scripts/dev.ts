/** `npm run dev`: engine and page from source. The engine restarts when its files change, the page reloads. Arguments go to `serve`. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { createServer } from 'vite'

const PORT = 5180
const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)

const engine = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', 'src/main/hosts/headless/index.ts', 'serve', '--port', String(PORT), ...args],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
)
const origin = `http://127.0.0.1:${PORT}`
const vite = await createServer({
  configFile: false,
  root: `${root}src/renderer`,
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The engine answers its own origin only.
    proxy: Object.fromEntries(
      ['^/bridge$', '^/exports/'].map((path) => [
        path,
        { target: origin, ws: true, changeOrigin: true, headers: { origin } },
      ]),
    ),
  },
})
await vite.listen()
const page = vite.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/'

engine.stdout.on('data', (chunk: Buffer) => {
  const token = /#token=(\S+)/.exec(chunk.toString())?.[1]
  if (token) console.log(`${page}#token=${token}`)
})
const end = () => {
  engine.kill('SIGTERM')
  void vite.close().then(() => process.exit(0))
}
engine.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
