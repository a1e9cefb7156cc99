import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'
import { bithumb } from './bithumb.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)
const MINUTE = 60_000
const NOT_FOUND = '{"error":{"name":404,"message":"Code not found"}}'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 20, venues: ['bithumb'] })
})
afterAll(() => market.close())

type Row = Record<string, number | string>
const get = async (path: string) => {
  const { status, body } = await market.rest(`/bithumb${path}`)
  return { status, rows: JSON.parse(body) as Row[], body }
}

test.each([
  ['/v1/ticker?markets=KRW-BTC', 'bithumb/rest-ticker.json'],
  ['/v1/orderbook?markets=KRW-BTC', 'bithumb/rest-orderbook.json'],
  ['/v1/trades/ticks?market=KRW-BTC&count=2', 'bithumb/rest-trades.json'],
  ['/v1/candles/minutes/1?market=KRW-BTC', 'bithumb/rest-candles-minutes.json'],
  ['/v1/candles/weeks?market=KRW-BTC', 'bithumb/rest-candles-weeks.json'],
  ['/v1/candles/months?market=KRW-BTC', 'bithumb/rest-candles-months.json'],
])('%s has the keys of the recorded %s, in its order', async (path, name) => {
  const { status, rows } = await get(path)
  const [sample] = readSample(name) ?? [rows]
  expect([status, shapeOf(rows)]).toEqual([200, shapeOf(sample)])
})

test('the list has names in both languages and warnings, alerts come in another', async () => {
  const { rows } = await get('/v1/market/all?isDetails=true')
  const alerts = await get('/v1/market/virtual_asset_warning')
  expect(rows[0]).toEqual({
    market: 'KRW-BTC',
    korean_name: '비트코인',
    english_name: 'Bitcoin',
    market_warning: 'NONE',
  })
  expect(rows.find((row) => row['market'] === 'KRW-ZIL')).toMatchObject({ market_warning: 'CAUTION' })
  expect(alerts.rows[0]).toMatchObject({ market: 'KRW-BERA', warning_type: 'PRICE_SUDDEN_FLUCTUATION' })
})

test('the stamps of tickers are nine hours ahead of their words, those of trades and books are not', async () => {
  const [ticker = {}] = (await get('/v1/ticker?markets=KRW-BTC')).rows
  const [trade = {}] = (await get('/v1/trades/ticks?market=KRW-BTC')).rows
  const [book = {}] = (await get('/v1/orderbook?markets=KRW-BTC')).rows
  const words = `${ticker['trade_date']}${ticker['trade_time']}`.replace(
    /^(....)(..)(..)(..)(..)(..)$/,
    '$1-$2-$3T$4:$5:$6Z',
  )
  const hours = [ticker, trade, book].map(
    (row) => Math.round((Number(row['timestamp']) - Date.parse(words)) / 360_000) / 10,
  )
  expect(hours).toEqual([9, 0, 0])
  expect(String(trade['sequential_id']).slice(0, 12)).toBe(String(trade['timestamp']).slice(0, 12))
})

test('a book has thirty places alone and fifteen in company', async () => {
  const one = await get('/v1/orderbook?markets=KRW-BTC')
  const two = await get('/v1/orderbook?markets=KRW-BTC,krw-eth')
  const places = [...one.rows, ...two.rows].map((row) => (row['orderbook_units'] as unknown as unknown[]).length)
  expect(places).toEqual([30, 15, 15])
})

test('the candle of a minute is the fold of that minute’s trades, and `to` is Korean time', async () => {
  const to = START - 30_000
  const { body } = await market.rest('/bithumb/v1/trades/ticks?market=KRW-BTC&count=500&to=07:30:00')
  const trades = (JSON.parse(body) as Row[]).filter((row) => Number(row['timestamp']) >= to - MINUTE)
  const { rows } = await get('/v1/candles/minutes/1?market=KRW-BTC&count=1&to=2026-11-23%2016:30:00')
  const prices = trades.map((row) => Number(row['trade_price']))
  expect(rows[0]).toMatchObject({
    candle_date_time_utc: '2026-11-23T07:29:00',
    candle_date_time_kst: '2026-11-23T16:29:00',
    opening_price: prices.at(-1),
    high_price: Math.max(...prices),
    low_price: Math.min(...prices),
    trade_price: prices[0],
    unit: 1,
  })
})

test('days and four hours open by Korean time', async () => {
  const open = async (path: string) => (await get(path)).rows.map((row) => row['candle_date_time_utc'])
  expect(await open('/v1/candles/minutes/240?market=KRW-BTC&count=2')).toEqual([
    '2026-11-23T07:00:00',
    '2026-11-23T03:00:00',
  ])
  expect(await open('/v1/candles/days?market=KRW-BTC&count=2')).toEqual(['2026-11-22T15:00:00', '2026-11-21T15:00:00'])
})

test('errors have status 200: one unknown code fails the whole call; too many codes have 400, unknown paths 404', async () => {
  const many = Array.from({ length: 201 }, () => 'KRW-BTC').join(',')
  expect(
    [
      await get('/v1/ticker?markets=KRW-BTC,KRW-NOPE'),
      await get('/v1/trades/ticks?market=KRW-NOPE'),
      await get(`/v1/ticker?markets=${many}`),
      await get('/v1/nope'),
    ].map(({ status, body }) => [status, body]),
  ).toEqual([
    [200, NOT_FOUND],
    [200, NOT_FOUND],
    [400, '{"error":{"name":400,"message":"Parameter \'markets\' must be less than or equal to 200 items."}}'],
    [404, '{"name":"not_found","message":"No Route matched with those values"}'],
  ])
})

test('150 calls a second per category are allowed, and the use of each is told in headers', async () => {
  const remaining = async (path: string) => (await market.rest(`/bithumb${path}`)).headers.get('x-ratelimit-remaining')
  const one = await market.rest('/bithumb/v1/market/all')
  expect(Object.fromEntries([...one.headers].filter(([name]) => name.startsWith('x-ratelimit')))).toMatchObject({
    'x-ratelimit-requested-tokens': '1',
    'x-ratelimit-burst-capacity': '150',
    'x-ratelimit-replenish-rate': '150',
  })
  expect(await remaining('/v1/candles/days?market=KRW-BTC')).toMatch(/^14\d$/)
  expect(bithumb.rest.limits).toMatchObject({ candle: { count: 150, per: 1_000 }, other: { count: 150, per: 1_000 } })
})
