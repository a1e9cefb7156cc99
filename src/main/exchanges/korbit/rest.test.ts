import { expect, test } from 'vitest'
import { DAY, MINUTE } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const INVALID = '{"success":false,"error":{"code":400,"message":"INVALID_CURRENCY_PAIR"}}'

function answering(bodies: Readonly<Record<string, string>>, asked: string[] = []) {
  return async <T>(call: RestCall<T>): Promise<T> => {
    asked.push(call.path)
    return call.decode(bodies[call.path.replace(/\?.*/, '')] ?? INVALID)
  }
}

test('markets have English names, the step that holds at the last price, and their state', async () => {
  const asked: string[] = []
  const bodies = {
    '/v2/currencyPairs': fixtureBody('korbit', 'rest-pairs.json'),
    '/v2/currencies': fixtureBody('korbit', 'rest-currencies.json'),
    '/v2/tickers': fixtureBody('korbit', 'rest-tickers.json'),
    '/v2/tickSizePolicy': fixtureBody('korbit', 'rest-steps.json'),
  }
  const common = { venue: 'korbit', quote: 'KRW' }
  expect(await rest.markets(answering(bodies, asked))).toEqual([
    {
      ...common,
      key: 'korbit:BTC/KRW',
      native: 'btc_krw',
      base: 'BTC',
      names: { en: 'Bitcoin' },
      status: 'trading',
      tickSize: '1000',
    },
    {
      ...common,
      key: 'korbit:XRP/KRW',
      native: 'xrp_krw',
      base: 'XRP',
      names: { en: 'XRP' },
      status: 'trading',
      tickSize: '1',
    },
    { ...common, key: 'korbit:KLAY/KRW', native: 'klay_krw', base: 'KLAY', names: {}, status: 'halted' },
  ])
  expect(asked).toEqual([
    '/v2/currencyPairs',
    '/v2/currencies',
    '/v2/tickers',
    '/v2/tickSizePolicy?symbol=btc_krw%2Cxrp_krw',
  ])
})

test('the list serves without names, prices or steps', async () => {
  const bodies = { '/v2/currencyPairs': fixtureBody('korbit', 'rest-pairs.json') }
  const found = await rest.markets(answering(bodies))
  expect(found.map(({ names, tickSize }) => ({ names, tickSize }))).toEqual(
    found.map(() => ({ names: {}, tickSize: undefined })),
  )
})

test('tickers are of the last 24 hours, and have no time, for the one they come with is of the last trade', () => {
  const [call] = rest.tickers(['btc_krw', 'xrp_krw'])
  expect(call?.path).toBe('/v2/tickers?symbol=btc_krw%2Cxrp_krw')
  expect(call?.decode(fixtureBody('korbit', 'rest-tickers.json'))).toEqual([
    {
      market: 'btc_krw',
      data: {
        kind: 'ticker',
        last: '100463000',
        bid: '100426000',
        ask: '100477000',
        open24h: '99370000',
        high24h: '100765000',
        low24h: '98412000',
        volume24h: '39.25266763',
        quoteVolume24h: '3949864965.49708',
        change: '0.0101',
      },
    },
    {
      market: 'xrp_krw',
      data: {
        kind: 'ticker',
        last: '4321',
        open24h: '4300',
        high24h: '4330',
        low24h: '4290',
        volume24h: '1000.5',
        quoteVolume24h: '4320000',
        change: '0.0049',
      },
    },
  ])
  const many = Array.from({ length: 193 }, (_, at) => `c${at}_krw`)
  expect(rest.tickers(many).map(({ path }) => path)).toEqual(['/v2/tickers'])
  expect(rest.tickers([])).toEqual([])
})

test('A-03 trades come oldest first, and as the very trades of the stream', () => {
  const call = rest.trades('btc_krw', 9_999)
  expect(call.path).toBe('/v2/trades?symbol=btc_krw&limit=500')
  const streamed = fixtureLines('korbit', 'trade.jsonl')
    .filter((frame) => frame.includes('btc_krw'))
    .toReversed()
    .flatMap((frame) => decode(frame.replace('"snapshot":true,', '')))
  expect(call.decode(fixtureBody('korbit', 'rest-trades.json'))).toEqual(streamed)
})

test('trades without ids, as an old example has them, are refused: nobody could tell them from those of the stream', () => {
  const body = '{"success":true,"data":[{"timestamp":1708057271149,"price":"1","qty":"1","isBuyerTaker":false}]}'
  expect(() => rest.trades('btc_krw', 1).decode(body)).toThrow(new FrameError('missing-field', '"tradeId" is missing.'))
})

test('candles end before `to`, and days are put together from hours', () => {
  const to = 1_790_000_100_000
  const call = rest.candles('btc_krw', MINUTE, to, 1_000)
  expect(call.path).toBe('/v2/candles?symbol=btc_krw&interval=1&end=1790000099999&limit=200')
  const body = fixtureBody('korbit', 'rest-candles.json')
  expect(call.decode(body)).toEqual([
    {
      openAt: 1_789_999_980_000,
      open: '99980000',
      high: '100000000',
      low: '99980000',
      close: '100000000',
      volume: '0.25',
    },
    {
      openAt: 1_790_000_040_000,
      open: '100000000',
      high: '100020000',
      low: '99990000',
      close: '100010000',
      volume: '1.932320026577213946',
    },
  ])
  expect(rest.candles('btc_krw', MINUTE, 1_790_000_040_000, 2).decode(body)).toHaveLength(1)
  const days = rest.candles('btc_krw', DAY, to, 5)
  expect(days.path).toContain('interval=60&end=1790000099999&limit=120')
  expect(days.decode(body)).toMatchObject([{ openAt: Date.UTC(2026, 8, 21), volume: '2.182320026577213946' }])
  expect(() => rest.candles('btc_krw', 7 * MINUTE, to, 2)).toThrow(RangeError)
})

test('a book is of the market that was asked for', () => {
  const call = rest.book('btc_krw')
  expect(call.path).toBe('/v2/orderbook?symbol=btc_krw')
  expect(call.decode(fixtureBody('korbit', 'rest-book.json'))).toEqual({
    market: 'btc_krw',
    at: 1_790_000_000_563,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['100455000', '0.00499'],
        ['100453000', '0.01919775'],
      ],
      asks: [
        ['100506000', '0.27522'],
        ['100538000', '0.00665633'],
      ],
    },
  })
  expect(() => call.decode(INVALID)).toThrow(new VenueError('400', 'INVALID_CURRENCY_PAIR'))
  expect(() => call.decode('{"success":true}')).toThrow(FrameError)
  expect(() => call.decode('<html>blocked</html>')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', () => {
  if (!hasSamples()) return
  const sample = (file: string) => sampleLines('korbit', file)[0] ?? ''
  expect(rest.tickers(['btc_krw'])[0]?.decode(sample('docs-rest-tickers.json'))).toMatchObject([
    { market: 'btc_krw', data: { last: '77136000', bid: '77136000', ask: '77193000', change: '0.001' } },
  ])
  const candles = rest.candles('btc_krw', 60 * MINUTE, 1_790_000_000_000, 2).decode(sample('docs-rest-candles.json'))
  expect(candles.map(({ openAt, high }) => [openAt, high])).toEqual([
    [1_708_041_600_000, '9999990000'],
    [1_708_045_200_000, '74605000'],
  ])
  expect(() => rest.trades('btc_krw', 2).decode(sample('docs-rest-trades.json'))).toThrow(FrameError)
  expect(() => rest.book('btc_krw').decode(sample('rest-error.json'))).toThrow(VenueError)
})
