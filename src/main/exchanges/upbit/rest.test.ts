import { expect, test } from 'vitest'
import { MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

const NOT_FOUND = '{"error":{"name":404,"message":"Code not found"}}'

function answering(bodies: Readonly<Record<string, string>>, asked: string[]) {
  return async <T>(call: RestCall<T>): Promise<T> => {
    asked.push(call.path)
    return call.decode(bodies[call.path.replace(/\?.*/, '')] ?? NOT_FOUND)
  }
}

test('markets have both names, a price step, and the gravest warning', async () => {
  const asked: string[] = []
  const markets = fixtureBody('upbit', 'rest-markets.json')
  const instruments = fixtureBody('upbit', 'rest-instruments.json')
  expect(
    await rest.markets(answering({ '/v1/market/all': markets, '/v1/orderbook/instruments': instruments }, asked)),
  ).toEqual([
    {
      key: 'upbit:BTC/KRW',
      venue: 'upbit',
      native: 'KRW-BTC',
      base: 'BTC',
      quote: 'KRW',
      names: { ko: '비트코인', en: 'Bitcoin' },
      status: 'trading',
      tickSize: '1000',
    },
    {
      key: 'upbit:ZIL/KRW',
      venue: 'upbit',
      native: 'KRW-ZIL',
      base: 'ZIL',
      quote: 'KRW',
      names: { ko: '질리카', en: 'Zilliqa' },
      status: 'trading',
      warning: 'WARNING',
      tickSize: '0.01',
    },
    {
      key: 'upbit:SIGN/BTC',
      venue: 'upbit',
      native: 'BTC-SIGN',
      base: 'SIGN',
      quote: 'BTC',
      names: { ko: '사인', en: 'Sign' },
      status: 'trading',
      warning: 'GLOBAL_PRICE_DIFFERENCES',
      tickSize: '0.00000001',
    },
    {
      key: 'upbit:XYZ/USDT',
      venue: 'upbit',
      native: 'USDT-XYZ',
      base: 'XYZ',
      quote: 'USDT',
      names: {},
      status: 'trading',
    },
  ])
  expect(asked).toEqual([
    '/v1/market/all?is_details=true',
    '/v1/orderbook/instruments?markets=KRW-BTC%2CKRW-ZIL%2CBTC-SIGN%2CUSDT-XYZ',
  ])
})

test('price steps are asked for a hundred markets at a time, and their refusal leaves the list standing', async () => {
  const asked: string[] = []
  const rows = Array.from({ length: 201 }, (_, at) => `{"market":"KRW-C${at}"}`)
  const found = await rest.markets(answering({ '/v1/market/all': `[${rows.join(',')}]` }, asked))
  expect(found).toHaveLength(201)
  expect(asked).toHaveLength(4)
})

test('one call gives the tickers of all markets of the quote currencies, without those that never traded', () => {
  const calls = rest.tickers(['KRW-BTC', 'KRW-ETH', 'BTC-ETH', 'odd'])
  expect(calls.map(({ path, group, weight }) => ({ path, group, weight }))).toEqual([
    { path: '/v1/ticker/all?quote_currencies=KRW%2CBTC', group: 'ticker', weight: 1 },
  ])
  expect(calls[0]?.decode(fixtureBody('upbit', 'rest-tickers.json'))).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_790_000_000_113,
      data: {
        kind: 'ticker',
        last: '100000000',
        volume24h: '1029.2736991',
        quoteVolume24h: '167740032580.71786',
        change: '0.0101010101',
      },
    },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('trades come oldest first', () => {
  const call = rest.trades('KRW-BTC', 9_999)
  expect(call.path).toBe('/v1/trades/ticks?market=KRW-BTC&count=500')
  const [oldest] = call.decode(fixtureBody('upbit', 'rest-trades.json'))
  expect(rest.trades('KRW-BTC', 100, oldest).path).toBe(
    '/v1/trades/ticks?market=KRW-BTC&count=100&cursor=17900000006520000',
  )
  expect(call.decode(fixtureBody('upbit', 'rest-trades.json'))).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_790_000_000_652,
      data: { kind: 'trade', id: '17900000006520000', price: '91100000', size: '0.00005485', side: 'sell' },
    },
    {
      market: 'KRW-BTC',
      at: 1_790_000_000_660,
      data: { kind: 'trade', id: '17900000006600000', price: '91200000', size: '0.00010971', side: 'buy' },
    },
  ])
})

