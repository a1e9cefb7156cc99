/** Kafka's records as events: checked, sorted by who collected them, what cannot be read set aside with its reason. */

import type { MarketEvent } from '../../shared/market.ts'
import { WireError, decodeEvent } from '../../shared/wire.ts'
import type { InBatch, InRecord } from '../bus/bus.ts'
import type { ParkedRow } from '../store/store.ts'

/** Readable records of one collector, in order. */
export interface Part {
  readonly collector: string
  readonly offsets: readonly number[]
  readonly events: readonly MarketEvent[]
}

export interface ReadBatch {
  readonly parts: readonly Part[]
  readonly parked: readonly Omit<ParkedRow, 'topic' | 'partition'>[]
  /** Records that this folder collected itself, by offset. */
  readonly own: readonly number[]
  /** Offset wanted next. */
  readonly next: number
}

/** Who collected a record: header `collector`, or the topic where a foreign producer wrote it. */
export function collectorOf(record: InRecord): string {
  const header = record.headers['collector']
  return header === undefined || header.length === 0 ? record.topic : text(header)
}

/** Reads a record's value as an event. Throws WireError with the reason. */
export function readEvent(value: Uint8Array | null): MarketEvent {
  if (value === null) throw new WireError('no-value')
  return decodeEvent(text(value))
}

/** Reads a batch. `self`: this folder's own collector, whose records are not read again. */
export function readBatch(batch: InBatch, self: string): ReadBatch {
  const parts = new Map<string, { collector: string; offsets: number[]; events: MarketEvent[] }>()
  const parked: ReadBatch['parked'][number][] = []
  const own: number[] = []
  let next = 0
  for (const record of batch.records) {
    const offset = Number(record.offset)
    next = offset + 1
    const collector = collectorOf(record)
    if (collector === self) {
      own.push(offset)
      continue
    }
    try {
      const event = readEvent(record.value)
      let part = parts.get(collector)
      if (!part) parts.set(collector, (part = { collector, offsets: [], events: [] }))
      part.offsets.push(offset)
      part.events.push(event)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      parked.push({ offset, at: record.timestamp, reason: error.message, collector, value: record.value })
    }
  }
  return { parts: [...parts.values()], parked, own, next }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
