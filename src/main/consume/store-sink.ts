import type { MarketEvent } from '../../shared/market.ts'
import { WireError, encodeBatch } from '../../shared/wire.ts'
import type { InBatch } from '../bus/bus.ts'
import type { Arrival, ParkedRow, Store } from '../store/store.ts'
import type { Part } from './read-batch.ts'
import { readBatch, readEvent } from './read-batch.ts'
import type { ConsumeSink } from './sink.ts'

export interface StoreSinkOptions {
  readonly store: Store
  /** Whose offsets these are; asked when a partition is assigned, so the cluster is known then. */
  readonly group: () => Promise<string>
  /** Simulated data and real data never share a store. */
  readonly demo: boolean
  readonly log: { warn(text: string): void }
  /** This folder's collector. */
  readonly self: string
  /** What others collected, on its way to the pages. */
  readonly onEvents: (events: readonly MarketEvent[]) => void
  /** Own records that came back. */
  readonly onReturned: (batch: InBatch, offsets: readonly number[]) => void
}

/**
 * Rows and the offset behind them go into market.db in one transaction, and reading goes on there: whatever dies at
 * whatever moment, each record is in the store exactly once. Pages are told beside the store, never behind it.
 */
export function createStoreSink(options: StoreSinkOptions): ConsumeSink {
  const { store, self, demo, log } = options
  const foreign = new Set<string>()
  const isForeign = (topic: string): boolean => {
    if (topic.startsWith('demo.') === demo) return false
    if (!foreign.has(topic))
      log.warn(
        `Nothing of ${topic} is stored: ${demo ? 'the demo keeps simulated data only' : 'it holds simulated data'}.`,
      )
    foreign.add(topic)
    return true
  }
  return {
    async resumeAt(topic, partition) {
      const offsets = await store.offsets(await options.group())
      const found = offsets.find((each) => each.topic === topic && each.partition === partition)
      return found && BigInt(found.offset)
    },
    async take(batch) {
      const { topic, partition } = batch
      const read = readBatch(batch, self)
      const { parts, parked, own, next } = isForeign(topic) ? { ...read, parts: [], parked: [], own: [] } : read
      for (const { events } of parts) options.onEvents(events)
      if (own.length > 0) options.onReturned(batch, own)
      const group = await options.group()
      const { skipped, duplicates } = await store.take({
        group,
        topic,
        partition,
        next,
        parts: parts.map(toBytes),
        parked,
      })
      return { duplicates: skipped + duplicates, own: own.length, parked: parked.length }
    },
    parked: async () => store.parked(await options.group()),
    async retry() {
      const group = await options.group()
      const rows = await store.parked(group)
      const arrivals = readable(group, rows)
      for (const arrival of arrivals) await store.take(arrival)
      const stored = arrivals.reduce((sum, { parts }) => sum + parts[0]!.offsets.length, 0)
      return { stored, left: rows.length - stored }
    },
    rewind: async (places) => store.moveOffsets(await options.group(), places),
    close: () => Promise.resolve(),
  }
}

function toBytes({ collector, offsets, events }: Part): Arrival['parts'][number] {
  return { collector, offsets: Float64Array.from(offsets), bytes: encodeBatch(events) }
}

/** The parked records that can be read by now, one arrival each: what is wrong with one must not hold up another. */
function readable(group: string, rows: readonly ParkedRow[]): Arrival[] {
  return rows.flatMap(({ topic, partition, offset, collector, value }) => {
    try {
      const part = toBytes({ collector, offsets: [offset], events: [readEvent(value)] })
      return [{ group, topic, partition, next: 0, parts: [part], parked: [], isRetry: true }]
    } catch (error) {
      if (error instanceof WireError) return []
      throw error
    }
  })
}
