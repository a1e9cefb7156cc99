import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/market.ts'
import { bybit as exchange } from '../../exchanges/bybit/index.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['bybit'], start: START, rate: 60 })
})
afterAll(() => market.close())

const rest = (path: string) => market.rest(`/bybit/v5/market/${path}`)

test.each([
  ['instruments-info?category=spot', 'bybit/rest-instruments-spot.json'],
  ['tickers?category=spot', 'bybit/rest-tickers-spot.json'],
  ['recent-trade?category=spot&symbol=BTCUSDT', 'bybit/rest-recent-trade.json'],
  ['kline?category=spot&symbol=BTCUSDT&interval=1', 'bybit/rest-kline.json'],
  ['orderbook?category=spot&symbol=BTCUSDT', 'bybit/rest-orderbook.json'],
])('%s has the shape of the recorded %s', async (path, name) => {
  const answer: unknown = JSON.parse((await rest(path)).body)
  const [sample] = readSample(name) ?? [answer]
  expect(shapeOf(answer)).toEqual(shapeOf(sample))
})

test('the adapter reads the list, the tickers, the trades and the book', async () => {
  const get = async <T>(call: { readonly path: string; decode(body: string): T }) =>
    call.decode((await market.rest(`/bybit${call.path}`)).body)
  const instruments = await exchange.rest.markets(get)
  expect(instruments[0]).toMatchObject({ key: 'bybit:BTC/USDT', tickSize: '0.1', status: 'trading' })
  expect(instruments.find(({ native }) => native === 'BERAUSDT')).toMatchObject({ status: 'halted', warning: 'ST' })
  const [tickers] = exchange.rest.tickers(['BTCUSDT'])
  expect(tickers && (await get(tickers))).toHaveLength(instruments.length)
  const trades = await get(exchange.rest.trades('BTCUSDT', 100))
  expect(trades).toHaveLength(60)
  expect(trades.map(({ data }) => data.id)).toEqual(trades.map(({ data }) => data.id).toSorted())
  expect((await get(exchange.rest.book('BTCUSDT'))).data.bids).toHaveLength(50)
})

test('candles come newest first, up to an end', async () => {
  const minute = Math.floor(START / MINUTE) * MINUTE
  const { body } = await rest(`kline?category=spot&symbol=BTCUSDT&interval=1&end=${minute - 1}&limit=2`)
  const { result } = JSON.parse(body) as { result: { list: string[][] } }
  expect(result.list.map(([at]) => Number(at))).toEqual([minute - MINUTE, minute - 2 * MINUTE])
})

test.each([
  ['orderbook?category=spot&symbol=NOPE', 'Not supported symbols'],
  ['orderbook?category=linear&symbol=BTCUSDT', 'Category is invalid.'],
  ['kline?category=spot&symbol=BTCUSDT&interval=7', 'Invalid period!'],
])('%s is refused with status 200', async (path, retMsg) => {
  const { status, body } = await rest(path)
  expect([status, JSON.parse(body)]).toMatchObject([200, { retCode: 10001, retMsg, result: {} }])
})

test('beyond 600 calls in five seconds the answer is a bare 403', async () => {
  const strict = await openTestMarket({ venues: ['bybit'], limits: true })
  const call = () => strict.rest('/bybit/v5/market/orderbook?category=spot&symbol=BTCUSDT')
  const answers = await Promise.all(Array.from({ length: 601 }, call))
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ status: 403, body: 'access too frequent' })
  await strict.close()
})
