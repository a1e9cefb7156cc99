import { expect, test } from 'vitest'
import { HOUR } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

async function get<T>(call: RestCall<T>): Promise<T> {
  expect(call).toMatchObject({ path: '/api/v3/exchangeInfo?showPermissionSets=false', group: 'weight', weight: 20 })
  return call.decode(fixtureBody('binance', 'rest-exchange-info.json'))
}

test('markets have keys, steps and a status; a filter that is off gives no step', async () => {
  expect(await rest.markets(get)).toEqual([
    {
      key: 'binance:BTC/USDT',
      venue: 'binance',
      native: 'BTCUSDT',
      base: 'BTC',
      quote: 'USDT',
      names: {},
      tickSize: '0.01',
      sizeStep: '0.00001',
      status: 'trading',
    },
    {
      key: 'binance:LUNA/USDT',
      venue: 'binance',
      native: 'LUNAUSDT',
      base: 'LUNA',
      quote: 'USDT',
      names: {},
      status: 'halted',
    },
  ])
})

test('one call gives the tickers of all markets, without those that have no price', () => {
  const calls = rest.tickers(['BTCUSDT'])
  expect(calls.map(({ path, group, weight }) => ({ path, group, weight }))).toEqual([
    { path: '/api/v3/ticker/24hr', group: 'weight', weight: 80 },
  ])
  expect(calls[0]?.decode(fixtureBody('binance', 'rest-tickers.json'))).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_790_000_000_460,
      data: {
        kind: 'ticker',
        last: '70000',
        bid: '69999.99',
        ask: '70000',
        open24h: '69428',
        high24h: '70500',
        low24h: '68500',
        volume24h: '20000.5',
        quoteVolume24h: '1390000000',
        change: '0.00823',
      },
    },
  ])
})

test('trades come oldest first, with the taker side', () => {
  const call = rest.trades('BNBBTC', 5_000)
  const older = {
    market: 'BNBBTC',
    at: 1_790_000_000_590,
    data: { kind: 'trade', id: '28457', price: '4.000001', size: '12', side: 'sell' },
  }
  const newer = {
    market: 'BNBBTC',
    at: 1_790_000_000_690,
    data: { kind: 'trade', id: '28458', price: '4.000002', size: '1', side: 'buy' },
  }
  expect(call.path).toBe('/api/v3/trades?symbol=BNBBTC&limit=1000')
  const body = fixtureBody('binance', 'rest-trades.json')
  expect(call.decode(body)).toEqual([older, newer])
  const newestFirst = JSON.stringify((JSON.parse(body) as unknown[]).toReversed())
  expect(call.decode(newestFirst)).toEqual([older, newer])
})

test('candles end before `to`, with the taker’s buy volume and count, quiet ones included', () => {
  const call = rest.candles('ETHBTC', HOUR, 1_790_000_000_000, 9_999)
  expect(call.path).toBe('/api/v3/klines?symbol=ETHBTC&interval=1h&endTime=1789999999999&limit=1000')
  expect(call.decode(fixtureBody('binance', 'rest-klines.json'))).toEqual([
    {
      openAt: 1_789_999_980_000,
      open: '0.0163479',
      high: '0.8',
      low: '0.015758',
      close: '0.015771',
      volume: '148976.11427815',
      quoteVolume: '2434.19055334',
      buyVolume: '1756.87402397',
      trades: 308,
    },
    {
      openAt: 1_790_000_040_000,
      open: '0.015771',
      high: '0.015771',
      low: '0.015771',
      close: '0.015771',
      volume: '0',
      quoteVolume: '0',
      buyVolume: '0',
      trades: 0,
    },
  ])
  expect(() => rest.candles('ETHBTC', 7, 1_790_000_000_000, 1)).toThrow(RangeError)
  expect(
    rest.intervals.map((interval) =>
      new URLSearchParams(rest.candles('A', interval, 1_790_000_000_000, 1).path.split('?')[1]).get('interval'),
    ),
  ).toEqual(['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'])
})

test('a book has its sequence and no time', () => {
  expect(rest.book('BNBBTC').decode(fixtureBody('binance', 'rest-depth.json'))).toEqual({
    market: 'BNBBTC',
    data: {
      kind: 'book',
      snapshot: true,
      bids: [['4', '431']],
      asks: [['4.000002', '12']],
      sequence: { last: '1027024' },
    },
  })
})

test("Binance's own error is told from a broken body", () => {
  const call = rest.book('NONE')
  expect(() => call.decode('{"code":-1121,"msg":"Invalid symbol."}')).toThrow(
    new VenueError('-1121', 'Invalid symbol.'),
  )
  expect(() => call.decode('<html>403</html>')).toThrow(FrameError)
  expect(() => call.decode('{"lastUpdateId":1}')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', () => {
  if (!hasSamples()) return
  const [depth = ''] = sampleLines('binance', 'depth-resync-rest.json')
  const book = rest.book('NKNUSDT').decode(depth)
  expect(book.data.bids[0]).toEqual(['0.3521', '672'])
  expect(book.data.sequence).toEqual({ last: '499869752' })
  const [blocked = ''] = sampleLines('binance', 'rest-451.json')
  expect(() => rest.book('BTCUSDT').decode(blocked)).toThrow(VenueError)
})
