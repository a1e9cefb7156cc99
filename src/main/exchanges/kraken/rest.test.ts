import { expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

const body = (name: string) => fixtureBody('kraken', `rest-${name}.json`)
const marketsOf = (text: string) => rest.markets((call) => Promise.resolve(call.decode(text)))

/** The error that a body makes of a call. */
function errorOf(call: RestCall<unknown>, text: string): unknown {
  try {
    return call.decode(text)
  } catch (error) {
    return error instanceof VenueError ? [error.code, error.message] : String(error)
  }
}

test('XBT and XDG become the names that the socket takes, and what has no socket is left out', async () => {
  const coin = { venue: 'kraken', names: {}, sizeStep: '0.00000001', status: 'trading' }
  expect(await marketsOf(body('asset-pairs'))).toEqual([
    { ...coin, key: 'kraken:BTC/USD', native: 'BTC/USD', base: 'BTC', quote: 'USD', tickSize: '0.1' },
    { ...coin, key: 'kraken:DOGE/USD', native: 'DOGE/USD', base: 'DOGE', quote: 'USD', tickSize: '0.0000001' },
    {
      ...coin,
      key: 'kraken:ETH/BTC',
      native: 'ETH/BTC',
      base: 'ETH',
      quote: 'BTC',
      tickSize: '0.00001',
      warning: 'limit_only',
    },
    {
      ...coin,
      key: 'kraken:ACA/EUR',
      native: 'ACA/EUR',
      base: 'ACA',
      quote: 'EUR',
      tickSize: '0.00001',
      status: 'halted',
      warning: 'cancel_only',
    },
    // Its step does not show the digits that its prices are printed with.
    { ...coin, key: 'kraken:ODD/USD', native: 'ODD/USD', base: 'ODD', quote: 'USD', sizeStep: '1' },
  ])
})

test('tickers are of 24 hours, without today’s opening, under whatever name they come', () => {
  const [call] = rest.tickers(['BTC/USD', 'DOGE/USD', 'NEW/USD'])
  expect([call?.path, call?.decode(body('ticker'))]).toEqual([
    '/0/public/Ticker',
    [
      {
        market: 'BTC/USD',
        data: {
          kind: 'ticker',
          last: '70000.1',
          bid: '70000',
          ask: '70000.1',
          high24h: '70547.4',
          low24h: '68163.6',
          volume24h: '3156.8478211',
        },
      },
      {
        market: 'DOGE/USD',
        data: {
          kind: 'ticker',
          last: '0.1183004',
          bid: '0.1183004',
          ask: '0.1183005',
          high24h: '0.12',
          low24h: '0.116',
          volume24h: '2',
        },
      },
    ],
  ])
  expect(rest.tickers([])).toEqual([])
})

test('trades come oldest first, with seconds in fractions', () => {
  const call = rest.trades('BTC/USD', 5_000)
  expect([call.path, call.decode(body('trades'))]).toEqual([
    '/0/public/Trades?pair=BTC%2FUSD&count=1000',
    [
      {
        market: 'BTC/USD',
        at: 1_790_000_000_742,
        atText: '1790000000.7429998',
        data: { kind: 'trade', id: '7000000001', price: '70000.1', size: '0.00007', side: 'sell' },
      },
      {
        market: 'BTC/USD',
        at: 1_790_000_000_743,
        data: { kind: 'trade', id: '7000000002', price: '70000.2', size: '2', side: 'buy' },
      },
    ],
  ])
})

test('candles are those before the end, though the venue gives the newest', () => {
  const to = 1_789_999_980_000
  const call = rest.candles('BTC/USD', MINUTE, to, 2)
  expect([call.path, call.decode(body('ohlc'))]).toEqual([
    '/0/public/OHLC?pair=BTC%2FUSD&interval=1&since=1789999859',
    [
      {
        openAt: to - 2 * MINUTE,
        open: '69990.1',
        high: '70010',
        low: '69980',
        close: '70000',
        volume: '12.5',
        trades: 205,
      },
      { openAt: to - MINUTE, open: '70000', high: '70000', low: '70000', close: '70000', volume: '0', trades: 0 },
    ],
  ])
  expect(() => rest.candles('BTC/USD', SECOND, to, 1)).toThrow('Kraken has no candles of 1000 ms.')
})

test('a book is whole and without a time, and a size cut down to 0.000 is no level', () => {
  const call = rest.book('BTC/USD')
  expect([call.path, call.decode(body('depth'))]).toEqual([
    '/0/public/Depth?pair=BTC%2FUSD&count=100',
    {
      market: 'BTC/USD',
      data: {
        kind: 'book',
        snapshot: true,
        bids: [
          ['70000', '0.433'],
          ['69999.5', '0.5'],
        ],
        asks: [
          ['70000.1', '1.403'],
          ['70001', '10.824'],
        ],
      },
    },
  ])
})

test('an error comes with status 200, in a list; a warning beside a result is none', () => {
  const call = rest.trades('NOPE/USD', 10)
  expect([
    errorOf(call, '{"error":["EQuery:Unknown asset pair"]}'),
    errorOf(call, '{"error":["EAPI:Rate limit exceeded"],"result":{}}'),
    errorOf(call, '{"error":["EService: Throttled: 1790000000"]}'),
    errorOf(call, '{"error":["WOld:Soon gone"],"result":{"NOPEUSD":[],"last":"1"}}'),
    errorOf(call, '{"error":[],"result":{"last":"1"}}'),
  ]).toEqual([
    ['EQuery', 'Unknown asset pair'],
    ['EAPI', 'Rate limit exceeded'],
    ['EService', 'Throttled: 1790000000'],
    [],
    'FrameError: The result holds no market.',
  ])
})

test('A-01 recorded answers are read', async () => {
  if (!hasSamples()) return
  const sample = (name: string) => sampleLines('kraken', `rest-${name}.json`)[0] ?? ''
  expect((await marketsOf(sample('AssetPairs'))).map(({ key, tickSize, status }) => [key, tickSize, status])).toEqual([
    ['kraken:BTC/USD', '0.1', 'trading'],
    ['kraken:DOGE/USD', '0.0000001', 'trading'],
    ['kraken:ACA/EUR', '0.00001', 'halted'],
  ])
  expect(rest.tickers(['BTC/USDT'])[0]?.decode(sample('Ticker'))).toMatchObject([{ data: { last: '105899.4' } }])
  expect(rest.trades('BTC/USD', 3).decode(sample('Trades')).at(-1)).toEqual({
    market: 'BTC/USD',
    at: 1_790_359_841_138,
    atText: '1790359841.1382287',
    data: { kind: 'trade', id: '109118760', price: '83935.4', size: '0.00551352', side: 'buy' },
  })
  expect(rest.candles('BTC/USD', HOUR, 1_790_400_000_000, 9).decode(sample('OHLC'))).toHaveLength(4)
})
