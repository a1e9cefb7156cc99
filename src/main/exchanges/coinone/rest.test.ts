import { expect, test } from 'vitest'
import { DAY, MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

const UNKNOWN = '{"result":"error","error_code":"108","error_msg":"Unknown CryptoCurrency"}'
const BLOCKED = '{"result":"error","error_code":"4","error_msg":"Blocked user access"}'
const PAGE = '<!DOCTYPE html><html></html>'

function answering(bodies: Readonly<Record<string, string>>, asked: string[] = []) {
  return async <T>(call: RestCall<T>): Promise<T> => {
    asked.push(call.path)
    return call.decode(bodies[call.path.replace(/\?.*/, '')] ?? UNKNOWN)
  }
}

test('markets have steps, states, and the one name that the venue gives, in its language', async () => {
  const asked: string[] = []
  const bodies = {
    '/public/v2/markets/KRW': fixtureBody('coinone', 'rest-markets.json'),
    '/public/v2/currencies': fixtureBody('coinone', 'rest-currencies.json'),
  }
  const common = { venue: 'coinone', quote: 'KRW' }
  expect(await rest.markets(answering(bodies, asked))).toEqual([
    {
      ...common,
      key: 'coinone:BTC/KRW',
      native: 'KRW/BTC',
      base: 'BTC',
      names: { en: 'Bitcoin' },
      tickSize: '10000',
      sizeStep: '0.00000001',
      status: 'trading',
    },
    {
      ...common,
      key: 'coinone:TNSR/KRW',
      native: 'KRW/TNSR',
      base: 'TNSR',
      names: { ko: '텐서' },
      tickSize: '0.01',
      sizeStep: '0.00000001',
      status: 'trading',
    },
    { ...common, key: 'coinone:OLD/KRW', native: 'KRW/OLD', base: 'OLD', names: {}, status: 'halted' },
    { ...common, key: 'coinone:FIX/KRW', native: 'KRW/FIX', base: 'FIX', names: {}, status: 'halted' },
  ])
  expect(asked).toEqual(['/public/v2/markets/KRW', '/public/v2/currencies'])
})

test('without names the list still serves', async () => {
  const bodies = { '/public/v2/markets/KRW': fixtureBody('coinone', 'rest-markets.json') }
  expect((await rest.markets(answering(bodies))).map(({ names }) => names)).toEqual([{}, {}, {}, {}])
})

test('one call gives all tickers, whose symbols come in lower case', () => {
  const calls = rest.tickers(['KRW/BTC', 'KRW/TNSR', 'odd'])
  expect(calls.map(({ path }) => path)).toEqual(['/public/v2/ticker_new/KRW?additional_data=true'])
  expect(calls[0]?.decode(fixtureBody('coinone', 'rest-tickers.json'))).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_790_000_000_484,
      data: { kind: 'ticker', last: '100380000', bid: '100370000', ask: '100400000', change: '0.00742674' },
    },
    { market: 'KRW/TNSR', at: 1_790_000_000_484, data: { kind: 'ticker', last: '49.5' } },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('trades come oldest first, and only in counts that the venue has', () => {
  expect([1, 10, 11, 120, 999].map((limit) => rest.trades('KRW/BTC', limit).path)).toEqual(
    [10, 10, 50, 150, 200].map((size) => `/public/v2/trades/KRW/BTC?size=${size}`),
  )
  const body = fixtureBody('coinone', 'rest-trades.json')
  const trades = [
    {
      market: 'KRW/BTC',
      at: 1_790_000_000_377,
      data: { kind: 'trade', id: '1790000000377001', price: '100000000', size: '0.00009372', side: 'sell' },
    },
    {
      market: 'KRW/BTC',
      at: 1_790_000_000_377,
      data: { kind: 'trade', id: '1790000000377002', price: '100010000', size: '0.5', side: 'buy' },
    },
  ]
  expect(rest.trades('KRW/BTC', 10).decode(body)).toEqual(trades)
  expect(rest.trades('KRW/BTC', 1).decode(body)).toEqual(trades.slice(1))
})

test('candles end before `to`, oldest first, and days are put together from hours', () => {
  const to = 1_790_000_100_000
  const call = rest.candles('KRW/BTC', MINUTE, to, 1_000)
  expect(call.path).toBe('/public/v2/chart/KRW/BTC?interval=1m&timestamp=1790000099999&size=500')
  const body = fixtureBody('coinone', 'rest-candles.json')
  expect(call.decode(body)).toEqual([
    {
      openAt: 1_789_999_980_000,
      open: '99980000',
      high: '100000000',
      low: '99980000',
      close: '100000000',
      volume: '0.25',
      quoteVolume: '24998000.5',
    },
    {
      openAt: 1_790_000_040_000,
      open: '100000000',
      high: '100020000',
      low: '99990000',
      close: '100010000',
      volume: '1.5',
      quoteVolume: '150010000',
    },
  ])
  expect(rest.candles('KRW/BTC', MINUTE, 1_790_000_040_000, 2).decode(body)).toHaveLength(1)
  const days = rest.candles('KRW/BTC', DAY, to, 5)
  expect(days.path).toContain('interval=1h&timestamp=1790000099999&size=120')
  expect(days.decode(body)).toMatchObject([{ openAt: Date.UTC(2026, 8, 21), open: '99980000', volume: '1.75' }])
  expect(() => rest.candles('KRW/BTC', 7 * MINUTE, to, 2)).toThrow(RangeError)
})

test('a book comes best first on both sides over REST', () => {
  const call = rest.book('KRW/BTC')
  expect(call.path).toBe('/public/v2/orderbook/KRW/BTC?size=16')
  expect(call.decode(fixtureBody('coinone', 'rest-book.json'))).toEqual({
    market: 'KRW/BTC',
    at: 1_790_000_000_673,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['100450000', '0.0118'],
        ['100440000', '0.04695328'],
      ],
      asks: [
        ['100460000', '0.0232'],
        ['100470000', '0.00171821'],
      ],
      sequence: { last: '1790000000673001' },
    },
  })
})

