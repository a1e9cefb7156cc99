/** News in the earlier items system's topics: as taken in its feed's, and all feeds' together, cleaned. */

import type { Index, Item } from '../../../shared/items.ts'
import type { MarketEvent } from '../../../shared/market.ts'
import { exactly, toJson } from './fields.ts'
import type { PresetRecord } from './preset.ts'
import { encodeItem, toIso } from './s3-records.ts'

/** An item of a feed that tells news. It has been checked and told once before it comes here: the cleaned one adds its own id. */
export function encodeNews(prefix: string, { receivedAt, data }: MarketEvent<Item>): PresetRecord[] {
  const { feed, id, title, url, summary, source, publishedAt, language, symbols } = data
  const item = {
    source: feed,
    publisher: source,
    title,
    url,
    content: summary,
    published_at: toIso(publishedAt),
    keywords: symbols,
  }
  const cleaned = toJson({ id, ...item, language, timestamp: toIso(receivedAt) })
  return [
    encodeItem(prefix, feed, item, { takenAt: receivedAt }),
    { topic: `${prefix}.processed.crypto_news`, key: `${feed}_${id}`, value: cleaned },
  ]
}

/** A place in a ranking of Upbit's markets: derived, and so an insight. What it is made of are the raw trends. */
export function encodeTrend(prefix: string, { receivedAt, data }: MarketEvent<Item>): PresetRecord[] {
  const { feed, id, title, publishedAt, symbols } = data
  const value = toJson({
    source: feed,
    id,
    title,
    symbol: symbols[0],
    published_at: toIso(publishedAt),
    timestamp: toIso(receivedAt),
  })
  return [{ topic: `${prefix}.insights.trends`, key: `${feed}_${id}`, value }]
}

/** CNN's index; of a day that is past, with that day's time, so that its history is a series and not today's value. */
export function encodeIndex(prefix: string, { at, receivedAt, data }: MarketEvent<Index>): PresetRecord[] {
  const item = { source: 'cnn', value: exactly(data.value), classification: data.label }
  return [encodeItem(prefix, data.feed, item, { takenAt: receivedAt, of: at })]
}
