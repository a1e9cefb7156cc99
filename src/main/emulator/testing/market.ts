/** A server of its own for a test file, and short names for its addresses. */

import type { EmulatorOptions } from '../options.ts'
import { openServer } from '../server.ts'
import type { EmulatorServer } from '../server.ts'
import { openClient } from './client.ts'
import type { Client } from './client.ts'

export interface TestMarket {
  readonly server: EmulatorServer
  ws(path: string): string
  rest(path: string): Promise<{ readonly status: number; readonly body: string; readonly headers: Headers }>
  /** A client that is closed with the market. */
  client(path: string): Promise<Client>
  close(): Promise<void>
}

export async function openTestMarket(options: EmulatorOptions = {}): Promise<TestMarket> {
  const server = await openServer({ seed: 7, rate: 400, limits: false, token: 'test', ...options })
  const clients: Client[] = []
  const ws = (path: string) => `ws://127.0.0.1:${server.port}${path}`
  return {
    server,
    ws,
    async rest(path) {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
      return { status: response.status, body: await response.text(), headers: response.headers }
    },
    async client(path) {
      const client = await openClient(ws(path))
      clients.push(client)
      return client
    },
    async close() {
      for (const { socket } of clients) socket.terminate()
      await server.close()
    },
  }
}
