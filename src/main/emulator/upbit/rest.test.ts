import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)
const MINUTE = 60_000

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 60 })
})
afterAll(() => market.close())

type Row = Record<string, number | string>
const get = async (path: string) => {
  const { status, body } = await market.rest(`/upbit${path}`)
  return { status, rows: JSON.parse(body) as Row[], body }
}

/** Ids as they are written: they are above 2^53. */
async function idsOf(path: string): Promise<readonly string[]> {
  const { body } = await market.rest(`/upbit${path}`)
  return [...body.matchAll(/"sequential_id":(\d+)/g)].map(([, id]) => id ?? '')
}

test.each([
  ['/v1/market/all?is_details=true', 'upbit/rest-market-all.json'],
  ['/v1/ticker?markets=KRW-BTC', 'upbit/rest-ticker.json'],
  ['/v1/ticker/all?quote_currencies=KRW', 'upbit/rest-ticker.json'],
  ['/v1/orderbook?markets=KRW-BTC', 'upbit/rest-orderbook.json'],
  ['/v1/trades/ticks?market=KRW-BTC&count=2', 'upbit/rest-trades.json'],
  ['/v1/candles/seconds?market=KRW-BTC', 'upbit/rest-candles-seconds.json'],
  ['/v1/candles/days?market=KRW-BTC', 'upbit/rest-candles-days.json'],
  ['/v1/candles/years?market=KRW-BTC', 'upbit/rest-candles-years.json'],
])('%s has the keys of the recorded %s, in its order', async (path, name) => {
  const { status, rows } = await get(path)
  const [sample] = readSample(name) ?? [rows]
  expect([status, shapeOf(rows)]).toEqual([200, shapeOf(sample)])
})

test('the list has real names in both languages, three quotes, and a warning', async () => {
  const { rows } = await get('/v1/market/all?is_details=true')
  expect(rows[0]).toMatchObject({ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' })
  expect(rows.length).toBeGreaterThan(30)
  expect(new Set(rows.map((row) => String(row['market']).split('-')[0]))).toEqual(new Set(['KRW', 'BTC', 'USDT']))
  expect(rows.find((row) => row['market'] === 'KRW-AERGO')).toMatchObject({ market_event: { warning: true } })
})

test('price steps are told as texts', async () => {
  const { rows } = await get('/v1/orderbook/instruments?markets=KRW-BTC,BTC-ETH')
  expect(rows).toEqual([
    {
      market: 'KRW-BTC',
      quote_currency: 'KRW',
      tick_size: '1000',
      supported_levels: ['0', '10000', '100000', '1000000'],
    },
    { market: 'BTC-ETH', quote_currency: 'BTC', tick_size: '0.00000001', supported_levels: ['0'] },
  ])
})

test('trades come newest first, and a cursor goes on where they end', async () => {
  const all = await idsOf(`/v1/trades/ticks?market=KRW-BTC&count=20&to=07:30:00`)
  const rest = await idsOf(`/v1/trades/ticks?market=KRW-BTC&count=10&cursor=${all[9]}`)
  expect(all.length).toBe(20)
  expect(all.map(BigInt)).toEqual(all.map(BigInt).toSorted((a, b) => (a < b ? 1 : -1)))
  expect(rest).toEqual(all.slice(10))
})

test('the candle of a minute is the fold of that minute’s trades', async () => {
  const to = START - 30_000
  const { body } = await market.rest('/upbit/v1/trades/ticks?market=KRW-BTC&count=500&to=07:30:00')
  const trades = (JSON.parse(body) as Row[]).filter((row) => Number(row['timestamp']) >= to - MINUTE)
  const { rows } = await get(`/v1/candles/minutes/1?market=KRW-BTC&count=1&to=${new Date(to).toISOString()}`)
  const prices = trades.map((row) => Number(row['trade_price']))
  const volume = trades.reduce((sum, row) => sum + BigInt(Math.round(Number(row['trade_volume']) * 1e8)), 0n)
  expect({
    ...rows[0],
    candle_acc_trade_volume: BigInt(Math.round(Number(rows[0]?.['candle_acc_trade_volume']) * 1e8)),
  }).toMatchObject({
    candle_date_time_utc: '2026-11-23T07:29:00',
    candle_date_time_kst: '2026-11-23T16:29:00',
    opening_price: prices.at(-1),
    high_price: Math.max(...prices),
    low_price: Math.min(...prices),
    trade_price: prices[0],
    timestamp: Number(trades[0]?.['timestamp']),
    candle_acc_trade_volume: volume,
    unit: 1,
  })
})

test('candles end before `to`, newest first, and windows without trades are absent', async () => {
  const { rows } = await get('/v1/candles/minutes/5?market=KRW-BTC&count=3&to=2026-11-23T16:20:00%2B09:00')
  expect(rows.map((row) => row['candle_date_time_utc'])).toEqual([
    '2026-11-23T07:15:00',
    '2026-11-23T07:10:00',
    '2026-11-23T07:05:00',
  ])
  const seconds = await get('/v1/candles/seconds?market=BTC-BERA&count=3')
  const times = seconds.rows.map((row) => Date.parse(`${row['candle_date_time_utc']}Z`))
  expect((times[0] ?? 0) - (times[2] ?? 0)).toBeGreaterThan(2_000)
})

test('one unknown code makes the whole call a 404, and lower case is accepted', async () => {
  expect(await market.rest('/upbit/v1/ticker?markets=KRW-BTC,KRW-NOPE')).toMatchObject({
    status: 404,
    body: '{"error":{"name":404,"message":"Code not found"}}',
  })
  expect((await get('/v1/ticker?markets=krw-btc')).rows[0]).toMatchObject({ market: 'KRW-BTC' })
})

test('ten calls a second per group, told in Remaining-Req, then 429', async () => {
  const strict = await openTestMarket({ limits: true })
  const answers = []
  for (let call = 0; call < 11; call += 1) answers.push(await strict.rest('/upbit/v1/ticker?markets=KRW-BTC'))
  const other = await strict.rest('/upbit/v1/orderbook?markets=KRW-BTC')
  await strict.close()
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  expect(answers[0]?.headers.get('Remaining-Req')).toBe('group=ticker; min=1800; sec=9')
  expect(other.status).toBe(200)
})
