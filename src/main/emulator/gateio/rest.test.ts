import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import { gateio as exchange } from '../../exchanges/gateio/index.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['gateio'], start: START, rate: 20 })
})
afterAll(() => market.close())

const rest = (path: string) => market.rest(`/gateio/api/v4/spot/${path}`)
const minute = Math.floor(START / MINUTE) * MINUTE

test.each([
  ['currency_pairs', 'gateio/rest-currency_pairs.json'],
  ['trades?currency_pair=BTC_USDT', 'gateio/rest-trades.json'],
  ['candlesticks?currency_pair=BTC_USDT&interval=1m', 'gateio/rest-candlesticks.json'],
])('%s has the shape of the recorded %s', async (path, name) => {
  const answer: unknown = JSON.parse((await rest(path)).body)
  const [sample] = readSample(name) ?? [answer]
  expect(shapeOf(answer)).toEqual(shapeOf(sample))
})

test('the adapter reads the list, the tickers, the trades and the book', async () => {
  const get = async <T>(call: { readonly path: string; decode(body: string): T }) =>
    call.decode((await market.rest(`/gateio${call.path}`)).body)
  const instruments = await exchange.rest.markets(get)
  expect(instruments[0]).toMatchObject({
    key: 'gateio:BTC/USDT',
    names: { en: 'Bitcoin' },
    tickSize: '0.1',
    sizeStep: '0.000001',
    status: 'trading',
  })
  expect(instruments.find(({ native }) => native === 'ZIL_USDT')).toMatchObject({ status: 'halted' })
  const [tickers] = exchange.rest.tickers(['BTC_USDT'])
  expect(tickers && (await get(tickers))).toHaveLength(instruments.length)
  expect(await get(exchange.rest.trades('BTC_USDT', 100))).toHaveLength(100)
  expect((await get(exchange.rest.book('BTC_USDT'))).data.bids).toHaveLength(50)
})

test('the candle of a minute is the fold of that minute’s trades, whatever the order of its row', async () => {
  const call = exchange.rest.candles('BTC_USDT', MINUTE, minute, 3)
  const candles = call.decode((await market.rest(`/gateio${call.path}`)).body)
  expect(candles.map(({ openAt }) => openAt)).toEqual([3, 2, 1].map((back) => minute - back * MINUTE))
  const all = exchange.rest.trades('BTC_USDT', 1_000)
  const trades = all
    .decode((await market.rest(`/gateio${all.path}`)).body)
    .filter(({ at = 0 }) => at >= minute - MINUTE && at < minute)
  const prices = trades.map(({ data }) => Number(data.price))
  const { open, high, low, close } = candles.at(-1) ?? {}
  expect([open, high, low, close].map(Number)).toEqual([
    prices[0],
    Math.max(...prices),
    Math.min(...prices),
    prices.at(-1),
  ])
})

test.each([
  ['order_book?currency_pair=NO_USDT', 'INVALID_CURRENCY_PAIR'],
  ['trades', 'MISSING_REQUIRED_PARAM'],
  ['candlesticks?currency_pair=BTC_USDT&interval=7m', 'INVALID_PARAM_VALUE'],
  [`candlesticks?currency_pair=BTC_USDT&interval=1m&from=${minute / SECOND - 600}&limit=5`, 'INVALID_PARAM_VALUE'],
  [
    `candlesticks?currency_pair=BTC_USDT&interval=1s&from=${minute / SECOND - 1_000}&to=${minute / SECOND}`,
    'INVALID_PARAM_VALUE',
  ],
])('%s is refused', async (path, label) => {
  const { status, body } = await rest(path)
  expect([status, JSON.parse(body)]).toMatchObject([400, { label }])
})

test('each call has a limit of its own, and headers that say what is left', async () => {
  const { headers } = await rest('tickers')
  expect([
    headers.get('X-Gate-RateLimit-Limit'),
    Number(headers.get('X-Gate-RateLimit-Requests-Remain')) < 200,
  ]).toEqual(['200', true])
})
