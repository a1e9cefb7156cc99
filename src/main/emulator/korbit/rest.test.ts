import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 5, venues: ['korbit'] })
})
afterAll(() => market.close())

type Row = Record<string, unknown>
const get = async (path: string) => {
  const { status, body } = await market.rest(`/korbit/v2/${path}`)
  const { data = [], ...rest } = JSON.parse(body) as { data?: Row[] }
  return { status, data, rest }
}

test('pairs have the recorded keys and both states, currencies their names', async () => {
  const { data } = await get('currencyPairs')
  const [sample] = readSample('korbit/rest-currency-pair-row.json') ?? data
  expect(shapeOf(data[0])).toEqual(shapeOf(sample))
  expect(new Set(data.map(({ status }) => status))).toEqual(new Set(['launched', 'stopped']))
  expect((await get('currencies')).data[0]).toEqual({ name: 'btc', fullName: 'Bitcoin' })
})

test('tickers are of the symbols asked for, of all without any; those that do not exist are left out', async () => {
  const { data } = await get('tickers?symbol=btc_krw,nope_krw')
  const [sample] = readSample('korbit/docs-rest-tickers.json') ?? []
  const keys = Object.keys((sample as { data: Row[] } | undefined)?.data[0] ?? data[0] ?? {})
  expect(data.map(({ symbol }) => symbol)).toEqual(['btc_krw'])
  expect(Object.keys(data[0] ?? {}).toSorted()).toEqual(keys.toSorted())
  const all = (await get('tickers')).data
  expect(all.length).toBeGreaterThan(20)
  expect(all.find(({ symbol }) => symbol === 'qtum_krw')).toMatchObject({ bestBidPrice: '0', bestAskPrice: '0' })
  expect(await get('tickers?symbol=nope_krw')).toMatchObject({ status: 200, data: [], rest: { success: true } })
})

test('the ladder of steps is told by symbol', async () => {
  const { data } = await get('tickSizePolicy?symbol=btc_krw')
  expect(data).toMatchObject([{ symbol: 'btc_krw', tickSizePolicy: { 0: { priceGte: '0', tickSize: '0.0001' } } }])
})

test('trades come newest first with their ids', async () => {
  const { data } = await get('trades?symbol=btc_krw&limit=50')
  const ids = data.map(({ tradeId }) => Number(tradeId))
  expect(Object.keys(data[0] ?? {})).toEqual(['timestamp', 'price', 'qty', 'isBuyerTaker', 'tradeId'])
  expect(ids).toEqual(ids.toSorted((left, right) => right - left))
  expect(ids).toHaveLength(50)
})

test('the candle of a minute is the fold of that minute’s trades, oldest first', async () => {
  const trades = (await get('trades?symbol=btc_krw&limit=500')).data.filter(({ timestamp }) => {
    const at = Number(timestamp)
    return at >= START - 90_000 && at < START - 30_000
  })
  const { data } = await get(`candles?symbol=btc_krw&interval=1&limit=2&end=${START - 30_001}`)
  const prices = trades.map(({ price }) => Number(price))
  expect(data.map(({ timestamp }) => timestamp)).toEqual([START - 150_000, START - 90_000])
  expect(
    Object.values(data[1] ?? {})
      .slice(1, 5)
      .map(Number),
  ).toEqual([prices.at(-1), Math.max(...prices), Math.min(...prices), prices[0]])
})

test('days open by Korean time', async () => {
  const { data } = await get('candles?symbol=btc_krw&interval=1D&limit=2')
  expect(data.map(({ timestamp }) => timestamp)).toEqual([Date.UTC(2026, 10, 21, 15), Date.UTC(2026, 10, 22, 15)])
})

test('errors have a status and a code: symbols are case-sensitive, the limit of candles is required', async () => {
  const paths = [
    'orderbook',
    'orderbook?symbol=BTC_KRW',
    'orderbook?symbol=btc_krw&level=7',
    'candles?symbol=btc_krw&interval=1',
    'nope',
  ]
  const answers = await Promise.all(paths.map(get))
  expect(answers.map(({ status, rest }) => [status, rest])).toEqual(
    [
      [400, 'BAD_REQUEST'],
      [400, 'INVALID_CURRENCY_PAIR'],
      [400, 'BAD_REQUEST'],
      [400, 'BAD_REQUEST'],
      [404, 'NOT_FOUND'],
    ].map(([code, message]) => [code, { success: false, error: { code, message } }]),
  )
})

test('fifty calls a second are allowed and told in headers, then 429 with the time to wait', async () => {
  const strict = await openTestMarket({ limits: true, venues: ['korbit'] })
  const answers = await Promise.all(Array.from({ length: 120 }, () => strict.rest('/korbit/v2/time')))
  await strict.close()
  expect(answers[0]?.headers.get('Ratelimit-Policy')).toBe('50;w=1')
  expect(answers.some(({ headers }) => headers.get('Ratelimit') === 'limit=50, remaining=49, reset=1')).toBe(true)
  expect(answers.find(({ status }) => status === 429)?.headers.get('Retry-After')).toBe('1')
})
