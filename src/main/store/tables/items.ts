/** News and sentiment, each item once: whoever collected it, and however often it comes. */

import { canonicalUrl, normalTitle, SAME_TITLE } from '../../../shared/items.ts'
import type { Index, Item } from '../../../shared/items.ts'
import type { MarketEvent, Millis } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface ItemTable {
  /** Stores an item, unless one that is the same is stored already. */
  put(event: MarketEvent<Item>): void
  /** Stores a value of an index; of the same instant, the one that came later holds. */
  putIndex(event: MarketEvent<Index>): void
}

export function createItemTable(db: Connection): ItemTable {
  const sameTitle = db.prepare<[string, string, Millis, Millis], number>(
    'SELECT 1 FROM items WHERE feed = ? AND same_title = ? AND published_at BETWEEN ? AND ? LIMIT 1',
  )
  // Its id or its address is known: the unique indices say so.
  const insert = db.prepare(
    `INSERT INTO items (feed, id, title, url, summary, source, published_at, received_at, language, symbols, same_url, same_title)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const upsert = db.prepare<[string, Millis, string, string, Millis]>(
    `INSERT INTO indices (feed, at, value, label, received_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value, label = excluded.label, received_at = excluded.received_at
       WHERE excluded.received_at >= received_at`,
  )

  return {
    put({ receivedAt, data }) {
      const { feed, id, title, url, summary, source, publishedAt, language, symbols } = data
      const same = normalTitle(title)
      if (sameTitle.get(feed, same, publishedAt - SAME_TITLE, publishedAt + SAME_TITLE)) return
      insert.run(
        feed,
        id,
        title,
        url ?? null,
        summary ?? null,
        source ?? null,
        publishedAt,
        receivedAt,
        language,
        symbols.length > 0 ? ` ${symbols.join(' ')} ` : '',
        url === undefined ? null : canonicalUrl(url),
        same,
      )
    },
    putIndex({ at, receivedAt, data }) {
      upsert.run(data.feed, at, data.value, data.label, receivedAt)
    },
  }
}
