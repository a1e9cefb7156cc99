import { openOf } from '../../../shared/bars.ts'
import type { ExportRequest } from '../../../shared/export-view.ts'
import type { BarState, Millis } from '../../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { SecondRun, SecondState } from '../../../shared/seconds.ts'
import type { Connection } from '../read-only.ts'
import type { Layout } from './columns.ts'
import { mergedRows } from './merged-rows.ts'
import type { Row, Span } from './rows.ts'
import { PAGE, pagedRows, selected } from './rows.ts'
import type { Watched } from './watched.ts'

/** The intervals that the store keeps as rows, longest first. */
const STORED: readonly Millis[] = [HOUR, MINUTE, SECOND]

/** The longest stored interval of which a bar is made without remainder. */
export function baseOf(interval: Millis): Millis {
  return STORED.find((stored) => interval % stored === 0) ?? SECOND
}

/** The interval of a request's bars. */
export function intervalOf(request: ExportRequest): Millis {
  return request.kind === 'bars' ? (request.interval ?? SECOND) : SECOND
}

/** The opening times that fall into a span, as a span on the interval's own grid. A bar belongs to where it opens. */
export function gridOf(span: Span, interval: Millis): Span {
  return { from: Math.ceil(span.from / interval) * interval, to: Math.ceil(span.to / interval) * interval }
}

/** A market's bars that open in the range and, where asked for, those without a trade. */
export function* barRows(
  db: Connection,
  layout: Layout,
  instrument: number,
  request: ExportRequest,
  watched: Watched,
): Generator<readonly Row[]> {
  const interval = intervalOf(request)
  const span = gridOf(request, interval)
  const base = baseOf(interval)
  const traded =
    base === interval
      ? pagedRows(
          db,
          `SELECT ${selected(layout)} FROM bars WHERE interval = ${base} AND instrument = ? AND open_at >= ? AND open_at < ? ORDER BY open_at LIMIT ?`,
          instrument,
          span,
        )
      : mergedRows(db, layout, instrument, span, base, interval)
  if (request.emptySeconds && request.preset !== 's0') yield* withEmptyRows(traded, layout, span, interval, watched)
  else yield* traded
}

/** What a bar without a trade is called, by the runs that it touches; undefined where nobody watched. */
export function emptyState(states: ReadonlySet<SecondState>): BarState | undefined {
  if (states.has('missing')) return 'missing'
  if (states.has('backfilled')) return 'backfilled'
  return states.has('live') ? 'quiet' : undefined
}

/** End of the bars of a span of which it is settled that nobody traded in them. */
export function emptyUntil(span: Span, interval: Millis, { settledAt }: Watched): Millis {
  return Math.max(span.from, Math.min(span.to, openOf(settledAt, interval)))
}

/** Puts rows without values between the traded ones: never a price, and nothing where nobody watched. */
export function* withEmptyRows(
  traded: Iterable<readonly Row[]>,
  layout: Layout,
  span: Span,
  interval: Millis,
  watched: Watched,
): Generator<readonly Row[]> {
  const nothing: (string | number | null)[] = layout.rest.map(() => null)
  const statePlace = layout.rest.findIndex((column) => column.name === 'state')
  const { runs } = watched
  const until = emptyUntil(span, interval, watched)
  let next = span.from
  let run = 0
  let batch: Row[] = []

  function* fillTo(end: Millis): Generator<readonly Row[]> {
    while (next < end) {
      while (run < runs.length && (runs[run] as SecondRun).to <= next) run += 1
      const current = runs[run]
      if (!current) return
      const states = new Set([current.state])
      for (let i = run + 1; (runs[i]?.from ?? Infinity) < next + interval; i += 1)
        states.add((runs[i] as SecondRun).state)
      const state = emptyState(states)
      if (state === undefined) {
        // Unwatched at least as far as this run goes: straight to the bar in which it ends.
        next = Math.max(next + interval, openOf(current.to, interval))
        continue
      }
      const row = [next, ...nothing]
      row[statePlace + 1] = state
      batch.push(row)
      next += interval
      if (batch.length >= PAGE) yield take()
    }
  }
  const take = (): readonly Row[] => {
    const full = batch
    batch = []
    return full
  }

  for (const rows of traded)
    for (const row of rows) {
      const openAt = row[0] as number
      yield* fillTo(Math.min(openAt, until))
      batch.push(row)
      next = openAt + interval
      if (batch.length >= PAGE) yield take()
    }
  yield* fillTo(until)
  if (batch.length > 0) yield take()
}
