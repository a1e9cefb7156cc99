/** What is known of the seconds of a range. */

import type { Coverage, GapRow } from '../../../shared/market-view.ts'
import type { GapReason, InstrumentKey, Millis, Origin } from '../../../shared/market.ts'
import { openOf } from '../../../shared/bars.ts'
import { SECOND } from '../../../shared/market.ts'
import { gapsInSessions } from '../../../shared/sessions.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface CoverageQueries {
  /** Whole seconds, `to` exclusive. */
  watched(instrument: InstrumentKey): { readonly from: Millis; readonly to: Millis } | undefined
  /** Gaps that touch [from, to), oldest first. */
  gaps(instrument: InstrumentKey, from: Millis, to: Millis): readonly GapRow[]
  coverage(query: { readonly instrument: InstrumentKey; readonly from: Millis; readonly to: Millis }): Coverage
}

interface Row {
  readonly since: Millis
  readonly until: Millis | null
  readonly reason: GapReason
  readonly filled_by: Origin | null
}

export function prepareCoverage(db: Connection, idOf: (key: string) => number | undefined): CoverageQueries {
  const ends = db.prepare<[number], { first: Millis; last: Millis }>(
    'SELECT first_at AS first, last_at AS last FROM coverage WHERE instrument = ?',
  )
  const gapRows = db.prepare<[number, Millis, Millis], Row>(
    `SELECT since, until, reason, filled_by FROM gaps
     WHERE instrument = ? AND since < ? AND (until IS NULL OR until > ?) ORDER BY since`,
  )

  const watched = (instrument: InstrumentKey) => {
    const id = idOf(instrument)
    const row = id === undefined ? undefined : ends.get(id)
    return row && { from: openOf(row.first, SECOND), to: openOf(row.last, SECOND) + SECOND }
  }
  const gaps = (instrument: InstrumentKey, from: Millis, to: Millis): readonly GapRow[] => {
    const id = idOf(instrument)
    return id === undefined ? [] : gapRows.all(id, to, from).map(toGap)
  }
  return {
    watched,
    gaps,
    coverage({ instrument, from, to }) {
      const known = watched(instrument)
      const found = gapsInSessions(instrument, gaps(instrument, from, to), to)
      return known ? { watched: known, gaps: found } : { gaps: found }
    },
  }
}

function toGap({ since, until, reason, filled_by }: Row): GapRow {
  return {
    since,
    ...(until === null ? {} : { until }),
    reason,
    ...(filled_by === null ? {} : { filledBy: filled_by }),
  }
}
