/**
 * Items below a prefix: `<prefix>.raw.<feed>` as collected, `<prefix>.processed.<feed>` cleaned, `<prefix>.insights.<name>`
 * derived. Market trends are made of tickers and bars; the news feeds wait for their sources.
 */

import { multiplyDecimals } from '../../../shared/exact.ts'
import type { MarketEvent, Millis } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import type { Fields } from './fields.ts'
import { exactly, toJson } from './fields.ts'
import type { Preset, PresetRecord, PresetTopic } from './preset.ts'

/** The feeds, and what each has to wait for. */
const FEEDS: Readonly<Record<string, PresetTopic['waits']>> = {
  upbit_trends: undefined,
  market_trends: undefined,
  coinness: 'news',
  saveticker: 'news',
  perplexity: 'news',
  cnn_fear_greed: 'news',
  crypto_news: 'news',
}
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  raw: Object.keys(FEEDS),
  processed: ['market_trends', 'crypto_news'],
  insights: ['sentiment'],
}
const PARTITIONS = 3
const REPLICATION = 2

export function createS3(prefix: string): Preset {
  const topics = Object.entries(LAYERS).flatMap(([layer, names]) =>
    names.map((name): PresetTopic => {
      const waits = layer === 'insights' ? 'news' : FEEDS[name]
      const topic = { name: `${prefix}.${layer}.${name}`, partitions: PARTITIONS, replication: REPLICATION }
      return { ...topic, split: 'key', ...(waits && { waits }) }
    }),
  )
  return {
    id: 's3',
    topics,
    reads: ['tickers', 'bars'],
    encode(event) {
      if (event.data.kind === 'ticker') return rawTrends(prefix, event)
      if (event.data.kind === 'bar') return processedTrend(prefix, event)
      return []
    },
  }
}

/** An item of a feed in the envelope of the raw topics: its fields, then when it was taken and by which feed. */
export function encodeItem(
  prefix: string,
  feed: string,
  item: Fields & { readonly source: string },
  takenAt: Millis,
): PresetRecord {
  const timestamp = toIso(takenAt)
  const value = toJson({ ...item, timestamp, _spider: feed, _timestamp: timestamp })
  return { topic: `${prefix}.raw.${feed}`, key: `${item.source}_${timestamp}`, value }
}

function rawTrends(prefix: string, { instrument, data, receivedAt }: MarketEvent): PresetRecord[] {
  if (data.kind !== 'ticker') return []
  const source = venueOf(instrument)
  const [symbol = '', quote] = pairOf(instrument).split('/')
  const item = {
    source,
    symbol,
    price: exactly(data.last),
    volume_24h: exactly(data.volume24h),
    change_24h: exactly(data.change === undefined ? undefined : multiplyDecimals(data.change, '100')),
  }
  const feeds = source === 'upbit' && quote === 'KRW' ? ['upbit_trends', 'market_trends'] : ['market_trends']
  return feeds.map((feed) => encodeItem(prefix, feed, feed === 'market_trends' ? { ...item, quote } : item, receivedAt))
}

/** A traded second, cleaned: sums are exact, a correction comes as a record with a higher revision. */
function processedTrend(prefix: string, { instrument, data }: MarketEvent): PresetRecord[] {
  if (data.kind !== 'bar' || data.trades === undefined) return []
  const source = venueOf(instrument)
  const [symbol = '', quote] = pairOf(instrument).split('/')
  const timestamp = toIso(data.openAt)
  const value = toJson({
    source,
    symbol,
    quote,
    price: exactly(data.close),
    avg_price: exactly(data.avgPrice),
    volume: exactly(data.volume),
    count: data.trades,
    revision: data.revision,
    timestamp,
  })
  return [{ topic: `${prefix}.processed.market_trends`, key: `${source}_${symbol}`, value }]
}

function toIso(at: Millis): string {
  return new Date(at).toISOString().slice(0, -1)
}
