import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'

/** Answer to one request, by its API's number; undefined: none, ever. 'hang up': the connection ends. */
export type Answers = Readonly<Record<number, (body: Buffer) => Buffer | 'hang up' | undefined>>

export interface FakeServer {
  readonly port: number
  readonly address: string
  close(): Promise<void>
}

const API_VERSIONS = 18
/** Of socket.request.max.bytes: a TLS greeting, read as a length, is more. */
const MOST = 104_857_600

/** A broker of a few lines: answers what it has answers for, and says so when it is asked for its versions. */
export function fakeBroker(answers: Answers, tls?: TlsOptions): Promise<FakeServer> {
  const all: Answers = { [API_VERSIONS]: () => versions(Object.keys(answers).map(Number)), ...answers }
  return fakeServer((socket) => {
    let received = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length >= 4 && received.readInt32BE(0) > MOST) return void socket.destroy()
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const size = received.readInt32BE(0)
        const request = received.subarray(4, 4 + size)
        received = received.subarray(4 + size)
        const answer = all[request.readInt16BE(0)]?.(request.subarray(10 + request.readInt16BE(8)))
        if (answer === 'hang up') return void socket.destroy()
        if (answer) socket.write(Buffer.concat([int32(answer.length + 4), request.subarray(4, 8), answer]))
      }
    })
  }, tls)
}

/** A server on a free port of 127.0.0.1 that treats each connection so. */
export async function fakeServer(onConnection: (socket: Socket) => void, tls?: TlsOptions): Promise<FakeServer> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  const server: Server = tls ? createTlsServer(tls, onConnection) : createServer(onConnection)
  server.on('connection', keep)
  server.on('tlsClientError', () => {})
  if (tls) server.on('secureConnection', (socket: Socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await fakeServer(() => {})
  await server.close()
  return server.port
}

export const int16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
export const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
export const text = (value: string | null) =>
  value === null ? int16(-1) : Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)])
const list = (items: readonly Buffer[]) => Buffer.concat([int32(items.length), ...items])

function versions(apis: readonly number[]): Buffer {
  // As new as the answers here are written.
  const newest: Readonly<Record<number, number>> = { 3: 6, 17: 1, 36: 1 }
  const each = (api: number) => Buffer.concat([int16(api), int16(0), int16(newest[api] ?? 2)])
  return Buffer.concat([int16(0), list(apis.map(each)), int32(0)])
}

/** SaslHandshake, version 1. 34: the port takes no sign-in. */
export function handshake(error: number, mechanisms: readonly string[] = []): Buffer {
  return Buffer.concat([int16(error), list(mechanisms.map(text))])
}

/** SaslAuthenticate, version 1. */
export function authenticated(error: number, message: string | null, bytes = ''): Buffer {
  return Buffer.concat([int16(error), text(message), int32(bytes.length), Buffer.from(bytes), Buffer.alloc(8)])
}

/** Metadata, version 6, of brokers without topics. */
export function metadata(
  cluster: string,
  brokers: readonly { readonly id: number; readonly host: string; readonly port: number }[],
): Buffer {
  const each = brokers.map(({ id, host, port }) => Buffer.concat([int32(id), text(host), int32(port), text(null)]))
  return Buffer.concat([int32(0), list(each), text(cluster), int32(brokers[0]?.id ?? -1), list([])])
}
