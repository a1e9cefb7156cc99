/** From when to when each market was watched. Time advances by records only: by its own, and by the clock of its partition. */

import type { Clock, Gap, Millis, VenueId } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

/** Whose records they are: a partition of the trades topic, and the collector whose stream it is; absent: this folder's own. */
export interface Witness {
  readonly partition: number
  readonly source?: string
}

export interface CoverageTable {
  /** Returns the time that nobody watched, where this trade ends it. */
  trade(instrument: number, venue: string, witness: Witness, at: Millis, receivedAt: Millis): Gap | undefined
  /** Whether a gap of this witness is one: a market has one witness at a time, the own collector before any other. */
  counts(instrument: number, witness: Witness): boolean
  gap(instrument: number, venue: string, witness: Witness, gap: Gap): void
  clock(witness: Witness, clock: Clock): void
  /** Newest watermark of a venue, in any partition. */
  watermark(venue: string): Millis
  flush(): void
}

interface Watched {
  readonly instrument: number
  readonly venue: string
  /** Of the trades topic: only its own clock records are in order with its trades. −1 until its first record. */
  partition: number
  source: string | undefined
  first: Millis
  last: Millis
  /** Nobody asks for it any more: the clock does not advance it. */
  isUnwatched: boolean
  isChanged: boolean
  isTakenOver: boolean
}

/** A trade older than this on arrival tells what the venue remembers, not that we were watching then. */
const RECENT: Millis = 5 * SECOND
/** A witness that has told nothing for so long, by the records' time, is gone: another one may take over. */
const GONE: Millis = MINUTE

interface CoverageRow {
  readonly instrument: number
  readonly key: string
  readonly venue: string
  readonly first: Millis
  readonly last: Millis
  readonly source: string | null
  readonly unwatched: number
}

export function createCoverageTable(db: Connection, partitionOf: (key: string) => number): CoverageTable {
  const rows = new Map<number, Watched>()
  const watermarks = new Map<string, Millis>()
  const stored = db.prepare<[], CoverageRow>(
    `SELECT instrument, key, venue, first_at AS first, last_at AS last, source,
       EXISTS (SELECT 1 FROM gaps WHERE gaps.instrument = coverage.instrument AND until IS NULL AND reason = 'unwatched') AS unwatched
     FROM coverage JOIN instruments ON instruments.id = instrument LEFT JOIN witnesses USING (instrument)`,
  )
  for (const { instrument, key, venue, first, last, source, unwatched } of stored.all())
    rows.set(instrument, {
      instrument,
      venue,
      partition: source === null ? partitionOf(key) : -1,
      source: source ?? undefined,
      first,
      last,
      isUnwatched: unwatched === 1,
      isChanged: false,
      isTakenOver: false,
    })
  const upsert = db.prepare<[number, Millis, Millis]>(
    `INSERT INTO coverage (instrument, first_at, last_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at`,
  )
  const upsertWitness = db.prepare<[number, string]>(
    'INSERT INTO witnesses (instrument, source) VALUES (?, ?) ON CONFLICT DO UPDATE SET source = excluded.source',
  )
  const removeWitness = db.prepare<[number]>('DELETE FROM witnesses WHERE instrument = ?')

  const begin = (instrument: number, venue: string, { partition, source }: Witness, at: Millis): Watched => {
    const row: Watched = {
      instrument,
      venue,
      partition,
      source,
      first: at,
      last: at,
      isUnwatched: false,
      isChanged: true,
      isTakenOver: source !== undefined,
    }
    rows.set(instrument, row)
    return row
  }
  const reach = (row: Watched, at: Millis) => {
    if (at <= row.last) return
    // Whole seconds are what anyone asks for: one write a second and market is enough.
    if (Math.floor(at / SECOND) !== Math.floor(row.last / SECOND)) row.isChanged = true
    row.last = at
  }
  const takeOver = (row: Watched, { partition, source }: Witness) => {
    row.partition = partition
    if (row.source === source) return
    row.source = source
    row.isChanged = true
    row.isTakenOver = true
  }
  const isGone = (row: Watched, at: Millis): boolean => row.isUnwatched || at - row.last > GONE

  return {
    trade(instrument, venue, witness, at, receivedAt) {
      const row = rows.get(instrument)
      if (!row) {
        begin(instrument, venue, witness, at > receivedAt - RECENT ? at : receivedAt)
        return undefined
      }
      if (row.source === witness.source) {
        row.partition = witness.partition
        // The own collector's stream is never read from an earlier place; another's may be.
        if (witness.source !== undefined && at < row.first) {
          row.first = at
          row.isChanged = true
        }
        reach(row, at)
        return undefined
      }
      if (witness.source !== undefined && !isGone(row, at)) return undefined
      const since = row.last
      const isBreak = !row.isUnwatched && at - since > GONE
      takeOver(row, witness)
      row.isUnwatched = false
      reach(row, at)
      return isBreak ? { kind: 'gap', since, until: at, reason: 'engine-down' } : undefined
    },
    counts(instrument, witness) {
      const row = rows.get(instrument)
      return !row || witness.source === undefined || row.source === witness.source || row.isUnwatched
    },
    gap(instrument, venue, witness, gap) {
      const row = rows.get(instrument) ?? begin(instrument, venue, witness, gap.since)
      takeOver(row, witness)
      if (gap.since < row.first) {
        row.first = gap.since
        row.isChanged = true
      }
      reach(row, gap.until ?? gap.since)
      if (gap.reason === 'unwatched') row.isUnwatched = gap.until === undefined
      // Another gap that opens tells that someone asks for it again; one that closes may be an old one.
      else if (gap.until === undefined) row.isUnwatched = false
    },
    clock({ partition, source }, clock) {
      for (const [venue, at] of Object.entries(clock.watermarks)) {
        if (at > (watermarks.get(venue) ?? 0)) watermarks.set(venue, at)
      }
      for (const row of rows.values()) {
        if (row.partition !== partition || row.source !== source || row.isUnwatched) continue
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
        if (!row.isTakenOver) continue
        row.isTakenOver = false
        if (row.source === undefined) removeWitness.run(row.instrument)
        else upsertWitness.run(row.instrument, row.source)
      }
    },
  }
}
