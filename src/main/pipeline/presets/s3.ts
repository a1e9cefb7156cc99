/**
 * Items below a prefix: `<prefix>.raw.<feed>` as collected, `<prefix>.processed.<name>` cleaned, `<prefix>.insights.<name>`
 * derived. Market trends are made of tickers and bars, news and sentiment of items and indices.
 */

import type { Index, Item, ItemFeedId } from '../../../shared/items.ts'
import { INDEX_FEEDS } from '../../../shared/items.ts'
import type { Bar, MarketEvent, Ticker } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { exactly, toJson } from './fields.ts'
import { percentOf } from './percent.ts'
import type { Preset, PresetRecord, PresetTopic } from './preset.ts'
import { encodeIndex, encodeNews, encodeTrend } from './s3-news.ts'
import { encodeItem, toIso } from './s3-records.ts'
import { createSentiment } from './s3-sentiment.ts'

/** The topics of each layer, by the names that the earlier system gave its feeds. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  raw: ['upbit_trends', 'market_trends', 'coinness', 'saveticker', 'perplexity', 'cnn_fear_greed', 'crypto_news'],
  processed: ['market_trends', 'crypto_news'],
  insights: ['sentiment', 'trends'],
}
const PARTITIONS = 3
const REPLICATION = 2
/** The one index that the earlier system had. The other is part of the insights. */
const [CNN] = INDEX_FEEDS

/** Not quite pure: an insight tells how prices stood, so the last ticker of each market is remembered. */
export function createS3(prefix: string): Preset {
  const sentiment = createSentiment(prefix)
  const topics = Object.entries(LAYERS).flatMap(([layer, names]) =>
    names.map((name): PresetTopic => {
      const topic = `${prefix}.${layer}.${name}`
      return { name: topic, partitions: PARTITIONS, replication: REPLICATION, split: 'key' }
    }),
  )
  return {
    id: 's3',
    topics,
    reads: ['tickers', 'bars', 'items'],
    encode(event) {
      switch (event.data.kind) {
        case 'ticker':
          sentiment.observe(event as MarketEvent<Ticker>)
          return rawTrends(prefix, event as MarketEvent<Ticker>)
        case 'bar':
          return processedTrend(prefix, event as MarketEvent<Bar>)
        case 'item':
          return encodeOf(event.data.feed)(prefix, event as MarketEvent<Item>)
        case 'index': {
          const index = event as MarketEvent<Index>
          return [...(index.data.feed === CNN ? encodeIndex(prefix, index) : []), ...sentiment.encode(index)]
        }
        default:
          return []
      }
    },
  }
}

/** By what a feed tells: news, or a ranking that we make ourselves. An index tells no items. */
function encodeOf(feed: ItemFeedId): typeof encodeNews {
  if (INDEX_FEEDS.some((index) => index === feed)) return () => []
  return feed === 'upbit_trends' ? encodeTrend : encodeNews
}

function rawTrends(prefix: string, { instrument, data, receivedAt }: MarketEvent<Ticker>): PresetRecord[] {
  const source = venueOf(instrument)
  const [symbol = '', quote] = pairOf(instrument).split('/')
  const item = {
    source,
    symbol,
    price: exactly(data.last),
    volume_24h: exactly(data.volume24h),
    change_24h: percentOf(data.change),
  }
  const feeds = source === 'upbit' && quote === 'KRW' ? ['upbit_trends', 'market_trends'] : ['market_trends']
  return feeds.map((feed) =>
    encodeItem(prefix, feed, feed === 'market_trends' ? { ...item, quote } : item, { takenAt: receivedAt }),
  )
}

/** A traded second, cleaned: sums are exact, a correction comes as a record with a higher revision. */
function processedTrend(prefix: string, { instrument, data }: MarketEvent<Bar>): PresetRecord[] {
  if (data.trades === undefined) return []
  const source = venueOf(instrument)
  const [symbol = '', quote] = pairOf(instrument).split('/')
  const value = toJson({
    source,
    symbol,
    quote,
    price: exactly(data.close),
    avg_price: exactly(data.avgPrice),
    volume: exactly(data.volume),
    count: data.trades,
    revision: data.revision,
    timestamp: toIso(data.openAt),
  })
  return [{ topic: `${prefix}.processed.market_trends`, key: `${source}_${symbol}`, value }]
}
