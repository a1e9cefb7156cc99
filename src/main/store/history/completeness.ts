/** Seconds of a range by state, counted by spans: a month takes no longer than its gaps. */

import type { Completeness } from '../../../shared/export-view.ts'
import type { InstrumentKey, Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import { toCompleteness, toSecondRuns } from '../../../shared/seconds.ts'
import type { TradedSecond } from '../../../shared/seconds.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { CoverageQueries } from './coverage.ts'

export function prepareCompleteness(
  db: Connection,
  coverage: CoverageQueries,
  idOf: (key: string) => number | undefined,
) {
  const traded = db.prepare<[number, Millis, Millis], TradedSecond>(
    `SELECT open_at AS openAt, state FROM bars
     WHERE instrument = ? AND interval = ${SECOND} AND open_at >= ? AND open_at < ? ORDER BY open_at`,
  )

  return function completeness({
    instrument,
    from,
    to,
  }: {
    instrument: InstrumentKey
    from: Millis
    to: Millis
  }): Completeness {
    const id = idOf(instrument)
    const known = coverage.coverage({ instrument, from, to })
    /** The seconds inside gaps of which trades are held after all, in order of time. */
    const held: TradedSecond[] = []
    let at = Math.floor(from / SECOND) * SECOND
    if (id !== undefined)
      for (const gap of known.gaps) {
        at = Math.max(at, Math.floor(gap.since / SECOND) * SECOND)
        const end = Math.min(gap.until ?? to, to)
        if (end <= at) continue
        held.push(...traded.all(id, at, end))
        at = Math.max(at, Math.ceil(end / SECOND) * SECOND)
      }
    return toCompleteness(instrument, toSecondRuns(known, { from, to }, held))
  }
}
