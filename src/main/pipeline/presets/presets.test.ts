import { expect, test } from 'vitest'
import type { Index, IndexFeedId, Item, ItemFeedId } from '../../../shared/items.ts'
import { INDEX_FEEDS, ITEM_FEEDS } from '../../../shared/items.ts'
import type { Bar, Book, InstrumentKey, MarketData, MarketEvent, Ticker, Trade } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import { PRESET_MAKERS } from './index.ts'
import { createS0 } from './s0.ts'
import { createS1 } from './s1.ts'
import { createS2, encodeRaw } from './s2.ts'
import { createS3 } from './s3.ts'
import { createS4 } from './s4.ts'

const AT = Date.UTC(2025, 0, 14, 8, 14, 36)

function event<D extends MarketData>(instrument: InstrumentKey, data: D): MarketEvent<D> {
  return { instrument, at: AT, receivedAt: AT + 7, origin: 'stream', data }
}
const bar: Bar = {
  kind: 'bar',
  interval: SECOND,
  openAt: AT,
  revision: 0,
  state: 'traded',
  open: '95568.29',
  high: '95568.3',
  low: '95568.29',
  close: '95568.3',
  vwap: '95568.291234567891',
  avgPrice: '95568.293333333333',
  priceSum: '286704.88',
  volume: '0.07399',
  quoteVolume: '7071.097878',
  buyVolume: '0.05',
  trades: 3,
}
const trade: Trade = { kind: 'trade', id: '4402', price: '95568.29', size: '0.00001234', side: 'buy' }
const ticker: Ticker = {
  kind: 'ticker',
  last: '100000000',
  high24h: '101000000',
  volume24h: '60.5',
  change: '0.0101010101',
}
const book: Book = {
  kind: 'book',
  snapshot: true,
  bids: [
    ['66609.22', '0.0016'],
    ['66609', '0.1'],
  ],
  asks: [['66619.98', '0.259115']],
}

test('A-31 s0: one market’s traded seconds on bit_topic, the first form of each', () => {
  const s0 = createS0('binance:BTC/USDT')
  expect(s0.encode(event('binance:BTC/USDT', bar))).toEqual([
    {
      topic: 'bit_topic',
      key: null,
      value:
        '{"ticker": "BTC-USD", "avg_price": 95568.293333333333, "total_volume": 0.07399, "batch_size": 3, "timestamp": "2025-01-14T08:14:36.000000"}',
    },
  ])
  const none = [
    event('upbit:BTC/KRW', bar),
    event('binance:BTC/USDT', { ...bar, revision: 1 }),
    event('binance:BTC/USDT', { kind: 'bar', interval: SECOND, openAt: AT, revision: 0, state: 'quiet' }),
  ]
  expect(none.flatMap((each) => s0.encode(each))).toEqual([])
})

test('s1: a trade with price and time, and what else is known of it, spread by its id', () => {
  expect(createS1('binance:BTC/USDT').encode(event('binance:BTC/USDT', trade))).toEqual([
    {
      topic: 'stock_trade',
      key: '4402',
      value: `{"price":95568.29,"timestamp":${AT},"id":"4402","side":"buy","amount":0.00001234,"market":"binance:BTC/USDT"}`,
    },
  ])
  expect(createS1('binance:BTC/USDT').encode(event('binance:ETH/USDT', trade))).toEqual([])
})

test('s2: a ticker of a region, keyed by venue and channel; what the venue does not give is null', () => {
  const [record] = createS2().encode(event('upbit:BTC/KRW', ticker))
  expect({ ...record, value: JSON.parse(record!.value) as unknown }).toEqual({
    topic: 'Region.Korea_TickerPreprocessing',
    key: 'upbit:ticker',
    value: {
      region: 'Korea',
      market: 'UPBIT',
      coin_symbol: 'BTC',
      timestamp: AT,
      data: [
        {
          opening_price: null,
          trade_price: '100000000',
          max_price: '101000000',
          min_price: null,
          prev_closing_price: '99000000',
          acc_trade_volume_24h: '60.5',
          signed_change_price: '1000000',
          signed_change_rate: '0.0101010101',
        },
      ],
    },
  })
})

