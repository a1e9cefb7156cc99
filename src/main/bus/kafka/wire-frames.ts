import type { Duplex } from 'node:stream'
import createRequest from 'kafkajs/src/protocol/request.js'
import type { Exchange } from 'kafkajs/src/protocol/requests/index.js'
import type { Millis } from '../../../shared/market.ts'
import { WireError } from '../wire.ts'

/** Larger than any broker's answer to a probe: what claims more is no Kafka. */
const MOST = 100 * 1024 * 1024

/** Requests and answers of one connection, matched by their number. */
export interface Frames {
  ask<Answer>(exchange: Exchange): Promise<Answer>
  close(): void
}

interface Waiting {
  readonly resolve: (payload: Buffer) => void
  readonly reject: (error: WireError) => void
}

export function openFrames(socket: Duplex, options: { readonly clientId: string; readonly timeout: Millis }): Frames {
  const waiting = new Map<number, Waiting>()
  let number = 0
  let received: Buffer = Buffer.alloc(0)
  let ended: WireError | undefined

  const end = (error: WireError) => {
    ended ??= error
    for (const each of waiting.values()) each.reject(ended)
    waiting.clear()
    socket.destroy()
  }
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 4) {
      const size = received.readInt32BE(0)
      if (size < 4 || size > MOST) return end(new WireError('foreign', printable(received)))
      if (received.length < 4 + size) return
      const answered = waiting.get(received.readInt32BE(4))
      const payload = received.subarray(8, 4 + size)
      received = received.subarray(4 + size)
      answered?.resolve(payload)
    }
  })
  socket.on('error', (error: NodeJS.ErrnoException) => end(new WireError('closed', error.code)))
  socket.on('close', () => end(new WireError('closed')))

  return {
    async ask<Answer>({ request, response }: Exchange) {
      number += 1
      const correlationId = number
      const { buffer } = await createRequest({ correlationId, clientId: options.clientId, request })
      if (ended) throw ended
      let timer: ReturnType<typeof setTimeout> | undefined
      const payload = await new Promise<Buffer>((resolve, reject) => {
        waiting.set(correlationId, { resolve, reject })
        timer = setTimeout(() => end(new WireError('timed-out')), options.timeout)
        socket.write(buffer)
      }).finally(() => {
        clearTimeout(timer)
        waiting.delete(correlationId)
      })
      try {
        return (await response.decode(payload)) as Answer
      } catch {
        throw new WireError('foreign', request.apiName)
      }
    },
    close: () => end(new WireError('closed')),
  }
}

/** The first line of what was received, for a person to recognise. */
function printable(bytes: Buffer): string {
  return /^[\x20-\x7e]*/.exec(bytes.subarray(0, 80).toString('latin1'))?.[0].trim() ?? ''
}
