import { expect, test } from 'vitest'
import { MINUTE } from '../../../../shared/market.ts'
import { fixtureBody, hasSamples, sampleLines } from '../../testing/frames.ts'
import { rest } from './rest.ts'

const body = (name: string) => fixtureBody('coinbase/advanced', `rest-${name}.json`)

test('an alias of another product is no market of its own', async () => {
  expect(await rest.markets((call) => Promise.resolve(call.decode(body('products'))))).toEqual([
    {
      key: 'coinbase:BTC/USD',
      venue: 'coinbase',
      native: 'BTC-USD',
      base: 'BTC',
      quote: 'USD',
      names: { en: 'Bitcoin' },
      tickSize: '0.01',
      sizeStep: '0.00000001',
      status: 'trading',
    },
    {
      key: 'coinbase:USDT/USDC',
      venue: 'coinbase',
      native: 'USDT-USDC',
      base: 'USDT',
      quote: 'USDC',
      names: { en: 'Tether' },
      tickSize: '0.0001',
      sizeStep: '0.01',
      status: 'trading',
      warning: 'limit_only',
    },
    {
      key: 'coinbase:NEW/USD',
      venue: 'coinbase',
      native: 'NEW-USD',
      base: 'NEW',
      quote: 'USD',
      names: { en: 'New' },
      tickSize: '0.01',
      sizeStep: '0.1',
      status: 'halted',
    },
  ])
})

test('tickers leave out what has no price, and empty texts are absent', () => {
  const [call] = rest.tickers(['USDT-USDC', 'NEW-USD'])
  expect(call?.decode(body('products'))).toEqual([
    { market: 'USDT-USDC', data: { kind: 'ticker', last: '1.0002', bid: '1.0001', ask: '1.0002' } },
  ])
})

test('trades come newest first and with the maker’s side, and leave oldest first with the taker’s', () => {
  const call = rest.trades('BTC-USD', 100)
  expect([call.path, call.decode(body('ticker')).map(({ data }) => [data.id, data.side])]).toEqual([
    '/api/v3/brokerage/market/products/BTC-USD/ticker?limit=100',
    [
      ['1000000001', 'buy'],
      ['1000000002', 'sell'],
    ],
  ])
})

test('candles are asked for in seconds, 350 at most, and turned round', () => {
  const call = rest.candles('BTC-USD', MINUTE, 1_790_000_040_000, 2)
  expect([call.path, call.decode(body('candles'))]).toEqual([
    '/api/v3/brokerage/market/products/BTC-USD/candles?start=1789999920&end=1790000039&granularity=ONE_MINUTE&limit=2',
    [
      { openAt: 1_789_999_920_000, open: '69990', high: '70000', low: '69980', close: '70000', volume: '0.5' },
      { openAt: 1_789_999_980_000, open: '70000', high: '70010', low: '69990.5', close: '70005.1', volume: '12.3' },
    ],
  ])
  expect(rest.candles('BTC-USD', MINUTE, 1_790_000_040_000, 900).path).toContain('&limit=350')
  expect(() => rest.candles('BTC-USD', 7, 1_790_000_040_000, 1)).toThrow('Coinbase has no candles of 7 ms.')
})

test('a book has a time and a depth', () => {
  expect(rest.book('BTC-USD').decode(body('book'))).toEqual({
    market: 'BTC-USD',
    at: 1_790_000_000_742,
    atText: '2026-09-21T14:13:20.742999Z',
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['70000.1', '0.5'],
        ['70000', '1'],
      ],
      asks: [['70000.2', '0.25']],
    },
  })
})

test('A-01 recorded answers are read', async () => {
  if (!hasSamples()) return
  const sample = (name: string) => sampleLines('coinbase-advanced', `rest-${name}.json`)[0] ?? ''
  const products = `{"products":[${sample('product')}]}`
  expect(await rest.markets((call) => Promise.resolve(call.decode(products)))).toMatchObject([
    { key: 'coinbase:BTC/USD', names: { en: 'Bitcoin' }, tickSize: '0.01' },
  ])
  expect(rest.tickers(['BTC-USD'])[0]?.decode(products)).toEqual([
    {
      market: 'BTC-USD',
      data: { kind: 'ticker', last: '68923.67', volume24h: '11005.02587005', change: '-0.0028560028286595' },
    },
  ])
  expect(
    rest
      .trades('BTC-USD', 3)
      .decode(sample('ticker'))
      .map(({ data }) => [data.id, data.side]),
  ).toEqual([
    ['995098661', 'sell'],
    ['995098662', 'buy'],
    ['995098663', 'buy'],
  ])
  expect(rest.candles('BTC-USD', MINUTE, 0, 3).decode(sample('candles'))).toHaveLength(2)
  expect(rest.book('BTC-USD').decode(sample('product_book')).data.asks).toHaveLength(5)
})
