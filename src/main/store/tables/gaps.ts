/** The gap ledger: which seconds of which market we did not see, and what filled them. */

import type { Gap, Millis } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface GapTable {
  /** Opens a gap, closes the one that began at the same instant, or notes what filled it. */
  put(instrument: number, gap: Gap): void
}

export function createGapTable(db: Connection): GapTable {
  const upsert = db.prepare<[number, Millis, Millis | null, string, string | null]>(
    `INSERT INTO gaps (instrument, since, until, reason, filled_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET until = coalesce(excluded.until, until), reason = excluded.reason,
       filled_by = coalesce(excluded.filled_by, filled_by)`,
  )

  // Whoever opened a gap may not live to close it: a new engine run ends the gaps of the one before, and watching again
  // ends 'unwatched'. The same rule as the bar fold's.
  const end = db.prepare<[Millis, number, Millis]>(
    `UPDATE gaps SET until = max(since, ?) WHERE instrument = ? AND since < ? AND until IS NULL`,
  )
  const endUnwatched = db.prepare<[Millis, number, Millis]>(
    `UPDATE gaps SET until = max(since, ?) WHERE instrument = ? AND since < ? AND until IS NULL AND reason = 'unwatched'`,
  )

  return {
    put(instrument, gap) {
      if (gap.reason === 'engine-down') end.run(gap.since, instrument, gap.since)
      else if (gap.reason !== 'unwatched') endUnwatched.run(gap.since, instrument, gap.since)
      upsert.run(instrument, gap.since, gap.until ?? null, gap.reason, gap.filledBy ?? null)
    },
  }
}
