import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

async function get<T>(call: RestCall<T>): Promise<T> {
  expect(call).toMatchObject({ path: '/v5/market/instruments-info?category=spot', group: 'address', weight: 1 })
  return call.decode(fixtureBody('bybit', 'rest-instruments.json'))
}

test('markets have keys of the list’s own coins, steps, a status and a warning', async () => {
  expect(await rest.markets(get)).toEqual([
    {
      key: 'bybit:BTC/USDT',
      venue: 'bybit',
      native: 'BTCUSDT',
      base: 'BTC',
      quote: 'USDT',
      names: {},
      tickSize: '0.1',
      sizeStep: '0.000001',
      status: 'trading',
    },
    {
      key: 'bybit:RISK/EUR',
      venue: 'bybit',
      native: 'RISKEUR',
      base: 'RISK',
      quote: 'EUR',
      names: {},
      tickSize: '0.00001',
      sizeStep: '0.01',
      status: 'halted',
      warning: 'ST',
    },
  ])
})

test('one call gives the tickers of all markets, with the bid and ask that the stream lacks', () => {
  const calls = rest.tickers(['BTCUSDT'])
  expect(calls.map(({ path }) => path)).toEqual(['/v5/market/tickers?category=spot'])
  expect(calls[0]?.decode(fixtureBody('bybit', 'rest-tickers.json'))).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_790_000_000_947,
      data: {
        kind: 'ticker',
        last: '70000.1',
        bid: '70000',
        ask: '70000.1',
        open24h: '69500',
        high24h: '70500',
        low24h: '68500',
        volume24h: '11801.27771',
        quoteVolume24h: '243765620.65899866',
        change: '0.0072',
      },
    },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('at most sixty trades come, oldest first, and that many are no sign of all', () => {
  const call = rest.trades('BTCUSDT', 100)
  expect(call.path).toBe('/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=60')
  expect(call.decode(fixtureBody('bybit', 'rest-trades.json'))).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_790_000_000_698,
      data: { kind: 'trade', id: '2290000001190010749', price: '70000', size: '1', side: 'sell' },
    },
    {
      market: 'BTCUSDT',
      at: 1_790_000_000_758,
      data: { kind: 'trade', id: '2290000001190010750', price: '70000.1', size: '0.5', side: 'buy' },
    },
    {
      market: 'BTCUSDT',
      at: 1_790_000_000_758,
      data: { kind: 'trade', id: '2290000001190010751', price: '70000.2', size: '0.00012', side: 'buy' },
    },
  ])
  expect(rest.tradesPerAnswer).toBe(60)
})

test('candles end before `to` and come oldest first', () => {
  const to = 1_790_000_100_000
  expect(rest.candles('BTCUSDT', MINUTE, to, 9_999).path).toBe(
    '/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1&end=1790000099999&limit=1000',
  )
  expect(
    [4 * HOUR, DAY].map((interval) => rest.candles('A', interval, to, 1).path.match(/interval=(\w+)/)?.[1]),
  ).toEqual(['240', 'D'])
  expect(rest.candles('BTCUSDT', MINUTE, to, 2).decode(fixtureBody('bybit', 'rest-kline.json'))).toEqual([
    {
      openAt: 1_789_999_980_000,
      open: '70001',
      high: '70001',
      low: '70001',
      close: '70001',
      volume: '0',
      quoteVolume: '0',
    },
    {
      openAt: 1_790_000_040_000,
      open: '70001',
      high: '70003',
      low: '70000',
      close: '70001.5',
      volume: '2.5',
      quoteVolume: '175003.25',
    },
  ])
  expect(() => rest.candles('BTCUSDT', SECOND, to, 1)).toThrow(RangeError)
})

test('a book over REST is whole, and its number is none of the stream’s', () => {
  const call = rest.book('BTCUSDT')
  expect(call.path).toBe('/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=50')
  expect(call.decode(fixtureBody('bybit', 'rest-book.json'))).toEqual({
    market: 'BTCUSDT',
    at: 1_790_000_000_005,
    data: { kind: 'book', snapshot: true, bids: [['70000', '47.081829']], asks: [['70000.1', '16.606555']] },
  })
})

test('an error comes with status 200, and is told from a page that blocks a region', () => {
  const call = rest.book('NONE')
  expect(() => call.decode('{"retCode":10001,"retMsg":"Not supported symbols","result":{},"time":1}')).toThrow(
    new VenueError('10001', 'Not supported symbols'),
  )
  expect(() => call.decode('<HTML>configured to block access from your country</HTML>')).toThrow(FrameError)
  expect(() => call.decode('{"retCode":0,"result":{}}')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', async () => {
  if (!hasSamples()) return
  const read = (file: string) => sampleLines('bybit', file)[0] ?? ''
  expect(await rest.markets(async (call) => call.decode(read('rest-instruments-spot.json')))).toMatchObject([
    { key: 'bybit:BTC/USDT', tickSize: '0.1', sizeStep: '0.000001', status: 'trading' },
  ])
  expect(rest.tickers(['BTCUSDT'])[0]?.decode(read('rest-tickers-spot.json'))).toMatchObject([
    { market: 'BTCUSDT', data: { last: '20533.13', bid: '20517.96', ask: '20527.77', change: '0.0068' } },
  ])
  expect(rest.trades('BTCUSDT', 60).decode(read('rest-recent-trade.json'))).toMatchObject([
    { at: 1_672_052_955_758, data: { id: '2100000000007764263', side: 'buy' } },
  ])
  expect(
    rest
      .candles('BTCUSD', HOUR, 0, 3)
      .decode(read('rest-kline.json'))
      .map(({ openAt }) => openAt),
  ).toEqual([1_670_601_600_000, 1_670_605_200_000, 1_670_608_800_000])
  expect(rest.book('BTCUSDT').decode(read('rest-orderbook.json'))).toMatchObject({
    at: 1_716_863_718_905,
    data: { bids: [['65485.47', '47.081829']] },
  })
})