test('candles end before `to`, oldest first, and open at their UTC time', () => {
  const to = Date.UTC(2026, 8, 21, 14, 14)
  expect(rest.candles('KRW-BTC', MINUTE, to, 1_000).path).toBe(
    '/v1/candles/minutes/1?market=KRW-BTC&to=2026-09-21T14%3A14%3A00Z&count=200',
  )
  expect(rest.candles('KRW-BTC', MINUTE, to + 1, 5).path).toContain('to=2026-09-21T14%3A14%3A01Z&count=5')
  expect(rest.candles('KRW-BTC', MINUTE, to, 2).decode(fixtureBody('upbit', 'rest-candles.json'))).toEqual([
    {
      openAt: Date.UTC(2026, 8, 21, 14, 11),
      open: '91157000',
      high: '91157000',
      low: '91157000',
      close: '91157000',
      volume: '0.00098728',
      quoteVolume: '89997.48296',
    },
    {
      openAt: Date.UTC(2026, 8, 21, 14, 13),
      open: '91157000',
      high: '91160000',
      low: '91133000',
      close: '91150000',
      volume: '0.8004467',
      quoteVolume: '72957159.34596',
    },
  ])
  expect(() => rest.candles('KRW-BTC', 7 * MINUTE, to, 2)).toThrow(RangeError)
})

test('every interval that is offered has its path', () => {
  const paths = rest.intervals.map((interval) =>
    rest.candles('KRW-BTC', interval, 1_790_000_000_000, 1).path.replace(/\?.*/, ''),
  )
  expect(paths).toEqual(
    [
      'seconds',
      'minutes/1',
      'minutes/3',
      'minutes/5',
      'minutes/10',
      'minutes/15',
      'minutes/30',
      'minutes/60',
      'minutes/240',
      'days',
    ].map((kind) => `/v1/candles/${kind}`),
  )
})

test('a book is whole, and an empty list of books is refused', () => {
  const call = rest.book('KRW-BTC')
  expect(call.decode(fixtureBody('upbit', 'rest-book.json'))).toEqual({
    market: 'KRW-BTC',
    at: 1_790_000_000_762,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['148490000', '0.04296774'],
        ['148480000', '0.00336561'],
      ],
      asks: [
        ['148520000', '0.0134662'],
        ['148590000', '0.00075646'],
      ],
    },
  })
  expect(() => call.decode('[]')).toThrow(FrameError)
})

test("Upbit's own error is told from a broken body", () => {
  const call = rest.book('KRW-NONE')
  expect(() => call.decode(NOT_FOUND)).toThrow(new VenueError('404', 'Code not found'))
  expect(() => call.decode('<html>blocked</html>')).toThrow(FrameError)
  expect(() => call.decode('{"unexpected":1}')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', () => {
  if (!hasSamples()) return
  const [trades = ''] = sampleLines('upbit', 'rest-trades-2025.json')
  const [days = ''] = sampleLines('upbit', 'rest-candles-days.json')
  const [book = ''] = sampleLines('upbit', 'rest-orderbook.json')
  expect(rest.trades('KRW-BTC', 1).decode(trades)).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_751_068_799_336,
      data: { kind: 'trade', id: '17510687993360000', price: '147058000', size: '0.00006043', side: 'buy' },
    },
  ])
  expect(rest.candles('KRW-BTC', 86_400_000, 1_790_000_000_000, 2).decode(days)[1]).toEqual({
    openAt: Date.UTC(2025, 6, 29),
    open: '162483000',
    high: '163800000',
    low: '162034000',
    close: '163158000',
    volume: '1487.53432374',
    quoteVolume: '242634976840.02426',
  })
  expect(rest.book('KRW-BTC').decode(book)).toMatchObject({
    at: 1_751_606_867_762,
    data: { bids: { length: 30 }, asks: { length: 30 } },
  })
})
