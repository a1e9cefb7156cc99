/** The page under vite's dev server, over a fake engine on the real bridge: `vite --config scripts/vite.renderer.dev.ts`. */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'
import { WebSocketServer } from 'ws'
import type { Port } from '../src/shared/bridge.ts'
import { serve } from '../src/shared/bridge.ts'
import { contract } from '../src/shared/contract.ts'
import { createFakeEngine } from '../tests/fake-engine.ts'

/** Any page with the token "dev" gets the fake. */
function fakeBridge(): Plugin {
  return {
    name: 'fake-bridge',
    configureServer(server) {
      const engine = createFakeEngine()
      const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'tapedeck.v1' })
      server.httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (request.url !== '/bridge') return
        if (!request.headers['sec-websocket-protocol']?.includes('token.dev')) {
          socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
          return
        }
        sockets.handleUpgrade(request, socket, head, (client) => {
          const port: Port = {
            send: (message) => client.send(JSON.stringify(message)),
            onMessage: (listener) =>
              void client.on('message', (data: Buffer) => listener(JSON.parse(data.toString('utf8')))),
            onClose: (listener) => void client.on('close', listener),
            close: () => client.close(),
          }
          serve(contract, engine.handlers, port)
        })
      })
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../src/renderer', import.meta.url)),
  plugins: [react(), fakeBridge()],
  server: { port: 5178, strictPort: true, fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
})
