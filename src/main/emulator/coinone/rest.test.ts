import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'
import { coinone } from './coinone.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 5, venues: ['coinone'] })
})
afterAll(() => market.close())

const get = async (path: string) => {
  const { status, body } = await market.rest(`/coinone/public/v2/${path}`)
  return { status, body, fields: JSON.parse(body) as Record<string, Record<string, unknown>[]> }
}

test.each([
  ['ticker_new/KRW/BTC', 'coinone/rest-ticker.json'],
  ['orderbook/KRW/BTC?size=5', 'coinone/rest-orderbook.json'],
  ['trades/KRW/BTC?size=10', 'coinone/rest-trades.json'],
])('%s has the keys of the recorded %s, in its order', async (path, name) => {
  const { status, fields } = await get(path)
  const [sample] = readSample(name) ?? [fields]
  expect([status, shapeOf(fields)]).toEqual([200, shapeOf(sample)])
})

test('the list has steps and states; names come with the currencies', async () => {
  const { markets = [] } = (await get('markets/KRW')).fields
  const { currencies = [] } = (await get('currencies')).fields
  expect(markets[0]).toMatchObject({
    quote_currency: 'KRW',
    target_currency: 'BTC',
    trade_status: 1,
    qty_unit: '0.00000001',
  })
  expect(markets.find((row) => row['target_currency'] === 'NEO')).toMatchObject({ trade_status: 0 })
  expect(currencies[0]).toMatchObject({ symbol: 'BTC', name: 'Bitcoin' })
  expect((await get('markets/USDT')).fields['markets']).toEqual([])
})

test('tickers name their pair in lower case, and tell yesterday when asked', async () => {
  const { tickers = [] } = (await get('ticker_new/KRW?additional_data=true')).fields
  expect(tickers[0]).toMatchObject({
    quote_currency: 'krw',
    target_currency: 'btc',
    yesterday_last: expect.any(String),
  })
})

test('a book is best first on both sides', async () => {
  const { asks = [], bids = [] } = (await get('orderbook/krw/btc?size=16')).fields
  const [ask = [], bid = []] = [asks, bids].map((side) => side.map(({ price }) => Number(price)))
  expect([ask.length, bid.length]).toEqual([16, 16])
  expect(ask).toEqual(ask.toSorted((left, right) => left - right))
  expect(bid).toEqual(bid.toSorted((left, right) => right - left))
})

test('the candle of a minute is the fold of that minute’s trades, newest first', async () => {
  const { transactions = [] } = (await get('trades/KRW/BTC')).fields
  const { chart = [] } = (await get(`chart/KRW/BTC?interval=1m&timestamp=${START - 30_001}&size=2`)).fields
  const inMinute = transactions.filter(({ timestamp }) => {
    const at = Number(timestamp)
    return at >= START - 90_000 && at < START - 30_000
  })
  const prices = inMinute.map(({ price }) => Number(price))
  expect(chart.map(({ timestamp }) => timestamp)).toEqual([START - 90_000, START - 150_000])
  expect(
    Object.values(chart[0] ?? {})
      .slice(1, 5)
      .map(Number),
  ).toEqual([prices.at(-1), Math.max(...prices), Math.min(...prices), prices[0]])
})

test('every answer has status 200: unknown markets, wrong counts, and a page for a wrong path', async () => {
  const bodies = await Promise.all(
    ['orderbook/KRW/NOPE', 'ticker_new/KRW/NOPE', 'orderbook/KRW/BTC?size=20', 'trades/KRW/BTC?size=20'].map(get),
  )
  expect(bodies.map(({ status, fields }) => [status, fields['error_code']])).toEqual([
    [200, '108'],
    [200, '108'],
    [200, '107'],
    [200, '107'],
  ])
  expect(await market.rest('/coinone/public/v2/nope')).toMatchObject({
    status: 200,
    body: expect.stringMatching(/^<!DOCTYPE/),
  })
})

test('1,200 calls a minute are allowed, told in headers; one more is blocked with status 200', async () => {
  const { headers } = await market.rest('/coinone/public/v2/currencies')
  expect(headers.get('public-ratelimit-replenish-rate')).toBe('20')
  expect(headers.get('public-ratelimit-remaining')).toMatch(/^11\d\d$/)
  expect(coinone.rest.limits).toEqual({ public: { count: 1_200, per: 60_000 } })
  expect(coinone.rest.limited).toEqual({
    status: 200,
    body: '{"result":"error","error_code":"4","error_msg":"Blocked user access"}',
  })
})
