import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const NOT_FOUND = '{"error":{"name":404,"message":"Code not found"}}'

function answering(bodies: Readonly<Record<string, string>>, asked: string[]) {
  return async <T>(call: RestCall<T>): Promise<T> => {
    asked.push(call.path)
    return call.decode(bodies[call.path.replace(/\?.*/, '')] ?? NOT_FOUND)
  }
}

test('markets have both names, and the warning of the list or else the gravest alert', async () => {
  const asked: string[] = []
  const bodies = {
    '/v1/market/all': fixtureBody('bithumb', 'rest-markets.json'),
    '/v1/market/virtual_asset_warning': fixtureBody('bithumb', 'rest-warnings.json'),
  }
  expect(await rest.markets(answering(bodies, asked))).toEqual([
    {
      key: 'bithumb:BTC/KRW',
      venue: 'bithumb',
      native: 'KRW-BTC',
      base: 'BTC',
      quote: 'KRW',
      names: { ko: '비트코인', en: 'Bitcoin' },
      status: 'trading',
    },
    {
      key: 'bithumb:ZIL/KRW',
      venue: 'bithumb',
      native: 'KRW-ZIL',
      base: 'ZIL',
      quote: 'KRW',
      names: { ko: '질리카', en: 'Zilliqa' },
      status: 'trading',
      warning: 'CAUTION',
    },
    {
      key: 'bithumb:ETH/BTC',
      venue: 'bithumb',
      native: 'BTC-ETH',
      base: 'ETH',
      quote: 'BTC',
      names: { ko: '이더리움', en: 'Ethereum' },
      status: 'trading',
      warning: 'PRICE_DIFFERENCE_HIGH',
    },
    {
      key: 'bithumb:XYZ/KRW',
      venue: 'bithumb',
      native: 'KRW-XYZ',
      base: 'XYZ',
      quote: 'KRW',
      names: {},
      status: 'trading',
    },
  ])
  expect(asked).toEqual(['/v1/market/all?isDetails=true', '/v1/market/virtual_asset_warning'])
})

test('without alerts the list still serves', async () => {
  const bodies = { '/v1/market/all': fixtureBody('bithumb', 'rest-markets.json') }
  expect(await rest.markets(answering(bodies, []))).toHaveLength(4)
})

test('the clock of tickers may be nine hours ahead: that is taken back, a true one is kept, any other is not known', () => {
  const calls = rest.tickers(['KRW-BTC', 'KRW-ETH', 'KRW-XRP', 'KRW-NEW'])
  expect(calls.map(({ path, group, weight }) => ({ path, group, weight }))).toEqual([
    { path: '/v1/ticker?markets=KRW-BTC%2CKRW-ETH%2CKRW-XRP%2CKRW-NEW', group: 'ticker', weight: 1 },
  ])
  expect(calls[0]?.decode(fixtureBody('bithumb', 'rest-tickers.json'))).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_790_000_000_076,
      data: {
        kind: 'ticker',
        last: '100000000',
        volume24h: '1029.2736991',
        quoteVolume24h: '167740032580.71786',
        change: '0.0101',
      },
    },
    { market: 'KRW-ETH', at: 1_790_000_000_076, data: { kind: 'ticker', last: '5050000', change: '-0.01' } },
    { market: 'KRW-XRP', data: { kind: 'ticker', last: '4321' } },
  ])
})

test('a call names a hundred markets at most', () => {
  const markets = Array.from({ length: 493 }, (_, at) => `KRW-C${at}`)
  const calls = rest.tickers(markets)
  expect(calls.flatMap(({ path }) => decodeURIComponent(path).replace('/v1/ticker?markets=', '').split(','))).toEqual(
    markets,
  )
  expect(calls).toHaveLength(5)
  expect(rest.tickers([])).toEqual([])
})

test('A-03 trades come oldest first, and as the very trades of the stream', () => {
  const call = rest.trades('KRW-BTC', 9_999)
  expect(call.path).toBe('/v1/trades/ticks?market=KRW-BTC&count=500')
  const streamed = fixtureBody('bithumb', 'trade.jsonl')
    .split('\n')
    .slice(0, 2)
    .flatMap((frame) => decode(frame.replace('SNAPSHOT', 'REALTIME')))
    // The number is the stream's alone.
    .map((message) => ({ ...message, serial: undefined }))
  expect(call.decode(fixtureBody('bithumb', 'rest-trades.json'))).toEqual(streamed)
})

