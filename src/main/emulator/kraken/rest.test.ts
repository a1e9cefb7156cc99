import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../../exchanges/exchange.ts'
import { kraken as exchange } from '../../exchanges/kraken/index.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 60, venues: ['kraken'] })
})
afterAll(() => market.close())

const get = async (path: string): Promise<unknown> => JSON.parse((await market.rest(`/kraken/0/public/${path}`)).body)
const run = async <T>(call: RestCall<T>): Promise<T> => call.decode((await market.rest(`/kraken${call.path}`)).body)
const { rest } = exchange

/** The first row below `result`, whatever its name. */
function firstRow(answer: unknown): unknown {
  return Object.values((answer as { result: object }).result)[0]
}

test.each([
  ['Trades?pair=BTC/USD&count=3', 'kraken/rest-Trades.json'],
  ['OHLC?pair=BTC/USD&interval=60', 'kraken/rest-OHLC.json'],
  ['Ticker', 'kraken/rest-Ticker.json'],
  ['AssetPairs', 'kraken/rest-AssetPairs.json'],
])('%s has the shape of the recorded %s', async (path, name) => {
  const answer = await get(path)
  const [sample] = readSample(name) ?? [answer]
  expect(shapeOf(firstRow(answer))).toEqual(shapeOf(firstRow(sample)))
})

test('lists have the names of old, and one market answers to all of its names', async () => {
  const { result } = (await get('AssetPairs')) as { result: Record<string, { wsname: string; altname: string }> }
  expect([result['XXBTZUSD'], result['XDGUSD'], result['SOLUSD']].map((row) => [row?.wsname, row?.altname])).toEqual([
    ['XBT/USD', 'XBTUSD'],
    ['XDG/USD', 'XDGUSD'],
    ['SOL/USD', 'SOLUSD'],
  ])
  const keys = await Promise.all(
    ['BTC/USD', 'XBTUSD', 'XXBTZUSD'].map(async (pair) =>
      Object.keys(((await get(`Depth?pair=${pair}`)) as { result: object }).result),
    ),
  )
  expect(keys).toEqual([['BTC/USD'], ['XXBTZUSD'], ['XXBTZUSD']])
})

test('A-01 what it says, the adapter reads: markets, tickers, trades, candles, book', async () => {
  const markets = await rest.markets(run)
  expect(markets[0]).toEqual({
    key: 'kraken:BTC/USD',
    venue: 'kraken',
    native: 'BTC/USD',
    base: 'BTC',
    quote: 'USD',
    names: {},
    tickSize: '0.1',
    sizeStep: '0.00000001',
    status: 'trading',
  })
  expect(markets.find(({ native }) => native === 'QTUM/USD')).toMatchObject({
    status: 'halted',
    warning: 'cancel_only',
  })
  const natives = markets.map(({ native }) => native)
  const [tickers] = rest.tickers(natives)
  expect((await run(tickers!)).map((ticker) => ticker.market).toSorted()).toEqual(natives.toSorted())

  const trades = await run(rest.trades('BTC/USD', 20))
  expect(trades.map(({ data }) => Number(data.id))).toEqual(trades.map((_, nth) => Number(trades[0]?.data.id) + nth))
  const candles = await run(rest.candles('BTC/USD', MINUTE, START, 5))
  expect(candles.map(({ openAt }) => openAt)).toEqual(
    [4, 3, 2, 1, 0].map((back) => Math.floor(START / MINUTE) * MINUTE - back * MINUTE),
  )
  const { data } = await run(rest.book('BTC/USD'))
  expect([data.bids.length > 50, data.asks.length > 50]).toEqual([true, true])
})

test('candles of long ago cannot be had: the newest 720 are all', async () => {
  const { result } = (await get('OHLC?pair=BTC/USD&interval=1&since=1500000000')) as {
    result: Record<string, unknown[]>
  }
  expect(result['BTC/USD']).toHaveLength(720)
  expect(await run(rest.candles('BTC/USD', MINUTE, START - 1_000 * MINUTE, 5))).toEqual([])
})

test.each([
  ['Trades?pair=NOPE/USD', ['EQuery:Unknown asset pair']],
  ['Trades', ['EGeneral:Invalid arguments']],
  ['OHLC?pair=BTC/USD&interval=7', ['EGeneral:Invalid arguments']],
])('an error is status 200 and a list: %s', async (path, error) => {
  const { status, body } = await market.rest(`/kraken/0/public/${path}`)
  expect([status, JSON.parse(body)]).toEqual([200, { error }])
})

test('too many calls are an error with status 200 too', async () => {
  const strict = await openTestMarket({ limits: true, venues: ['kraken'] })
  const answers = []
  for (let call = 0; call < 16; call += 1) answers.push(await strict.rest('/kraken/0/public/Time'))
  await strict.close()
  expect([answers.at(-1)?.status, answers.at(-1)?.body]).toEqual([200, '{"error":["EAPI:Rate limit exceeded"]}'])
  expect(answers.at(-2)?.body).toContain('unixtime')
})
