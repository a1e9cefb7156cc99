/** Stores what Kafka delivered: rows, parked records and the offset behind them, in one transaction. */

import type { Cursor } from '../journal/journal.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import type { RecordTables } from './record-tables.ts'
import type { Arrived, Arrival, ParkedRow } from './store.ts'
import { scanBatch } from './trade-scan.ts'

export interface Arrivals {
  take(arrival: Arrival): Arrived
  offsets(group: string): readonly Cursor[]
  /** Moves a group's offsets, forgetting those with `undefined`. */
  move(group: string, offsets: readonly (Omit<Cursor, 'offset'> & { readonly offset: number | undefined })[]): void
  parked(group: string): readonly ParkedRow[]
}

/** Parked records that are kept of a group; older ones go. */
const PARKED = 10_000

interface StoredRow {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly at: number
  readonly reason: string
  readonly collector: string
  readonly value: Uint8Array | null
}

export function createArrivals(db: Connection, tables: RecordTables): Arrivals {
  const find = db
    .prepare<[string, string, number], number>(
      'SELECT next_offset FROM cursors WHERE grp = ? AND topic = ? AND partition = ?',
    )
    .pluck()
  const all = db.prepare<[string], Cursor>(
    'SELECT topic, partition, next_offset AS offset FROM cursors WHERE grp = ? ORDER BY topic, partition',
  )
  const upsert = db.prepare<[string, string, number, number]>(
    `INSERT INTO cursors (grp, topic, partition, next_offset) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset`,
  )
  const forget = db.prepare<[string, string, number]>(
    'DELETE FROM cursors WHERE grp = ? AND topic = ? AND partition = ?',
  )
  const park = db.prepare<[string, string, number, number, number, string, string, Uint8Array | null]>(
    `INSERT INTO parked (grp, topic, partition, record_offset, at, reason, collector, value)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason`,
  )
  const trim = db.prepare<[string, string]>(
    `DELETE FROM parked WHERE grp = ? AND rowid <=
       (SELECT rowid FROM parked WHERE grp = ? ORDER BY rowid DESC LIMIT 1 OFFSET ${PARKED})`,
  )
  const unpark = db.prepare<[string, string, number, number]>(
    'DELETE FROM parked WHERE grp = ? AND topic = ? AND partition = ? AND record_offset = ?',
  )
  const parked = db.prepare<[string], StoredRow>(
    `SELECT topic, partition, record_offset AS offset, at, reason, collector, value FROM parked
     WHERE grp = ? ORDER BY rowid`,
  )

  const take = db.transaction((arrival: Arrival): Arrived => {
    const { group, topic, partition, next } = arrival
    const cursor = arrival.isRetry ? 0 : (find.get(group, topic, partition) ?? 0)
    const before = tables.trades.count
    let skipped = 0
    let trades = 0
    for (const { collector, offsets, bytes } of arrival.parts) {
      let skip = 0
      while (skip < offsets.length && offsets[skip]! < cursor) skip += 1
      skipped += skip
      if (skip === offsets.length) continue
      tables.from({ partition, source: collector })
      const offered = tables.trades.offered
      scanBatch(bytes, skip, tables.sink)
      trades += tables.trades.offered - offered
    }
    for (const { offset, at, reason, collector, value } of arrival.parked)
      if (offset >= cursor) park.run(group, topic, partition, offset, at, reason, collector, value)
    if (arrival.parked.length > 0) trim.run(group, group)
    if (arrival.isRetry)
      for (const { offsets } of arrival.parts) for (const offset of offsets) unpark.run(group, topic, partition, offset)
    else if (next > cursor) upsert.run(group, topic, partition, next)
    tables.flush()
    return { skipped, duplicates: trades - (tables.trades.count - before) }
  })

  return {
    take,
    offsets: (group) => all.all(group),
    move: db.transaction((group, offsets) => {
      for (const { topic, partition, offset } of offsets)
        if (offset === undefined) forget.run(group, topic, partition)
        else upsert.run(group, topic, partition, offset)
    }),
    parked: (group) => parked.all(group),
  }
}
