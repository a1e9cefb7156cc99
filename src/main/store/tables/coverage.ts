/** From when to when each market was watched. Time advances by records only: by its own, and by the clock of its partition. */

import type { Clock, Gap, Millis, VenueId } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface CoverageTable {
  trade(instrument: number, venue: string, partition: number, at: Millis, receivedAt: Millis): void
  gap(instrument: number, venue: string, partition: number, gap: Gap): void
  clock(partition: number, clock: Clock): void
  /** Newest watermark of a venue, in any partition. */
  watermark(venue: string): Millis
  flush(): void
}

interface Watched {
  readonly instrument: number
  readonly venue: string
  /** Of the trades topic: only its own clock records are in order with its trades. Unknown until its first record. */
  partition: number
  first: Millis
  last: Millis
  /** Nobody asks for it any more: the clock does not advance it. */
  isUnwatched: boolean
  isChanged: boolean
}

/** A trade older than this on arrival tells what the venue remembers, not that we were watching then. */
const RECENT: Millis = 5 * SECOND

export function createCoverageTable(db: Connection, partitionOf: (key: string) => number): CoverageTable {
  const rows = new Map<number, Watched>()
  const watermarks = new Map<string, Millis>()
  const stored = db.prepare<
    [],
    { instrument: number; key: string; venue: string; first: Millis; last: Millis; unwatched: number }
  >(
    `SELECT instrument, key, venue, first_at AS first, last_at AS last,
       EXISTS (SELECT 1 FROM gaps WHERE gaps.instrument = coverage.instrument AND until IS NULL AND reason = 'unwatched') AS unwatched
     FROM coverage JOIN instruments ON instruments.id = instrument`,
  )
  for (const { instrument, key, venue, first, last, unwatched } of stored.all())
    rows.set(instrument, {
      instrument,
      venue,
      partition: partitionOf(key),
      first,
      last,
      isUnwatched: unwatched === 1,
      isChanged: false,
    })
  const upsert = db.prepare<[number, Millis, Millis]>(
    `INSERT INTO coverage (instrument, first_at, last_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at`,
  )

  const begin = (instrument: number, venue: string, partition: number, at: Millis): Watched => {
    const row = { instrument, venue, partition, first: at, last: at, isUnwatched: false, isChanged: true }
    rows.set(instrument, row)
    return row
  }
  const reach = (row: Watched, at: Millis) => {
    if (at <= row.last) return
    // Whole seconds are what anyone asks for: one write a second and market is enough.
    if (Math.floor(at / SECOND) !== Math.floor(row.last / SECOND)) row.isChanged = true
    row.last = at
  }

  return {
    trade(instrument, venue, partition, at, receivedAt) {
      const row = rows.get(instrument)
      if (row) reach(row, at)
      else begin(instrument, venue, partition, at > receivedAt - RECENT ? at : receivedAt)
    },
    gap(instrument, venue, partition, gap) {
      const row = rows.get(instrument) ?? begin(instrument, venue, partition, gap.since)
      if (gap.since < row.first) {
        row.first = gap.since
        row.isChanged = true
      }
      reach(row, gap.until ?? gap.since)
      if (gap.reason === 'unwatched') row.isUnwatched = gap.until === undefined
      // Another gap that opens tells that someone asks for it again; one that closes may be an old one.
      else if (gap.until === undefined) row.isUnwatched = false
    },
    clock(partition, clock) {
      for (const [venue, at] of Object.entries(clock.watermarks)) {
        if (at > (watermarks.get(venue) ?? 0)) watermarks.set(venue, at)
      }
      for (const row of rows.values()) {
        if (row.partition !== partition || row.isUnwatched) continue
        const at = clock.watermarks[row.venue as VenueId]
        if (at !== undefined) reach(row, at)
      }
    },
    watermark: (venue) => watermarks.get(venue) ?? 0,
    flush() {
      for (const row of rows.values()) {
        if (!row.isChanged) continue
        upsert.run(row.instrument, row.first, row.last)
        row.isChanged = false
      }
    },
  }
}
