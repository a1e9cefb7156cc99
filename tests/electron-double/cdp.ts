/** The few lines of Chromium's debugging protocol that the double needs, over its WebSocket. */

import { WebSocket } from 'ws'

export interface CdpEvent {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly sessionId?: string
}

export interface Cdp {
  /** Rejects where Chromium refuses, or is gone. */
  send(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>
  onEvent(listener: (event: CdpEvent) => void): void
  close(): void
}

interface Answer extends CdpEvent {
  readonly id?: number
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

export async function openCdp(url: string): Promise<Cdp> {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  const waiting = new Map<
    number,
    { resolve(value: Readonly<Record<string, unknown>>): void; reject(error: Error): void }
  >()
  const listeners: ((event: CdpEvent) => void)[] = []
  let ids = 0

  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Answer
    if (message.id === undefined) {
      for (const listener of listeners) listener(message)
      return
    }
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) waiter?.reject(new Error(message.error.message))
    else waiter?.resolve(message.result ?? {})
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium is gone.'))
    waiting.clear()
  })
  socket.on('error', () => undefined)

  return {
    send(method, params = {}, sessionId) {
      ids += 1
      const id = ids
      return new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) {
          reject(new Error('Chromium is gone.'))
          return
        }
        waiting.set(id, { resolve, reject })
        socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
      })
    },
    onEvent: (listener) => void listeners.push(listener),
    close: () => socket.close(),
  }
}
