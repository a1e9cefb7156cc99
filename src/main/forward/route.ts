/** One partition of the journal on its way to one preset's topics: read, encoded, sent, and the cursor moved behind it. */

import type { Millis } from '../../shared/market.ts'
import type { Delivered, Journal, LiveBatch, Place } from '../journal/journal.ts'
import { placeKey } from '../journal/places.ts'
import type { Committer } from './committer.ts'
import type { Line } from './lines.ts'
import type { Origin, Outgoing } from './outgoing.ts'
import { pause } from './retry.ts'
import type { Result, Sender } from './sender.ts'
import { MOST_RECORDS, openSource } from './source.ts'

export interface RouteOptions {
  readonly journal: Journal
  readonly place: Place
  /** First offset that is not acknowledged. */
  readonly from: number
  readonly origin: Origin
  /** Waits until the cluster's topics are known. Keeps the order of records with the same key. */
  readonly encode: (lines: readonly Line[]) => Promise<() => readonly Outgoing[]>
  readonly sender: Sender
  readonly committer: Committer
  readonly onRefused: (record: Outgoing, reason: string) => void
  readonly signal: AbortSignal
}

export interface Route {
  readonly place: Place
  readonly cursor: number
  readonly end: number
  /** Bytes from the cursor to the end. */
  readonly bytes: number
  /** When the oldest record that is not acknowledged arrived. */
  readonly oldestAt: Millis | undefined
  /** Settles when the route has ended. Rejects only by our own fault. */
  readonly ended: Promise<void>
}

/** Records wait this long for company, unless many are there. */
const LINGER: Millis = 20

export async function startRoute(options: RouteOptions): Promise<Route> {
  const { journal, place, sender, committer, origin, signal } = options
  const early: LiveBatch[] = []
  let take = (batch: LiveBatch) => void early.push(batch)
  const offCommitted = journal.onCommitted((batch) => {
    if (placeKey(batch) === placeKey(place)) take(batch)
  })
  let { end, bytes } = await journal.backlog(place, options.from)
  const source = openSource(journal, place, options.from)
  let cursor = options.from
  let oldestAt: Millis | undefined
  let wake: (() => void) | undefined
  signal.addEventListener('abort', () => wake?.())
  take = (batch) => {
    const { length } = batch.events
    if (batch.base + length <= end) return
    end = batch.base + length
    bytes += batch.bytes
    oldestAt ??= batch.events[0]?.receivedAt
    wake?.()
    wake = undefined
  }
  early.forEach(take)

  const more = () =>
    new Promise<void>((resolve) => {
      if (signal.aborted || end > cursor) return resolve()
      wake = resolve
    })

  const run = async () => {
    for (;;) {
      const chunk = await source.next()
      if (signal.aborted) return
      if (!chunk) {
        await more()
        if (end - cursor < MOST_RECORDS) await pause(LINGER, signal)
        continue
      }
      oldestAt = chunk.lines[0]!.receivedAt
      const encoded = await options.encode(chunk.lines)
      // From here to the sender without a pause: what another route has encoded before is sent before.
      const results = await Promise.all(split(encoded()).map((records) => sender.send(records, origin)))
      if (signal.aborted && results.includes(undefined)) return
      const delivered = toDelivered(place, results)
      for (const result of results)
        for (const { record, reason } of result?.refused ?? []) options.onRefused(record, reason)
      cursor = chunk.end
      bytes -= chunk.bytes
      oldestAt = source.head?.receivedAt ?? (end > cursor ? oldestAt : undefined)
      committer.add({ ...place, offset: cursor }, delivered)
    }
  }

  return {
    place,
    get cursor() {
      return cursor
    },
    get end() {
      return end
    },
    get bytes() {
      return bytes
    },
    get oldestAt() {
      return oldestAt
    },
    ended: run()
      .catch((error: unknown) => {
        // What was under way when it ended; anything else is our own fault.
        if (!signal.aborted) throw error
      })
      .finally(offCommitted),
  }
}

/** Records by partition, each in order. */
function split(records: readonly Outgoing[]): readonly (readonly Outgoing[])[] {
  const parts = new Map<string, Outgoing[]>()
  for (const record of records) {
    const key = `${record.topic}/${record.partition}`
    const part = parts.get(key)
    if (part) part.push(record)
    else parts.set(key, [record])
  }
  return [...parts.values()]
}

function toDelivered(place: Place, results: readonly (Result | undefined)[]): Delivered {
  const known = results.filter((result) => result !== undefined)
  return {
    deliveries: known.flatMap(({ sent }) =>
      sent.map(({ records, base, sentAt, ackedAt }) => ({
        ...place,
        first: records[0]!.line.offset,
        last: records.at(-1)!.line.offset,
        toTopic: records[0]!.topic,
        toPartition: records[0]!.partition,
        toBase: String(base),
        records: records.length,
        sentAt,
        ackedAt,
      })),
    ),
    parked: known.flatMap(({ refused }) =>
      refused.map(({ record, reason }) => ({
        ...place,
        offset: record.line.offset,
        toTopic: record.topic,
        at: record.line.at,
        reason,
        bytes: Buffer.from(record.value),
      })),
    ),
  }
}