test('s2: a book’s best prices, spread and volumes, exactly', () => {
  expect(createS2().encode(event('okx:BTC/USDT', book))).toEqual([
    {
      topic: 'Region.Asia_OrderbookPreprocessing',
      key: 'okx:orderbook',
      value:
        '{"region":"Asia","market":"OKX","coin_symbol":"BTC","highest_bid":66609.22,"lowest_ask":66619.98,"spread":10.76,' +
        '"total_bid_volume":0.1016,"total_ask_volume":0.259115,"timestamp":"2025-01-14 08:14:36.000000+00:00"}',
    },
  ])
  expect(createS2().encode(event('okx:BTC/USDT', { ...book, snapshot: false }))).toEqual([])
})

test('A-29 s2: regions have 4, 3 and 2 partitions, each venue one of its own, and another one where the settings say so', () => {
  const topics = createS2({ kraken: 0, binance: 1 }).topics.filter(({ name }) => name.endsWith('TickerPreprocessing'))
  expect(topics.map(({ name, partitions, replication, split }) => [name, partitions, replication, split])).toEqual([
    ['Region.Korea_TickerPreprocessing', 4, 3, { upbit: 0, bithumb: 1, coinone: 2, korbit: 3 }],
    ['Region.Asia_TickerPreprocessing', 3, 3, { okx: 0, bybit: 1, gateio: 2 }],
    ['Region.NE_TickerPreprocessing', 2, 3, { binance: 1, kraken: 0 }],
  ])
  expect(createS2().encode(event('coinbase:BTC/USD', ticker))).toEqual([])
})

test('s2: raw frames keep their bytes in the envelope of the raw topics', () => {
  expect(encodeRaw({ region: 'Korea', market: 'upbit', symbol: 'BTC', frames: ['{"p":1.50}', '{"p":2}'] })).toBe(
    '{"region":"Korea","market":"upbit","symbol":"BTC","data":[{"p":1.50},{"p":2}]}',
  )
})

test('s3: a won market of Upbit is a trend of Upbit and of the market, its change in percent', () => {
  const records = createS3('cointicker').encode(event('upbit:BTC/KRW', ticker))
  const item = '"source":"upbit","symbol":"BTC","price":100000000,"volume_24h":60.5,"change_24h":1.01010101'
  const tail = (feed: string) =>
    `"timestamp":"2025-01-14T08:14:36.007","_spider":"${feed}","_timestamp":"2025-01-14T08:14:36.007"}`
  expect(records).toEqual([
    {
      topic: 'cointicker.raw.upbit_trends',
      key: 'upbit_2025-01-14T08:14:36.007',
      value: `{${item},${tail('upbit_trends')}`,
    },
    {
      topic: 'cointicker.raw.market_trends',
      key: 'upbit_2025-01-14T08:14:36.007',
      value: `{${item},"quote":"KRW",${tail('market_trends')}`,
    },
  ])
})

test('s3: a traded second is the cleaned trend, a quiet one is none', () => {
  const s3 = createS3('mine')
  expect(s3.encode(event('okx:BTC/USDT', bar))).toEqual([
    {
      topic: 'mine.processed.market_trends',
      key: 'okx_BTC',
      value:
        '{"source":"okx","symbol":"BTC","quote":"USDT","price":95568.3,"avg_price":95568.293333333333,"volume":0.07399,' +
        '"count":3,"revision":0,"timestamp":"2025-01-14T08:14:36.000"}',
    },
  ])
  expect(
    s3.encode(event('okx:BTC/USDT', { kind: 'bar', interval: SECOND, openAt: AT, revision: 0, state: 'missing' })),
  ).toEqual([])
})

test('S4x-12 S4x-14 s4: a stock of KIS goes to the topics of its source, and says so where Yahoo stood in', () => {
  const s4 = createS4()
  const stock: Ticker = { kind: 'ticker', last: '71500', change: '0.0214285714', volume24h: '1200300' }
  expect(s4.encode(event('kis:005930', stock))).toEqual(
    ['kis-stock', 'stock-data'].map((topic) => ({
      topic,
      key: '005930',
      value:
        '{"symbol":"005930","price":71500,"change":1500,"change_rate":2.14285714,"volume":1200300,"data_source":"kis",' +
        '"timestamp":"2025-01-14T08:14:36.000Z"}',
    })),
  )
  const stoodIn = s4.encode(event('kis:AAPL', { kind: 'ticker', last: '273.02', source: 'kis_via_yfinance' }))
  expect(stoodIn.map(({ topic }) => topic)).toEqual(['kis-stock', 'nasdaq-realtime', 'stock-data'])
  expect(JSON.parse(stoodIn[0]?.value ?? '')).toMatchObject({ symbol: 'AAPL', data_source: 'kis_via_yfinance' })
})