test('`to` is written in Korean time, candles open at their UTC time', () => {
  const to = Date.UTC(2026, 8, 21, 20, 14)
  const call = rest.candles('KRW-BTC', MINUTE, to, 1_000)
  expect(decodeURIComponent(call.path)).toBe('/v1/candles/minutes/1?market=KRW-BTC&to=2026-09-22T05:14:00&count=200')
  expect(decodeURIComponent(rest.candles('KRW-BTC', MINUTE, to + 1, 5).path)).toContain(
    'to=2026-09-22T05:14:01&count=5',
  )
  expect(call.decode(fixtureBody('bithumb', 'rest-candles.json'))).toEqual([
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

test('days begin at 15:00 UTC here, so those of UTC are put together from hours', () => {
  const call = rest.candles('KRW-BTC', DAY, Date.UTC(2026, 8, 22), 5)
  expect(call.path).toMatch(/^\/v1\/candles\/minutes\/60\?.*&count=120$/)
  expect(rest.candles('KRW-BTC', 4 * HOUR, Date.UTC(2026, 8, 22), 500).path).toMatch(/minutes\/60\?.*&count=200$/)
  expect(call.decode(fixtureBody('bithumb', 'rest-candles.json'))).toEqual([
    {
      openAt: Date.UTC(2026, 8, 21),
      open: '91157000',
      high: '91160000',
      low: '91133000',
      close: '91150000',
      volume: '0.80143398',
      quoteVolume: '73047156.82892',
    },
  ])
  expect(rest.intervals).toEqual([1, 3, 5, 10, 15, 30, 60, 240, 1_440].map((minutes) => minutes * MINUTE))
})

test('a book is whole and in milliseconds, and an empty list of books is refused', () => {
  const call = rest.book('KRW-BTC')
  expect(call.decode(fixtureBody('bithumb', 'rest-book.json'))).toEqual({
    market: 'KRW-BTC',
    at: 1_790_000_000_762,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['148490000', '0.0429'],
        ['148480000', '0.0033'],
      ],
      asks: [['148520000', '0.0134']],
    },
  })
  expect(() => call.decode('[]')).toThrow(FrameError)
})

test('an error comes with status 200: one unknown code refuses the whole call', () => {
  const [tickers] = rest.tickers(['KRW-BTC', 'KRW-NOPE'])
  expect(() => tickers?.decode(NOT_FOUND)).toThrow(new VenueError('404', 'Code not found'))
  expect(() => rest.book('KRW-NOPE').decode(NOT_FOUND)).toThrow(new VenueError('404', 'Code not found'))
  expect(() => rest.book('KRW-BTC').decode('{"name":"not_found","message":"No Route matched"}')).toThrow(FrameError)
  expect(() => rest.book('KRW-BTC').decode('<html>blocked</html>')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', () => {
  if (!hasSamples()) return
  const sample = (file: string) => sampleLines('bithumb', file)[0] ?? ''
  expect(rest.tickers(['KRW-BTC'])[0]?.decode(sample('rest-ticker.json'))).toEqual([
    {
      market: 'KRW-BTC',
      at: Date.UTC(2026, 6, 30, 7, 48, 30, 156),
      data: {
        kind: 'ticker',
        last: '91171000',
        volume24h: '294.0810771',
        quoteVolume24h: '27001571740.8207',
        change: '-0.0106',
      },
    },
  ])
  expect(
    rest
      .trades('KRW-ETC', 3)
      .decode(sample('rest-trades.json'))
      .map(({ at }) => at),
  ).toEqual([1_785_397_204_627, 1_785_397_554_763, 1_785_397_661_964])
  expect(rest.candles('KRW-BTC', MINUTE, 1_790_000_000_000, 1).decode(sample('rest-candles-minutes.json'))).toEqual([
    {
      openAt: Date.UTC(2026, 6, 30, 7, 48),
      open: '91226000',
      high: '91233000',
      low: '91171000',
      close: '91171000',
      volume: '0.07725993',
      quoteVolume: '7044404.52985',
    },
  ])
  expect(rest.book('KRW-BTC').decode(sample('rest-orderbook.json'))).toMatchObject({
    at: 1_785_397_720_965,
    data: { bids: { length: 29 }, asks: { length: 29 } },
  })
  expect(() => rest.book('KRW-NOPE').decode(sample('rest-error.json'))).toThrow(VenueError)
})
