/** Stored news and sentiment, as pages and the feeds ask for them. */

import type { IndexPoint, ItemRow } from '../../../shared/items-contract.ts'
import type { ItemFeedId } from '../../../shared/items.ts'
import type { Millis } from '../../../shared/market.ts'
import { DAY } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { Reader } from '../store.ts'

interface StoredItem {
  readonly key: number
  readonly feed: ItemFeedId
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly summary: string | null
  readonly source: string | null
  readonly published_at: Millis
  readonly received_at: Millis
  readonly language: string
  readonly symbols: string
}

const COLUMNS = 'key, feed, id, title, url, summary, source, published_at, received_at, language, symbols'

type ItemQueries = Pick<Reader, 'items' | 'newItems' | 'knownItems' | 'index'>
export type PreparedItems = {
  readonly [N in keyof ItemQueries]: (...query: Parameters<ItemQueries[N]>) => Awaited<ReturnType<ItemQueries[N]>>
}

export function prepareItems(db: Connection): PreparedItems {
  const list = db.prepare<unknown[], StoredItem>(
    `SELECT ${COLUMNS} FROM items
     WHERE (published_at, key) < (@publishedAt, @key) AND (@feed IS NULL OR feed = @feed)
       AND (@symbol IS NULL OR instr(symbols, @symbol))
       AND (@text IS NULL OR instr(lower(title), @text) OR instr(lower(coalesce(summary, '')), @text)
            OR instr(lower(coalesce(source, '')), @text))
     ORDER BY published_at DESC, key DESC LIMIT @count`,
  )
  const after = db.prepare<[number, number], StoredItem>(
    `SELECT ${COLUMNS} FROM items WHERE key > ? ORDER BY key LIMIT ?`,
  )
  const newest = db.prepare<[], number | null>('SELECT max(key) FROM items').pluck()
  const since = db.prepare<[Millis], StoredItem>(`SELECT ${COLUMNS} FROM items WHERE received_at >= ?`)
  const index = db.prepare<[string, Millis], IndexPoint>(
    'SELECT at, value, label FROM indices WHERE feed = ? AND at >= ? ORDER BY at',
  )
  // Beside max(), SQLite takes the other columns of the same row.
  const daily = db.prepare<[string, Millis], IndexPoint>(
    `SELECT max(at) AS at, value, label FROM indices WHERE feed = ? AND at >= ? GROUP BY at / ${DAY} ORDER BY at`,
  )

  return {
    items({ feed, symbol, text, before, count }) {
      const rows = list.all({
        publishedAt: before?.publishedAt ?? Number.MAX_SAFE_INTEGER,
        key: before?.key ?? 0,
        feed: feed ?? null,
        symbol: symbol === undefined ? null : ` ${symbol.toUpperCase()} `,
        text: text === undefined || text.trim() === '' ? null : text.trim().toLowerCase(),
        count: count + 1,
      })
      return { items: rows.slice(0, count).map(toItemRow), complete: rows.length <= count }
    },
    newItems({ after: key, count }) {
      const rows = key === undefined ? [] : after.all(key, count).map(toItemRow)
      return { items: rows, last: rows.at(-1)?.key ?? key ?? newest.get() ?? 0 }
    },
    knownItems: (query) => since.all(query.since).map(toItemRow),
    index: (query) => (query.daily ? daily : index).all(query.feed, query.since),
  }
}

function toItemRow(row: StoredItem): ItemRow {
  const { key, feed, id, title, url, summary, source, published_at, received_at, language, symbols } = row
  return {
    key,
    feed,
    id,
    title,
    ...(url === null ? {} : { url }),
    ...(summary === null ? {} : { summary }),
    ...(source === null ? {} : { source }),
    publishedAt: published_at,
    receivedAt: received_at,
    language,
    symbols: symbols.trim() === '' ? [] : symbols.trim().split(' '),
  }
}