test('every answer has status 200: errors are told by their body, and a wrong path by being a page', () => {
  expect(() => rest.book('KRW/NOPE').decode(UNKNOWN)).toThrow(new VenueError('108', 'Unknown CryptoCurrency'))
  expect(() => rest.tickers(['KRW/BTC'])[0]?.decode(BLOCKED)).toThrow(new VenueError('4', 'Blocked user access'))
  expect(() => rest.book('KRW/BTC').decode(PAGE)).toThrow(FrameError)
  expect(rest.book('KRW/B?C').path).toBe('/public/v2/orderbook/KRW/B%3FC?size=16')
})

test('A-01 recorded REST bodies decode to their exact values', () => {
  if (!hasSamples()) return
  const sample = (file: string) => sampleLines('coinone', file)[0] ?? ''
  expect(rest.tickers(['KRW/BTC'])[0]?.decode(sample('rest-ticker.json'))).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_701_073_357_818,
      data: { kind: 'ticker', last: '50062000', bid: '50062000', ask: '50081000' },
    },
  ])
  expect(rest.trades('KRW/BTC', 10).decode(sample('rest-trades.json'))).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_701_075_265_708,
      data: { kind: 'trade', id: '1701075265708001', price: '50020000', size: '0.00155177', side: 'sell' },
    },
  ])
  expect(rest.book('KRW/BTC').decode(sample('rest-orderbook.json'))).toMatchObject({
    at: 1_701_071_108_673,
    data: { bids: [['50048000', '0.01080229']], asks: [['50058000', '0.00272592']] },
  })
  expect(
    rest.candles('KRW/XRP', MINUTE, 1_790_000_000_000, 1).decode(sample('constructed-rest-chart.json')),
  ).toMatchObject([{ openAt: 1_693_560_360_000, volume: '80021677.1681579' }])
  expect(() => rest.book('KRW/BTC').decode(sample('rest-error.json'))).toThrow(VenueError)
})
