/** on records that a broker really holds. */

import { CLOCK_KEY } from '../../src/shared/market.ts'
import { TOPICS, partitionOf } from '../../src/shared/topics.ts'
import { encodeEvent } from '../../src/shared/wire.ts'
import type { Outcome } from './kafka-runs.ts'

export const HEADERS = ['schema', 'collector', 'record', 'received', 'journaled', 'sent']

/** How many of the topic's records are not as they should be, and how. */
export interface RecordFaults {
  readonly checked: number
  /** Not where Kafka's own hash of the key puts them. */
  readonly misplaced: number
  /** Not the journal's line. */
  readonly altered: number
  /** Record time is not the exchange's. */
  readonly mistimed: number
  /** A header is missing, or hop times run backwards. */
  readonly unlabelled: number
}

export function checkRecords({ records, journal }: Pick<Outcome, 'records' | 'journal'>): RecordFaults {
  const events = new Map(journal.map(({ name, event }) => [name, event]))
  const faults = { misplaced: 0, altered: 0, mistimed: 0, unlabelled: 0 }
  for (const { partition, key, value, at, headers } of records) {
    const event = events.get(headers['record'] ?? '')
    if (key !== CLOCK_KEY && partition !== partitionOf(key, TOPICS.trades.partitions)) faults.misplaced += 1
    if (!event || key !== event.instrument || value !== encodeEvent(event)) faults.altered += 1
    if (event && at !== event.at) faults.mistimed += 1
    const [received, journaled, sent] = ['received', 'journaled', 'sent'].map((hop) => Number(headers[hop]))
    const isLabelled =
      HEADERS.every((name) => headers[name] !== undefined) && headers['schema'] === TOPICS.trades.schema
    if (!isLabelled || !(received! <= journaled! && journaled! <= sent!)) faults.unlabelled += 1
  }
  return { checked: records.length, ...faults }
}
