import type { ExportRequest } from '../../../shared/contract.ts'
import type { Millis } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import type { SecondRun } from '../../../shared/seconds.ts'
import type { Connection } from '../read-only.ts'
import { baseOf, gridOf, intervalOf } from './bar-rows.ts'
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
  if (market.id === undefined) return 0
  if (request.kind === 'gaps') return watched.coverage.gaps.length
  if (request.kind === 'trades' || request.kind === 'tickers')
    return countSlices(
      db,
      `SELECT count(*) FROM ${request.kind} WHERE instrument = ? AND at >= ? AND at < ?`,
      market.id,
      request,
      MINUTE,
      stopped,
    )
  const interval = intervalOf(request)
  const grid = gridOf(request, interval)
  if (request.emptySeconds && request.preset !== 's0') return countBuckets(watched.runs, grid, interval)
  const base = baseOf(interval)
  const count = base === interval ? 'count(*)' : `count(DISTINCT open_at / ${interval})`
  const sql = `SELECT ${count} FROM bars WHERE interval = ${base} AND instrument = ? AND open_at >= ? AND open_at < ?`
  return countSlices(db, sql, market.id, grid, Math.max(interval, MINUTE), stopped)
}

/** Bars that touch a watched second. */
function countBuckets(runs: readonly SecondRun[], grid: Span, interval: Millis): number {
  let count = 0
  let next = grid.from
  for (const run of runs) {
    if (run.state === 'unwatched') continue
    const first = Math.max(next, Math.floor(run.from / interval) * interval)
    const end = Math.min(grid.to, Math.ceil(run.to / interval) * interval)
    if (end <= first) continue
    count += (end - first) / interval
    next = end
  }
  return count
}

/** Adds up slices of time, each a whole multiple of `step`, whose length follows how long the one before took. */
function countSlices(
  db: Connection,
  sql: string,
  instrument: number,
  span: Span,
  step: Millis,
  stopped: () => boolean,
): number {
  const statement = db.prepare<unknown[], number>(sql).pluck()
  let count = 0
  let length = step
  for (let from = span.from; from < span.to;) {
    const to = Math.min(from + length, span.to)
    const began = performance.now()
    count += statement.get(instrument, from, to) ?? 0
    const took = performance.now() - began
    if (took < SLICE_MILLIS / 2) length *= 2
    else if (took > SLICE_MILLIS) length = Math.max(step, Math.floor(length / 2 / step) * step)
    from = to
    if (stopped() && from < span.to) return Math.round((count * (span.to - span.from)) / (from - span.from))
  }
  return count
}
