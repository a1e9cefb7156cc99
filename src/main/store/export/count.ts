import { openOf } from '../../../shared/bars.ts'
import type { ExportRequest } from '../../../shared/export-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import type { SecondRun } from '../../../shared/seconds.ts'
import type { Connection } from '../read-only.ts'
import { baseOf, emptyUntil, gridOf, intervalOf } from './bar-rows.ts'
import type { Market, Span } from './rows.ts'
import type { Watched } from './watched.ts'

/** Counting goes in slices of about this long, so that it can be stopped: a call into SQLite cannot be. */
const SLICE_MILLIS = 20

/**
 * How many rows a market will give. Exact, unless `stopped` turns true: then what was counted so far stands for the rest
 * of the range too, by its length.
 */
export function countRows(
  db: Connection,
  request: ExportRequest,
  market: Market,
  watched: Watched,
  stopped: () => boolean,
): number {
  if (request.kind === 'items' || request.kind === 'indices') {
    const at = request.kind === 'items' ? 'published_at' : 'at'
    return (
      db
        .prepare<[string, Millis, Millis], number>(
          `SELECT count(*) FROM ${request.kind} WHERE feed = ? AND ${at} >= ? AND ${at} < ?`,
        )
        .pluck()
        .get(market.pair, request.from, request.to) ?? 0
    )
  }
  const { id } = market
  if (id === undefined) return 0
  if (request.kind === 'gaps') return watched.coverage.gaps.length
  if (request.kind === 'trades' || request.kind === 'tickers') {
    const counted = { rows: `${request.kind} WHERE instrument = ${id}`, at: 'at', count: 'count(*)', step: MINUTE }
    return countSlices(db, counted, request, stopped)
  }
  const interval = intervalOf(request)
  const grid = gridOf(request, interval)
  if (request.emptySeconds && request.preset !== 's0')
    return countBuckets(watched.runs, { from: grid.from, to: emptyUntil(grid, interval, watched) }, interval)
  const base = baseOf(interval)
  const counted = {
    rows: `bars WHERE instrument = ${id} AND interval = ${base}`,
    at: 'open_at',
    count: base === interval ? 'count(*)' : `count(DISTINCT open_at / ${interval})`,
    step: Math.ceil(MINUTE / interval) * interval,
  }
  return countSlices(db, counted, grid, stopped)
}

/** Bars that touch a watched second. */
function countBuckets(runs: readonly SecondRun[], grid: Span, interval: Millis): number {
  let count = 0
  let next = grid.from
  for (const run of runs) {
    if (run.state === 'unwatched') continue
    const first = Math.max(next, openOf(run.from, interval))
    const end = Math.min(grid.to, Math.ceil(run.to / interval) * interval)
    if (end <= first) continue
    count += (end - first) / interval
    next = end
  }
  return count
}

interface Counted {
  /** Table and condition. */
  readonly rows: string
  /** Column of their instants. */
  readonly at: string
  readonly count: string
  /** Slices are whole multiples of this. */
  readonly step: Millis
}

/** Adds up slices of time, each as long as the one before lets expect to take about SLICE_MILLIS. */
function countSlices(db: Connection, { rows, at, count, step }: Counted, span: Span, stopped: () => boolean): number {
  const bounds = db
    .prepare<[], { first: Millis | null; last: Millis | null }>(
      `SELECT (SELECT min(${at}) FROM ${rows}) AS first, (SELECT max(${at}) FROM ${rows}) AS last`,
    )
    .get()
  if (bounds === undefined || bounds.first === null || bounds.last === null) return 0
  const begin = Math.max(span.from, openOf(bounds.first, step))
  const end = Math.min(span.to, bounds.last + 1)
  const statement = db
    .prepare<[Millis, Millis], number>(`SELECT ${count} FROM ${rows} AND ${at} >= ? AND ${at} < ?`)
    .pluck()
  let total = 0
  let length = step
  for (let from = begin; from < end;) {
    const to = Math.min(from + length, end)
    const began = performance.now()
    total += statement.get(from, to) ?? 0
    const took = performance.now() - began
    if (took < SLICE_MILLIS / 2) length *= 2
    else if (took > SLICE_MILLIS) length = Math.max(step, openOf(length / 2, step))
    from = to
    if (stopped() && from < end) return Math.round((total * (end - begin)) / (from - begin))
  }
  return total
}
