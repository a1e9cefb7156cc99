import { expect, test } from 'vitest'
import { ITEM_FEEDS } from '../../../shared/items.ts'
import type { Index, Item } from '../../../shared/items.ts'
import type { InstrumentKey, MarketData, MarketEvent, Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR } from '../../../shared/market.ts'
import type { PresetRecord } from './preset.ts'
import { createS3 } from './s3.ts'

const AT = Date.UTC(2025, 0, 14, 8, 14, 36)

const event = <D extends MarketData>(instrument: InstrumentKey, data: D, at: Millis = AT): MarketEvent<D> => {
  return { instrument, at, receivedAt: AT + 7, origin: 'polled', data }
}
const item = (more: Partial<Item> = {}): Item => ({
  kind: 'item',
  feed: 'coinness',
  id: '12',
  title: '비트코인 "상승"',
  url: 'https://coinness.com/news/12',
  summary: '본문',
  publishedAt: AT - 60_000,
  language: 'ko',
  symbols: ['BTC', 'ETH'],
  ...more,
})
const index = (value: string, at: Millis = AT, feed: Index['feed'] = 'cnn_fear_greed') =>
  event<Index>(`index:${feed}`, { kind: 'index', feed, value, label: 'Fear' }, at)
const ticker = (instrument: InstrumentKey, change: string | undefined, receivedAt = AT): MarketEvent<Ticker> => ({
  ...event(instrument, { kind: 'ticker', last: '100', ...(change === undefined ? {} : { change }) }),
  receivedAt,
})
const read = (records: readonly PresetRecord[]) =>
  records.map(({ topic, key, value }) => ({ topic, key, ...(JSON.parse(value) as object) }))

test('A-07 S3-42 to S3-49 the topics are those that the earlier system named, and none of them waits for its source', () => {
  const { topics } = createS3('cointicker')
  expect(topics.map(({ name }) => name)).toEqual([
    'cointicker.raw.upbit_trends',
    'cointicker.raw.market_trends',
    'cointicker.raw.coinness',
    'cointicker.raw.saveticker',
    'cointicker.raw.perplexity',
    'cointicker.raw.cnn_fear_greed',
    'cointicker.raw.crypto_news',
    'cointicker.processed.market_trends',
    'cointicker.processed.crypto_news',
    'cointicker.insights.sentiment',
    'cointicker.insights.trends',
  ])
  expect(topics.filter(({ waits }) => waits !== undefined)).toEqual([])
})

test('A-07 S3-43 S3-48 news is told raw, in its feed’s own topic and envelope, and cleaned, together with that of all feeds', () => {
  const common = {
    source: 'coinness',
    title: '비트코인 "상승"',
    url: 'https://coinness.com/news/12',
    content: '본문',
    published_at: '2025-01-14T08:13:36.000',
    keywords: ['BTC', 'ETH'],
    timestamp: '2025-01-14T08:14:36.007',
  }
  expect(read(createS3('cointicker').encode(event('news:coinness', item())))).toEqual([
    {
      topic: 'cointicker.raw.coinness',
      key: 'coinness_2025-01-14T08:14:36.007',
      ...common,
      _spider: 'coinness',
      _timestamp: '2025-01-14T08:14:36.007',
    },
    { topic: 'cointicker.processed.crypto_news', key: 'coinness_12', ...common, id: '12', language: 'ko' },
  ])
})

test('A-07 S3-42 S3-45 each feed of news has its raw topic, and a ranking of Upbit is an insight', () => {
  const s3 = createS3('mine')
  const found = ITEM_FEEDS.map((feed) => s3.encode(event(`news:${feed}`, item({ feed }))).map(({ topic }) => topic))
  const cleaned = 'mine.processed.crypto_news'
  expect(found.slice(0, 5)).toEqual([
    ['mine.raw.crypto_news', cleaned],
    ['mine.raw.coinness', cleaned],
    ['mine.raw.saveticker', cleaned],
    ['mine.insights.trends'],
    ['mine.raw.perplexity', cleaned],
  ])
})

test('A-07 S3-46 S3-49 a value of CNN’s index is raw with its own time, and an insight with how prices stand', () => {
  const s3 = createS3('cointicker')
  s3.encode(ticker('upbit:BTC/KRW', '0.01'))
  s3.encode(ticker('upbit:ETH/KRW', '-0.05'))
  s3.encode(ticker('upbit:XRP/KRW', undefined))
  s3.encode(ticker('upbit:SOL/KRW', '0.2', AT - 2 * HOUR))
  const [raw, insight] = read(s3.encode(index('40.25', AT - DAY)))
  expect(raw).toEqual({
    topic: 'cointicker.raw.cnn_fear_greed',
    key: 'cnn_2025-01-13T08:14:36.000',
    source: 'cnn',
    value: 40.25,
    classification: 'Fear',
    timestamp: '2025-01-13T08:14:36.000',
    _spider: 'cnn_fear_greed',
    _timestamp: '2025-01-14T08:14:36.007',
  })
  expect(insight).toEqual({
    topic: 'cointicker.insights.sentiment',
    key: 'cnn_fear_greed',
    source: 'cnn_fear_greed',
    value: 40.25,
    classification: 'Fear',
    measured_at: '2025-01-13T08:14:36.000',
    markets: [
      { source: 'upbit', symbol: 'ETH', quote: 'KRW', price: 100, change_24h: -5 },
      { source: 'upbit', symbol: 'BTC', quote: 'KRW', price: 100, change_24h: 1 },
    ],
    timestamp: '2025-01-14T08:14:36.007',
  })
  expect(read(s3.encode(index('42.5')))[1]).toMatchObject({ value: 42.5, change: 2.25 })
})

test('A-07 the history of an index is no insight, and the other index is nothing else', () => {
  const s3 = createS3('mine')
  const topics = (event: MarketEvent) => s3.encode(event).map(({ topic }) => topic)
  expect(topics(index('30', AT - 9 * DAY))).toEqual(['mine.raw.cnn_fear_greed'])
  expect(topics(index('31', AT))).toEqual(['mine.raw.cnn_fear_greed', 'mine.insights.sentiment'])
  expect(topics(index('32', AT - DAY))).toEqual(['mine.raw.cnn_fear_greed'])
  expect(topics(index('33', AT, 'alternative_me'))).toEqual(['mine.insights.sentiment'])
})
