import type { Completeness, ExportRequest } from '../../../shared/export-view.ts'
import type { Coverage, GapRow } from '../../../shared/market-view.ts'
import type { GapReason, Millis, Origin } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { SecondRun, TradedSecond } from '../../../shared/seconds.ts'
import { toCompleteness, toSecondRuns } from '../../../shared/seconds.ts'
import { gapsInSessions } from '../../../shared/sessions.ts'
import type { Connection } from '../read-only.ts'
import { gridOf, intervalOf } from './bar-rows.ts'
import type { Market, Span } from './rows.ts'

/** What is known of a market's seconds in the range of an export. */
export interface Watched {
  readonly coverage: Coverage
  /** All seconds of the range, in order; of bars, to the end of the last one that opens in it. */
  readonly runs: readonly SecondRun[]
  readonly completeness: Completeness
  /** Seconds that end later than this may still get a bar: without one they are not known to be quiet. */
  readonly settledAt: Millis
}

/** A second's bar is stored two seconds of the venue's time after it, and a moment for the way. */
const SETTLING: Millis = 5 * SECOND

/** Reads what is known of a market's seconds. A market that was never watched has one run, 'unwatched'. */
export function readWatched(db: Connection, market: Market, request: ExportRequest): Watched {
  const { coverage, runs } = readRuns(db, market, request)
  const end = request.kind === 'bars' ? gridOf(request, intervalOf(request)).to : request.to
  return {
    coverage,
    runs: end > request.to ? readRuns(db, market, { from: request.from, to: end }).runs : runs,
    completeness: toCompleteness(market.key, runs),
    settledAt: venueTime(db, market) - SETTLING,
  }
}

function readRuns(db: Connection, market: Market, span: Span): Pick<Watched, 'coverage' | 'runs'> {
  const known = market.id === undefined ? { gaps: [] } : readCoverage(db, market.id, span)
  const coverage: Coverage = { ...known, gaps: gapsInSessions(market.key, known.gaps, span.to) }
  const traded = market.id === undefined ? [] : tradedInGaps(db, market.id, coverage, span)
  return { coverage, runs: toSecondRuns(coverage, span, traded) }
}

function readCoverage(db: Connection, id: number, span: Span): Coverage {
  const bounds = db
    .prepare<[number], { from: Millis; to: Millis }>(
      'SELECT first_at AS "from", last_at AS "to" FROM coverage WHERE instrument = ?',
    )
    .get(id)
  const gaps = db
    .prepare<unknown[], { since: Millis; until: Millis | null; reason: GapReason; filledBy: Origin | null }>(
      `SELECT since, until, reason, filled_by AS filledBy FROM gaps
       WHERE instrument = ? AND since < ? AND (until IS NULL OR until > ?) ORDER BY since`,
    )
    .all(id, span.to, span.from)
    .map(({ since, until, reason, filledBy }): GapRow => ({
      since,
      ...(until === null ? {} : { until }),
      reason,
      ...(filledBy === null ? {} : { filledBy }),
    }))
  const toSecond = (at: Millis) => Math.floor(at / SECOND) * SECOND
  return bounds ? { watched: { from: toSecond(bounds.from), to: toSecond(bounds.to) + SECOND }, gaps } : { gaps }
}

/** The seconds inside gaps of which trades are held after all, in order of time. */
function* tradedInGaps(db: Connection, id: number, { gaps }: Coverage, span: Span): Generator<TradedSecond> {
  const statement = db.prepare<unknown[], TradedSecond>(
    `SELECT open_at AS openAt, state FROM bars
     WHERE instrument = ? AND interval = ${SECOND} AND open_at >= ? AND open_at < ? ORDER BY open_at LIMIT 1000`,
  )
  let from = Math.floor(span.from / SECOND) * SECOND
  for (const gap of gaps) {
    from = Math.max(from, Math.floor(gap.since / SECOND) * SECOND)
    const to = Math.min(gap.until ?? span.to, span.to)
    for (;;) {
      const seconds = statement.all(id, from, to)
      const last = seconds.at(-1)
      if (!last) break
      yield* seconds
      from = last.openAt + SECOND
    }
  }
}

/** How far the venue's time has come, by any of its markets: 0 where nothing is known. */
function venueTime(db: Connection, { venue }: Market): Millis {
  const statement = db.prepare<[string], Millis | null>(
    'SELECT max(last_at) FROM coverage JOIN instruments ON instruments.id = instrument WHERE venue = ?',
  )
  return statement.pluck().get(venue) ?? 0
}
