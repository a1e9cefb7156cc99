/** The list of news as the page holds it: pure, so that what happens to what one reads can be tested. */

import type { ItemPage, ItemRow } from '../../../shared/items-contract.ts'
import type { ItemFeedId } from '../../../shared/items.ts'

export interface NewsFilter {
  readonly feed?: ItemFeedId
  readonly symbol?: string
  readonly text: string
}

export interface NewsList {
  readonly filter: NewsFilter
  /** Newest first; undefined until the first answer. */
  readonly rows: readonly ItemRow[] | undefined
  /** Came while somebody reads: shown when asked for. Newest first. */
  readonly waiting: readonly ItemRow[]
  /** Nothing older is to be had. */
  readonly complete: boolean
}

export const EMPTY_LIST: NewsList = { filter: { text: '' }, rows: undefined, waiting: [], complete: true }

/** Rows that are held: beyond them, the filter helps more than the list. */
export const MOST_ROWS = 1_000

const byTime = (a: ItemRow, b: ItemRow) => b.publishedAt - a.publishedAt || b.key - a.key

/** Each row once, newest first. */
function merged(a: readonly ItemRow[], b: readonly ItemRow[]): readonly ItemRow[] {
  const known = new Map<number, ItemRow>()
  for (const row of [...a, ...b]) known.set(row.key, row)
  return [...known.values()].toSorted(byTime)
}

/** Whether the engine would list a row under this filter. */
export function isListed({ feed, symbol, text }: NewsFilter, row: ItemRow): boolean {
  const wanted = text.trim().toLowerCase()
  return (
    (feed === undefined || row.feed === feed) &&
    (symbol === undefined || row.symbols.includes(symbol)) &&
    (wanted === '' || [row.title, row.summary, row.source].some((part) => part?.toLowerCase().includes(wanted)))
  )
}

/** An answer to the filter; one to an older filter is nothing any more. */
export function withPage(list: NewsList, filter: NewsFilter, page: ItemPage, older: boolean): NewsList {
  if (filter !== list.filter) return list
  const rows = merged(older ? (list.rows ?? []) : [], page.items)
  return { filter, rows, waiting: older ? list.waiting : [], complete: page.complete || rows.length >= MOST_ROWS }
}

/** New rows: at once, or, while somebody reads, kept back so that nothing moves. */
export function withNew(list: NewsList, rows: readonly ItemRow[], reading: boolean): NewsList {
  const listed = rows.filter((row) => isListed(list.filter, row) && !list.rows?.some(({ key }) => key === row.key))
  if (listed.length === 0 || list.rows === undefined) return list
  const waiting = merged(list.waiting, listed)
  return reading ? { ...list, waiting } : showWaiting({ ...list, waiting })
}

export function showWaiting(list: NewsList): NewsList {
  return { ...list, rows: merged(list.rows ?? [], list.waiting).slice(0, MOST_ROWS), waiting: [] }
}

/** The symbols that are named most, with how often: what a filter can offer. */
export function symbolsOf(rows: readonly ItemRow[], most: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const row of rows) for (const symbol of row.symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, most)
    .map(([symbol]) => symbol)
}
