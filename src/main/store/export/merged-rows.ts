import { mergeBars, openOf } from '../../../shared/bars.ts'
import type { Bar, Millis } from '../../../shared/market.ts'
import type { BarRow } from '../bar-row.ts'
import { BAR_COLUMNS, toBar } from '../bar-row.ts'
import type { Connection } from '../read-only.ts'
import type { Layout } from './columns.ts'
import type { Row, Span } from './rows.ts'
import { PAGE } from './rows.ts'

/** Bars of an interval that the store does not keep, merged from shorter ones (`base`) while reading. */
export function* mergedRows(
  db: Connection,
  layout: Layout,
  instrument: number,
  span: Span,
  base: Millis,
  interval: Millis,
): Generator<readonly Row[]> {
  let parts: Bar[] = []
  let openAt: Millis | undefined
  let rows: Row[] = []
  const close = (): void => {
    if (openAt !== undefined) rows.push(toRow(mergeBars(parts, interval, openAt), layout))
    parts = []
  }
  for (const page of partPages(db, instrument, span, base)) {
    for (const part of page) {
      const start = openOf(part.openAt, interval)
      if (start !== openAt) close()
      openAt = start
      parts.push(part)
    }
    if (rows.length > 0) yield rows
    rows = []
  }
  close()
  if (rows.length > 0) yield rows
}

function* partPages(db: Connection, instrument: number, span: Span, base: Millis): Generator<readonly Bar[]> {
  const statement = db.prepare<unknown[], BarRow>(
    `SELECT interval, open_at, ${BAR_COLUMNS} FROM bars
     WHERE instrument = ? AND interval = ? AND open_at >= ? AND open_at < ? ORDER BY open_at LIMIT ?`,
  )
  let { from } = span
  for (;;) {
    const page = statement.all(instrument, base, from, span.to, PAGE)
    const last = page.at(-1)
    if (!last) return
    yield page.map(toBar)
    from = last.open_at + base
  }
}

/** The property of a bar that a column shows, where it is not called the same. */
const PROPERTIES: Readonly<Record<string, keyof Bar>> = {
  avg_price: 'avgPrice',
  quote_volume: 'quoteVolume',
  buy_volume: 'buyVolume',
}

function toRow(bar: Bar, layout: Layout): Row {
  const values = layout.rest.map((column) => bar[PROPERTIES[column.name] ?? (column.name as keyof Bar)] ?? null)
  return [bar.openAt, ...values]
}
