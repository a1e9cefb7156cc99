import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import { okx as exchange } from '../../exchanges/okx/index.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['okx'], start: START, rate: 60 })
})
afterAll(() => market.close())

const rest = (path: string) => market.rest(`/okx/api/v5/${path}`)
const rows = async (path: string) => (JSON.parse((await rest(path)).body) as { data: string[][] }).data

test.each([
  ['public/instruments?instType=SPOT', 'okx/rest-instruments.json'],
  ['market/tickers?instType=SPOT', 'okx/rest-tickers.json'],
  ['market/trades?instId=BTC-USDT', 'okx/rest-trades.json'],
  ['market/candles?instId=BTC-USDT', 'okx/rest-candles.json'],
])('%s has the shape of the recorded %s', async (path, name) => {
  const answer: unknown = JSON.parse((await rest(path)).body)
  const [sample] = readSample(name) ?? [answer]
  expect(shapeOf(answer)).toEqual(shapeOf(sample))
})

test('the adapter reads the list, the tickers and the book', async () => {
  const get = async <T>(call: { readonly path: string; decode(body: string): T }) =>
    call.decode((await market.rest(`/okx${call.path}`)).body)
  const instruments = await exchange.rest.markets(get)
  expect(instruments[0]).toMatchObject({ key: 'okx:BTC/USDT', tickSize: '0.1', status: 'trading' })
  expect(instruments.find(({ native }) => native === 'WLD-USDT')).toMatchObject({ status: 'halted' })
  const [tickers] = exchange.rest.tickers(['BTC-USDT'])
  expect(tickers && (await get(tickers))).toHaveLength(instruments.length)
  expect((await get(exchange.rest.book('BTC-USDT'))).data.bids).toHaveLength(100)
})

test('candles come newest first, a day opens at 16:00 UTC unless UTC is asked for', async () => {
  const times = async (query: string) =>
    (await rows(`market/candles?instId=BTC-USDT&${query}`)).map(([at]) => Number(at))
  const minute = Math.floor(START / MINUTE) * MINUTE
  expect(await times(`bar=1m&after=${minute}&limit=2`)).toEqual([minute - MINUTE, minute - 2 * MINUTE])
  const midnight = Math.floor(START / DAY) * DAY
  expect([await times('bar=1D&limit=1'), await times('bar=1Dutc&limit=1')]).toEqual([[midnight - 8 * HOUR], [midnight]])
})

test('the newest 1,440 candles are in one call, all older ones in another', async () => {
  const after = START - 2_000 * MINUTE
  expect(await rows(`market/candles?instId=BTC-USDT&bar=1m&after=${after}`)).toEqual([])
  expect(await rows(`market/history-candles?instId=BTC-USDT&bar=1m&after=${after}&limit=999`)).toHaveLength(300)
})

test.each([
  ['market/books?instId=NOPE-USDT', '51001'],
  ['market/trades', '50014'],
  ['market/candles?instId=BTC-USDT&bar=7m', '51000'],
  ['public/instruments?instType=SWAP', '51000'],
])('%s is refused with status 200', async (path, code) => {
  const { status, body } = await rest(path)
  expect([status, JSON.parse(body)]).toEqual([200, { code, data: [], msg: expect.any(String) as string }])
})

test('each call has a limit of its own', async () => {
  const strict = await openTestMarket({ venues: ['okx'], limits: true })
  const statuses: number[] = []
  for (let nth = 0; nth < 21; nth += 1)
    statuses.push((await strict.rest('/okx/api/v5/market/tickers?instType=SPOT')).status)
  expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([20, 429])
  expect((await strict.rest('/okx/api/v5/market/trades?instId=BTC-USDT')).status).toBe(200)
  await strict.close()
})
