/** Sends batches until they are acknowledged. What is refused for good is found, set aside with its reason, and the rest goes on. */

import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Bus, Producer } from '../bus/bus.ts'
import type { Origin, Outgoing } from './outgoing.ts'
import { sizeOf, toOutRecord } from './outgoing.ts'
import { untilRetry } from './retry.ts'
import { MOST_BYTES, MOST_RECORDS } from './source.ts'

/** Records that were acknowledged together. */
export interface Sent {
  readonly records: readonly Outgoing[]
  readonly base: bigint
  readonly sentAt: Millis
  readonly ackedAt: Millis
}
export interface Refused {
  readonly record: Outgoing
  readonly reason: string
}
export interface Result {
  readonly sent: readonly Sent[]
  readonly refused: readonly Refused[]
}

export interface SenderEvents {
  /** A try failed, and there will be another. undefined: all is well again. */
  readonly onFault: (fault: Fault | undefined, topic: string, partition: number) => void
  readonly onAcked: (records: number, took: Millis) => void
}

export interface Sender {
  /** Records of one partition, in order. Resolves when each is acknowledged or refused; undefined: ended before that. */
  send(records: readonly Outgoing[], origin: Origin): Promise<Result | undefined>
}

/** The records' own fault, as far as the code tells. */
const REFUSALS = new Set<Fault['code']>(['record-too-large', 'bad-request'])
/** So many records refused in a row and not one taken: it is not the records, and they wait for people. */
const HOPELESS = 16

type Attempt = Result & { readonly fault?: Fault }

/** One request under way per partition, also where several routes write to it: what is asked first is sent first. */
export function createSender(bus: Bus, producer: Producer, events: SenderEvents, signal: AbortSignal): Sender {
  const tails = new Map<string, Promise<unknown>>()
  const refusedInRow = new Map<string, number>()

  const once = async (records: readonly Outgoing[], origin: Origin): Promise<Sent> => {
    const { topic, partition } = records[0]!
    const sentAt = Date.now()
    const ack = await producer.send(
      topic,
      partition,
      records.map((record) => toOutRecord(record, origin, sentAt)),
    )
    const ackedAt = Date.now()
    refusedInRow.delete(topic)
    events.onAcked(records.length, ackedAt - sentAt)
    return { records, base: ack.base, sentAt, ackedAt }
  }

  /** Halves a refused batch until the refused records stand alone. Ends early at a fault that is not theirs. */
  const divide = async (records: readonly Outgoing[], origin: Origin): Promise<Attempt> => {
    const sent: Sent[] = []
    const refused: Refused[] = []
    let settled = 0
    const parts = [records]
    for (let part = parts.pop(); part; part = parts.pop()) {
      if (signal.aborted) return { sent, refused, fault: ENDED }
      try {
        sent.push(await once(part, origin))
        settled = refused.length
      } catch (error) {
        const fault = toFault(error)
        if (!REFUSALS.has(fault.code)) return { sent, refused, fault }
        if (part.length > 1) {
          parts.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1))
          continue
        }
        const record = part[0]!
        const inRow = refusedInRow.get(record.topic) ?? 0
        // Those of the row are not blamed either.
        if (fault.code === 'bad-request' && inRow >= HOPELESS)
          return { sent, refused: refused.slice(0, settled), fault }
        refusedInRow.set(record.topic, inRow + 1)
        refused.push({ record, reason: fault.message })
      }
    }
    return { sent, refused }
  }

  const untilSettled = async (records: readonly Outgoing[], origin: Origin): Promise<Result | undefined> => {
    const { topic, partition } = records[0]!
    const sent: Sent[] = []
    const refused: Refused[] = []
    let rest = records
    for (let attempt = 0; ; attempt += 1) {
      if (signal.aborted) return undefined
      const result = await divide(rest, origin)
      sent.push(...result.sent)
      refused.push(...result.refused)
      if (!result.fault) break
      const settled = result.sent.reduce((sum, each) => sum + each.records.length, result.refused.length)
      rest = rest.slice(settled)
      if (rest.length === 0) break
      events.onFault(result.fault, topic, partition)
      await untilRetry(bus, result.fault, attempt, signal)
    }
    events.onFault(undefined, topic, partition)
    return { sent, refused }
  }

  return {
    send(records, origin) {
      const { topic, partition } = records[0]!
      const key = `${topic}/${partition}`
      const run = async () => {
        const sent: Sent[] = []
        const refused: Refused[] = []
        for (const batch of batchesOf(records)) {
          const result = await untilSettled(batch, origin)
          if (!result) return undefined
          sent.push(...result.sent)
          refused.push(...result.refused)
        }
        return { sent, refused }
      }
      const result = (tails.get(key) ?? Promise.resolve()).then(run)
      tails.set(key, result)
      return result
    },
  }
}

const ENDED: Fault = { code: 'cancelled', message: 'Forwarding has ended.' }

/** Cuts records into requests of allowed size. */
export function batchesOf(records: readonly Outgoing[]): readonly (readonly Outgoing[])[] {
  const batches: Outgoing[][] = []
  let size = Infinity
  for (const record of records) {
    const bytes = sizeOf(record)
    const batch = batches.at(-1)
    if (!batch || batch.length >= MOST_RECORDS || size + bytes > MOST_BYTES) {
      batches.push([record])
      size = bytes
    } else {
      batch.push(record)
      size += bytes
    }
  }
  return batches
}
