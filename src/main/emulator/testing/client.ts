/** A raw client of the emulator, for tests: collects frames and waits for what it is told to wait for. */

import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'
import type { Millis } from '../../../shared/market.ts'

export interface Client {
  readonly socket: WebSocket
  /** Texts of all frames so far. */
  readonly frames: string[]
  /** Were the frames binary? */
  readonly kinds: boolean[]
  /** Payloads of the pings so far. */
  readonly pings: string[]
  /** How the socket closed, once it has. */
  readonly closed: { code?: number }
  send(message: unknown): void
  /** The first frame that satisfies, among those not yet given by `next`. */
  next(isWanted?: (frame: string) => boolean): Promise<string>
  ended(): Promise<number>
}

const WITHIN: Millis = 8_000

/** Polls until `read` gives something. Rejects with `what` when it does not in time. */
export async function eventually<T>(what: string, read: () => T | undefined, within = WITHIN): Promise<T> {
  const deadline = performance.now() + within
  for (;;) {
    const value = read()
    if (value !== undefined) return value
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export async function openClient(url: string, options: ClientOptions = {}): Promise<Client> {
  const socket = new WebSocket(url, options)
  const frames: string[] = []
  const kinds: boolean[] = []
  const pings: string[] = []
  const closed: { code?: number } = {}
  let place = 0
  socket.on('message', (data: Buffer, isBinary) => {
    frames.push(data.toString())
    kinds.push(isBinary)
  })
  socket.on('ping', (data) => pings.push(data.toString()))
  socket.on('close', (code) => (closed.code = code))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return {
    socket,
    frames,
    kinds,
    pings,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: (isWanted = () => true) =>
      eventually('a frame', () => {
        while (place < frames.length) {
          const frame = frames[place] ?? ''
          place += 1
          if (isWanted(frame)) return frame
        }
        return undefined
      }),
    ended: () => eventually('the close', () => closed.code),
  }
}

/** The status with which a handshake is refused. Rejects if it is not. */
export function refusedWith(url: string, options: ClientOptions = {}): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options)
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('open', () => {
      socket.terminate()
      reject(new Error('the handshake was accepted'))
    })
  })
}
