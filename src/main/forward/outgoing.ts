/** A record between the journal and Kafka. */

import type { Millis } from '../../shared/market.ts'
import type { OutRecord } from '../bus/bus.ts'
import type { Line } from './lines.ts'
import { RECORD_OVERHEAD } from './source.ts'

export interface Outgoing {
  readonly topic: string
  readonly partition: number
  readonly key: string | null
  readonly value: string | Uint8Array
  /** The journal's record that it is made from. */
  readonly line: Line
}

/** What all records of a route have in common: name of the schema (own topics only), collector, and the journal's place. */
export interface Origin {
  readonly schema?: string
  readonly collector: string
  /** '<name>/<partition>' of the journal: with the offset it names a record for good, however often it is sent. */
  readonly record: string
}

/** The record as it is sent now. Hop times are Unix milliseconds. */
export function toOutRecord({ key, value, line }: Outgoing, origin: Origin, now: Millis): OutRecord {
  const headers: Record<string, string> = {}
  if (origin.schema !== undefined) headers['schema'] = origin.schema
  headers['collector'] = origin.collector
  headers['record'] = `${origin.record}/${line.offset}`
  headers['received'] = String(line.receivedAt)
  if (line.journaledAt !== undefined) headers['journaled'] = String(line.journaledAt)
  headers['sent'] = String(now)
  return { key, value, headers, timestamp: line.at }
}

export function sizeOf({ key, value }: Outgoing): number {
  return (key?.length ?? 0) + value.length + RECORD_OVERHEAD
}
