import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { FakeVenue } from './fake-venue.ts'

export interface FakeServer {
  readonly endpoint: { readonly ws: string; readonly rest: string }
  close(): Promise<void>
}

/** Puts a fake venue on real sockets of the loopback. */
export async function openFakeServer(venue: FakeVenue): Promise<FakeServer> {
  const http = createServer((request, response) => {
    if (venue.down.rest) return void request.socket.destroy()
    const { status, body } = venue.answer(request.url ?? '/')
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  const sockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    if (venue.down.sockets) return void socket.destroy()
    sockets.handleUpgrade(request, socket, head, (client) => {
      const end = venue.accept({ send: (text) => client.send(text), close: () => client.terminate() })
      client.on('message', (data: Buffer) => end.receive(data.toString('utf8')))
      client.on('close', () => end.close())
    })
  })
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    endpoint: { ws: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
