import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import { VenueError } from '../exchange.ts'
import { fixtureBody } from '../testing/frames.ts'
import { rest } from './rest.ts'

const EXCHANGE = 'https://api.exchange.coinbase.com'
const ADVANCED = 'https://api.coinbase.com'

const body = (name: string) => fixtureBody('coinbase', `rest-${name}.json`)

test('markets are the Exchange’s products without the delisted ones, which it keeps', async () => {
  const coin = { venue: 'coinbase', names: {}, sizeStep: '0.00000001', status: 'trading' }
  expect(await rest.markets((call) => Promise.resolve(call.decode(body('products'))))).toEqual([
    { ...coin, key: 'coinbase:BTC/USD', native: 'BTC-USD', base: 'BTC', quote: 'USD', tickSize: '0.01' },
    {
      ...coin,
      key: 'coinbase:ETH/BTC',
      native: 'ETH-BTC',
      base: 'ETH',
      quote: 'BTC',
      tickSize: '0.00001',
      warning: 'post_only',
    },
    {
      ...coin,
      key: 'coinbase:OFF/USD',
      native: 'OFF-USD',
      base: 'OFF',
      quote: 'USD',
      tickSize: '0.0001',
      sizeStep: '0.1',
      status: 'halted',
      warning: 'cancel_only',
    },
    {
      ...coin,
      key: 'coinbase:DIS/USD',
      native: 'DIS-USD',
      base: 'DIS',
      quote: 'USD',
      tickSize: '0.0001',
      sizeStep: '1',
      status: 'halted',
    },
  ])
})

test('the Exchange has no call for all tickers: another host’s is asked, and only what is listed here is taken', () => {
  const [call] = rest.tickers(['BTC-USD', 'NEW-USD', 'ETH-USD'])
  expect([call?.host, call?.path, call?.group]).toEqual([
    ADVANCED,
    '/api/v3/brokerage/market/products?product_type=SPOT',
    'advanced',
  ])
  expect(call?.decode(fixtureBody('coinbase/advanced', 'rest-products.json'))).toEqual([
    {
      market: 'BTC-USD',
      data: { kind: 'ticker', last: '70000.1', volume24h: '11005.02587005', change: '-0.0028560028286595' },
    },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('trades come newest first and with the maker’s side, and leave oldest first with the taker’s', () => {
  const call = rest.trades('BTC-USD', 5_000)
  expect([call.host, call.path, call.decode(body('trades'))]).toEqual([
    EXCHANGE,
    '/products/BTC-USD/trades?limit=1000',
    [
      {
        market: 'BTC-USD',
        at: 1_789_999_999_000,
        atText: '2026-09-21T14:13:19.000001Z',
        data: { kind: 'trade', id: '1000000001', price: '70000', size: '0.5', side: 'buy' },
      },
      {
        market: 'BTC-USD',
        at: 1_790_000_000_742,
        atText: '2026-09-21T14:13:20.742999Z',
        data: { kind: 'trade', id: '1000000002', price: '70000.1', size: '0.00000009', side: 'sell' },
      },
    ],
  ])
})

test('candles are [time, low, high, open, close, volume], newest first, and 300 at most', () => {
  const to = 1_790_000_040_000
  const call = rest.candles('BTC-USD', MINUTE, to, 2)
  expect([call.path, call.decode(body('candles'))]).toEqual([
    '/products/BTC-USD/candles?granularity=60&start=2026-09-21T14%3A12%3A00.000Z&end=2026-09-21T14%3A13%3A59.000Z',
    [
      { openAt: 1_789_999_920_000, open: '69990', high: '70000', low: '69980', close: '70000', volume: '0.000051' },
      { openAt: 1_789_999_980_000, open: '70000', high: '70010', low: '69990.5', close: '70005.1', volume: '12.3' },
    ],
  ])
  const { searchParams } = new URL(rest.candles('BTC-USD', MINUTE, to, 900).path, EXCHANGE)
  const [start, end] = ['start', 'end'].map((name) => Date.parse(searchParams.get(name) ?? ''))
  expect(((end ?? 0) - (start ?? 0)) / MINUTE).toBeLessThan(300)
  expect(() => rest.candles('BTC-USD', SECOND, to, 1)).toThrow('Coinbase has no candles of 1000 ms.')
})

test('a book comes from Advanced Trade, to a depth; the Exchange gives one level or all of them', () => {
  const call = rest.book('BTC-USD')
  expect([call.host, call.path]).toEqual([
    ADVANCED,
    '/api/v3/brokerage/market/product_book?product_id=BTC-USD&limit=100',
  ])
})

test('an error has a message, or a code and details', () => {
  const errors = [
    '{"message":"NotFound"}',
    '{"error":"INVALID_ARGUMENT","error_details":"no such product","message":""}',
  ].map((text) => {
    try {
      return rest.trades('NOPE-USD', 1).decode(text)
    } catch (error) {
      return error instanceof VenueError ? [error.code, error.message] : error
    }
  })
  expect(errors).toEqual([
    ['error', 'NotFound'],
    ['INVALID_ARGUMENT', 'no such product'],
  ])
})