test('S4x-13 s4: a stock of Yahoo, with what a ticker knows; New York’s on a topic of their own', () => {
  const s4 = createS4()
  const stock: Ticker = { kind: 'ticker', last: '338.3', open24h: '336.67', high24h: '340', low24h: '335.01' }
  expect(s4.encode(event('yahoo:AAPL', stock))).toEqual(
    ['yfinance-stock', 'nasdaq-realtime', 'stock-data'].map((topic) => ({
      topic,
      key: 'AAPL',
      value:
        '{"symbol":"AAPL","current_price":338.3,"open_price":336.67,"day_high":340,"day_low":335.01,"data_source":"yfinance",' +
        '"timestamp":"2025-01-14T08:14:36.000Z"}',
    })),
  )
  expect(s4.encode(event('yahoo:005930.KS', stock)).map(({ topic }) => topic)).toEqual(['yfinance-stock', 'stock-data'])
})

test('S4x-01 s4: the day of New York as it closed, under one key however often it is told', () => {
  const day: Ticker = {
    kind: 'ticker',
    last: '273.02',
    open24h: '270',
    high24h: '274.5',
    low24h: '269.9',
    volume24h: '41000',
  }
  const closed = { ...event('yahoo:AAPL', day), at: Date.UTC(2026, 10, 23, 21, 0, 1) }
  expect(createS4().encode(closed).at(-1)).toEqual({
    topic: 'nasdaq-daily',
    key: 'AAPL_2026-11-23',
    value:
      '{"symbol":"AAPL","date":"2026-11-23","open":270,"high":274.5,"low":269.9,"close":273.02,"volume":41000,' +
      '"data_source":"yfinance","timestamp":"2026-11-23T21:00:01.000Z"}',
  })
  const later = { ...closed, at: closed.at + 60_000 }
  const inSeoul = { ...closed, instrument: 'yahoo:005930.KS' as const }
  expect([later, inSeoul].flatMap((each) => createS4().encode(each)).map(({ topic }) => topic)).not.toContain(
    'nasdaq-daily',
  )
})

test('s4: a coin’s ticker goes to crypto-data', () => {
  expect(createS4().encode(event('upbit:BTC/KRW', ticker))).toEqual([
    {
      topic: 'crypto-data',
      key: 'upbit:BTC/KRW',
      value:
        '{"symbol":"BTC/KRW","price":100000000,"change_rate":1.01010101,"volume":60.5,"data_source":"upbit",' +
        '"timestamp":"2025-01-14T08:14:36.000Z"}',
    },
  ])
})

test('Each record of each preset goes to a topic of its table, and its value is JSON', () => {
  const markets = ['upbit:BTC/KRW', 'okx:BTC/USDT', 'binance:BTC/USDT', 'kis:005930', 'yahoo:^KS11'] as const
  const index = (feed: IndexFeedId): Index => ({ kind: 'index', feed, value: '40', label: 'Fear' })
  const item = (feed: ItemFeedId): Item => {
    return { kind: 'item', feed, id: '1', title: 'T', publishedAt: AT, language: 'en', symbols: [] }
  }
  const events: readonly MarketEvent[] = [
    ...markets.flatMap((key) => [event(key, bar), event(key, trade), event(key, ticker), event(key, book)]),
    ...ITEM_FEEDS.map((feed) => event(`news:${feed}`, item(feed))),
    ...INDEX_FEEDS.map((feed) => event(`index:${feed}`, index(feed))),
  ]
  const options = { market: 'binance:BTC/USDT', prefix: 'cointicker' } as const
  for (const make of Object.values(PRESET_MAKERS)) {
    const preset = make(options)
    const records = events.flatMap((each) => preset.encode(each))
    expect(records.length).toBeGreaterThan(0)
    for (const { topic, value } of records) {
      expect(preset.topics.map(({ name }) => name)).toContain(topic)
      expect(JSON.parse(value)).toBeTypeOf('object')
    }
  }
})
