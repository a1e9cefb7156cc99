import type { ExportRequest } from '../../../shared/export-view.ts'
import type { InstrumentKey, Millis } from '../../../shared/market.ts'
import type { Connection } from '../read-only.ts'
import { barRows } from './bar-rows.ts'
import type { Layout } from './columns.ts'
import type { Watched } from './watched.ts'

/** A market as it is asked for: `id` is absent where the store has never seen it. */
export interface Market {
  readonly key: InstrumentKey
  readonly id?: number
  readonly venue: string
  /** 'BTC/KRW' */
  readonly pair: string
  /** S0's name for it: 'BTC-KRW'. */
  readonly ticker: string
}

/** Values in the order of a layout: its instant, then the rest. NULL is what is not given. */
export type Row = readonly (string | number | null)[]

export interface Span {
  /** Inclusive. */
  readonly from: Millis
  /** Exclusive. */
  readonly to: Millis
}

/** Rows read at once: enough to make a call cheap, few enough that a cancel is noticed at once. */
export const PAGE = 1_000

/** A market's rows in batches, in order of (at, arrival). */
export function* marketRows(
  db: Connection,
  layout: Layout,
  request: ExportRequest,
  market: Market,
  watched: Watched,
): Generator<readonly Row[]> {
  if (request.kind === 'items') return yield* itemRows(db, layout, market.pair, request)
  if (request.kind === 'indices')
    return yield* pagedRows(
      db,
      `SELECT ${selected(layout)} FROM indices WHERE feed = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?`,
      market.pair,
      request,
    )
  if (market.id === undefined) return
  switch (request.kind) {
    case 'trades':
      yield* tradeRows(db, layout, market.id, request)
      break
    case 'bars-1s':
    case 'bars':
      yield* barRows(db, layout, market.id, request, watched)
      break
    case 'tickers':
      yield* pagedRows(
        db,
        `SELECT ${selected(layout)} FROM tickers WHERE instrument = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?`,
        market.id,
        request,
      )
      break
    case 'gaps':
      yield db
        .prepare<unknown[], Row>(
          `SELECT ${selected(layout)} FROM gaps WHERE instrument = ? AND since < ? AND (until IS NULL OR until > ?) ORDER BY since`,
        )
        .raw()
        .all(market.id, request.to, request.from)
      break
  }
}

/** The expressions of a layout, in its order. */
export function selected(layout: Layout): string {
  return [layout.at, ...layout.rest].map((column) => column.sql).join(', ')
}

/** Pages through a table whose rows have distinct instants; the statement takes (instrument or feed, from, to, limit). */
export function* pagedRows(db: Connection, sql: string, owner: number | string, span: Span): Generator<readonly Row[]> {
  const statement = db.prepare<unknown[], Row>(sql).raw()
  let from = span.from
  for (;;) {
    const rows = statement.all(owner, from, span.to, PAGE)
    const last = rows.at(-1)
    if (last) yield rows
    if (!last || rows.length < PAGE) return
    from = (last[0] as number) + 1
  }
}

/**
 * Trades by the index on (instrument, at, id), so that nothing is sorted as a whole; those of one millisecond are then put
 * in their order of arrival (rowid). The last millisecond of a page waits for the next page, which may hold more of it.
 */
function* tradeRows(db: Connection, layout: Layout, instrument: number, span: Span): Generator<readonly Row[]> {
  const statement = db
    .prepare<unknown[], Row>(
      `SELECT ${selected(layout)}, rowid FROM trades WHERE instrument = ? AND (at, id) > (?, ?) AND at < ? ORDER BY at, id LIMIT ?`,
    )
    .raw()
  const arrival = layout.rest.length + 1
  const id = 1 + layout.rest.findIndex((column) => column.type === 'id')
  let waiting: Row[] = []
  let after: readonly [at: Millis, id: string] = [span.from, ''] // no id is shorter than the empty text
  for (;;) {
    const page = statement.all(instrument, ...after, span.to, PAGE)
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      const rows = waiting.concat(page)
      if (rows.length > 0) yield inArrival(rows, arrival)
      return
    }
    after = [last[0] as number, last[id] as string]
    let whole = page.length
    while (whole > 0 && page[whole - 1]?.[0] === last[0]) whole -= 1
    if (whole > 0) {
      yield inArrival(waiting.concat(page.slice(0, whole)), arrival)
      waiting = page.slice(whole)
    } else waiting = waiting.concat(page)
  }
}

/** A feed's items: few enough for one statement a page, by time and, of one moment, by arrival. */
function* itemRows(db: Connection, layout: Layout, feed: string, span: Span): Generator<readonly Row[]> {
  const statement = db
    .prepare<unknown[], Row>(
      `SELECT ${selected(layout)}, key FROM items
       WHERE feed = ? AND (published_at, key) > (?, ?) AND published_at < ? ORDER BY published_at, key LIMIT ?`,
    )
    .raw()
  const key = layout.rest.length + 1
  let after: readonly [at: Millis, key: number] = [span.from, -1]
  for (;;) {
    const rows = statement.all(feed, ...after, span.to, PAGE)
    const last = rows.at(-1)
    if (last) yield rows.map((row) => row.slice(0, key))
    if (!last || rows.length < PAGE) return
    after = [last[0] as Millis, last[key] as number]
  }
}

function inArrival(rows: Row[], arrival: number): readonly Row[] {
  for (let i = 1; i < rows.length; i += 1) {
    const [row, before] = [rows[i] as Row, rows[i - 1] as Row]
    if (row[0] === before[0] && (row[arrival] as number) < (before[arrival] as number))
      return rows.toSorted(
        (a, b) => (a[0] as number) - (b[0] as number) || (a[arrival] as number) - (b[arrival] as number),
      )
  }
  return rows
}
