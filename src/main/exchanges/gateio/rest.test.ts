import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

async function get<T>(call: RestCall<T>): Promise<T> {
  expect(call).toMatchObject({ path: '/api/v4/spot/currency_pairs', group: 'currency_pairs', weight: 1 })
  return call.decode(fixtureBody('gateio', 'rest-currency-pairs.json'))
}

test('markets have English names, steps out of counts of decimals, a status and a warning', async () => {
  const market = (base: string) => ({
    key: `gateio:${base}/USDT`,
    venue: 'gateio',
    native: `${base}_USDT`,
    base,
    quote: 'USDT',
  })
  expect(await rest.markets(get)).toEqual([
    { ...market('BTC'), names: { en: 'Bitcoin' }, tickSize: '0.1', sizeStep: '0.000001', status: 'trading' },
    { ...market('OLD'), names: {}, tickSize: '0.000001', sizeStep: '1', status: 'halted', warning: 'ST' },
    { ...market('END'), names: { en: 'The End' }, tickSize: '1', sizeStep: '0.01', status: 'delisting' },
    { ...market('STOCKON'), names: { en: 'Stock' }, tickSize: '0.0001', sizeStep: '0.01', status: 'halted' },
  ])
})

test('one call gives the tickers of all markets, which carry no time', () => {
  const calls = rest.tickers(['BTC_USDT'])
  expect(calls.map(({ path, group }) => [path, group])).toEqual([['/api/v4/spot/tickers', 'tickers']])
  expect(calls[0]?.decode(fixtureBody('gateio', 'rest-tickers.json'))).toEqual([
    {
      market: 'BTC_USDT',
      data: {
        kind: 'ticker',
        last: '70000.1',
        bid: '70000',
        ask: '70000.1',
        high24h: '70500',
        low24h: '68500',
        volume24h: '6566.0845820589',
        quoteVolume24h: '460222166.68375534639404191',
        change: '0.0072',
      },
    },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('trades come oldest first, with the stream’s ids and times', () => {
  const call = rest.trades('BTC_USDT', 9_999)
  expect(call.path).toBe('/api/v4/spot/trades?currency_pair=BTC_USDT&limit=1000')
  expect(call.decode(fixtureBody('gateio', 'rest-trades.json'))).toEqual([
    {
      market: 'BTC_USDT',
      at: 1_790_000_000_413,
      atText: '1790000000413.017000',
      data: { kind: 'trade', id: '220000971', price: '70000.1', size: '0.000449', side: 'buy' },
    },
    {
      market: 'BTC_USDT',
      at: 1_790_000_000_969,
      atText: '1790000000969.221000',
      data: { kind: 'trade', id: '220000972', price: '70000', size: '0.000761', side: 'sell' },
    },
  ])
})

test('candles are asked for by both ends, which are in the answer, and without a limit', () => {
  const to = Date.UTC(2026, 8, 21, 14, 14)
  const path = (end: number, limit: number) => rest.candles('BTC_USDT', MINUTE, end, limit).path
  expect(path(to, 3)).toBe(
    `/api/v4/spot/candlesticks?currency_pair=BTC_USDT&interval=1m&from=${(to - 3 * MINUTE) / SECOND}&to=${(to - MINUTE) / SECOND}`,
  )
  expect(path(to + 1, 1)).toContain(`&from=${to / SECOND}&to=${to / SECOND}`)
  expect(path(to, 9_999)).toContain(`&from=${(to - 1_000 * MINUTE) / SECOND}&`)
  expect(
    [SECOND, 4 * HOUR, DAY].map((each) => rest.candles('A_B', each, to, 1).path.match(/interval=(\w+)/)?.[1]),
  ).toEqual(['1s', '4h', '1d'])
  expect(() => rest.candles('BTC_USDT', 3 * MINUTE, to, 1)).toThrow(RangeError)
})

test('a candle’s row is [time, quote volume, close, high, low, open, volume, closed]', () => {
  expect(
    rest.candles('BTC_USDT', MINUTE, 1_790_000_100_000, 2).decode(fixtureBody('gateio', 'rest-candlesticks.json')),
  ).toEqual([
    {
      openAt: 1_789_999_980_000,
      open: '70000.4',
      high: '70010.5',
      low: '69990.6',
      close: '70005.6',
      volume: '5.076',
      quoteVolume: '355349.006131',
    },
    {
      openAt: 1_790_000_040_000,
      open: '70005.6',
      high: '70005.6',
      low: '70005.6',
      close: '70005.6',
      volume: '0',
      quoteVolume: '0',
    },
  ])
})

test('a book over REST is asked for with its number', () => {
  const call = rest.book('BTC_USDT')
  expect(call.path).toBe('/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=50&with_id=true')
  expect(call.decode(fixtureBody('gateio', 'rest-order-book.json'))).toEqual({
    market: 'BTC_USDT',
    data: {
      kind: 'book',
      snapshot: true,
      bids: [['70000', '0.035056']],
      asks: [['70000.1', '0.115252']],
      sequence: { last: '40000000725' },
    },
  })
})

test('the venue’s own error is told from a broken body', () => {
  const call = rest.book('NO_PAIR')
  expect(() => call.decode('{"label":"INVALID_CURRENCY_PAIR","message":"Invalid currency pair"}')).toThrow(
    new VenueError('INVALID_CURRENCY_PAIR', 'Invalid currency pair'),
  )
  expect(() => call.decode('<html>502</html>')).toThrow(FrameError)
  expect(() => call.decode('{"id":1}')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', async () => {
  if (!hasSamples()) return
  const read = (file: string) => sampleLines('gateio', file)[0] ?? ''
  expect(await rest.markets(async (call) => call.decode(read('rest-currency_pairs.json')))).toMatchObject([
    { key: 'gateio:BTC/USDT', names: { en: 'Bitcoin' }, tickSize: '0.1', sizeStep: '0.000001', status: 'trading' },
    { key: 'gateio:POOLX/USDT', status: 'halted' },
    { key: 'gateio:MAG7XON/USDT', status: 'halted' },
  ])
  expect(rest.candles('BTC_USDT', MINUTE, 0, 1).decode(read('rest-candlesticks.json'))[0]).toEqual({
    openAt: 1_790_349_960_000,
    open: '83853.4',
    high: '83864.5',
    low: '83829.6',
    close: '83859',
    volume: '4.238184',
    quoteVolume: '355349.006131',
  })
  expect(
    rest
      .trades('BTC_USDT', 2)
      .decode(read('rest-trades.json'))
      .map(({ at, data }) => [at, data.id]),
  ).toEqual([
    [1_790_359_364_413, '220643971'],
    [1_790_359_364_969, '220643972'],
  ])
  expect(rest.tickers(['BTC3L_USDT'])[0]?.decode(read('rest-tickers.json'))).toMatchObject([
    { market: 'BTC3L_USDT', data: { last: '2.46140352', change: '-0.0891' } },
  ])
  expect(rest.book('NEO_BTC').decode(read('order_book_update-resync-rest.json')).data.sequence).toEqual({
    last: '31244065',
  })
  expect(() => rest.book('X').decode(read('rest-error.json'))).toThrow(VenueError)
})
