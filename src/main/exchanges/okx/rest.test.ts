import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureBody, hasSamples, sampleLines } from '../testing/frames.ts'
import { rest } from './rest.ts'

async function get<T>(call: RestCall<T>): Promise<T> {
  expect(call).toMatchObject({ path: '/api/v5/public/instruments?instType=SPOT', group: 'instruments', weight: 1 })
  return call.decode(fixtureBody('okx', 'rest-instruments.json'))
}

/** A body of so many fills, newest first, four of each trade. */
function fills(count: number): string {
  const rows = Array.from({ length: count }, (_, back) => {
    const nth = count - 1 - back
    const ts = 1_790_000_000_000 + Math.floor(nth / 4)
    return {
      instId: 'BTC-USDT',
      side: 'buy',
      sz: '0.1',
      px: '70000',
      source: '0',
      tradeId: String(nth),
      ts: String(ts),
    }
  })
  return JSON.stringify({ code: '0', msg: '', data: rows })
}

test('markets have keys, steps and a status, and no step where none is given', async () => {
  expect(await rest.markets(get)).toEqual([
    {
      key: 'okx:BTC/USDT',
      venue: 'okx',
      native: 'BTC-USDT',
      base: 'BTC',
      quote: 'USDT',
      names: {},
      tickSize: '0.1',
      sizeStep: '0.00000001',
      status: 'trading',
    },
    {
      key: 'okx:OLD/USDT',
      venue: 'okx',
      native: 'OLD-USDT',
      base: 'OLD',
      quote: 'USDT',
      names: {},
      tickSize: '0.00001',
      sizeStep: '0.1',
      status: 'halted',
    },
    { key: 'okx:NEW/USDC', venue: 'okx', native: 'NEW-USDC', base: 'NEW', quote: 'USDC', names: {}, status: 'halted' },
  ])
})

test('one call gives the tickers of all markets, without those that have no price', () => {
  const calls = rest.tickers(['BTC-USDT'])
  expect(calls.map(({ path, group, weight }) => ({ path, group, weight }))).toEqual([
    { path: '/api/v5/market/tickers?instType=SPOT', group: 'tickers', weight: 1 },
  ])
  expect(calls[0]?.decode(fixtureBody('okx', 'rest-tickers.json'))).toEqual([
    {
      market: 'BTC-USDT',
      at: 1_790_000_000_085,
      data: {
        kind: 'ticker',
        last: '70000.1',
        bid: '70000',
        ask: '70000.1',
        open24h: '69000',
        high24h: '70500',
        low24h: '68500',
        volume24h: '5600.25',
        quoteVolume24h: '390000000.5',
      },
    },
  ])
  expect(rest.tickers([])).toEqual([])
})

test('fills come as the stream tells them: one trade of one moment, price, side and source, oldest first', () => {
  const call = rest.trades('BTC-USDT', 100)
  expect(call).toMatchObject({ path: '/api/v5/market/trades?instId=BTC-USDT&limit=500', group: 'trades', weight: 1 })
  const trade = (at: number, id: string, price: string, size: string, side: 'buy' | 'sell') => ({
    market: 'BTC-USDT',
    at,
    data: { kind: 'trade', id, price, size, side },
  })
  expect(call.decode(fixtureBody('okx', 'rest-trades.json'))).toEqual([
    trade(1_790_000_000_569, '1100000001', '70000', '1', 'buy'),
    trade(1_790_000_000_569, '1100000003', '70000.1', '0.20000001', 'buy'),
    trade(1_790_000_000_569, '1100000004', '70000.1', '0.1', 'buy'),
    trade(1_790_000_000_974, '1100000005', '69999.9', '0.5', 'sell'),
  ])
})

test('a trade that may lack its first fills is left out, and no more trades come than were asked for', () => {
  const idsOf = (count: number, limit: number) =>
    rest
      .trades('BTC-USDT', limit)
      .decode(fills(count))
      .map(({ data }) => data.id)
  expect(idsOf(8, 100)).toEqual(['3', '7'])
  expect(idsOf(8, 1)).toEqual(['7'])
  expect(idsOf(500, 200)).toHaveLength(124)
  expect(idsOf(500, 200)[0]).toBe('7')
})

test('candles end before `to`, oldest first, on UTC days, and older ones are asked for elsewhere', () => {
  const to = 29_800_000 * MINUTE
  expect(rest.candles('BTC-USDT', MINUTE, to, 1_000, to)).toMatchObject({
    path: `/api/v5/market/candles?instId=BTC-USDT&bar=1m&after=${to}&limit=300`,
    group: 'candles',
  })
  expect(rest.candles('BTC-USDT', MINUTE, to - DAY, 10, to)).toMatchObject({
    path: `/api/v5/market/history-candles?instId=BTC-USDT&bar=1m&after=${to - DAY}&limit=10`,
    group: 'history-candles',
  })
  expect(
    [4 * HOUR, 12 * HOUR, DAY].map((interval) => rest.candles('A-B', interval, to, 1).path.match(/bar=(\w+)/)?.[1]),
  ).toEqual(['4H', '12Hutc', '1Dutc'])
  expect(rest.candles('BTC-USDT', MINUTE, to, 2).decode(fixtureBody('okx', 'rest-candles.json'))).toEqual([
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
      open: '70000',
      high: '70010',
      low: '69990',
      close: '70005',
      volume: '2.5',
      quoteVolume: '175000.5',
    },
  ])
  expect(() => rest.candles('BTC-USDT', SECOND, to, 1)).toThrow(RangeError)
  expect(rest.intervals).not.toContain(SECOND)
})

test('a book over REST is whole', () => {
  const call = rest.book('BTC-USDT')
  expect(call.path).toBe('/api/v5/market/books?instId=BTC-USDT&sz=400')
  expect(call.decode(fixtureBody('okx', 'rest-book.json'))).toEqual({
    market: 'BTC-USDT',
    at: 1_790_000_000_396,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [['70000', '0.25']],
      asks: [
        ['70000.1', '0.60038921'],
        ['70000.3', '1'],
      ],
    },
  })
})

test('an error comes with status 200, and is told from a broken body', () => {
  const call = rest.book('NONE')
  expect(() => call.decode('{"code":"51001","data":[],"msg":"Instrument ID does not exist."}')).toThrow(
    new VenueError('51001', 'Instrument ID does not exist.'),
  )
  expect(() => call.decode('{"code":"50011","msg":"Too Many Requests","data":[]}')).toThrow(VenueError)
  expect(() => call.decode('<html>403</html>')).toThrow(FrameError)
  expect(() => call.decode('{"code":"0","msg":""}')).toThrow(FrameError)
})

test('A-01 recorded REST bodies decode to their exact values', async () => {
  if (!hasSamples()) return
  const [instruments = ''] = sampleLines('okx', 'rest-instruments.json')
  expect(await rest.markets(async (call) => call.decode(instruments))).toMatchObject([
    { key: 'okx:BTC/USDT', tickSize: '0.1', sizeStep: '0.00000001', status: 'trading' },
  ])
  const [trades = ''] = sampleLines('okx', 'rest-trades.json')
  expect(rest.trades('BTC-USDT', 2).decode(trades)).toMatchObject([
    { at: 1_654_161_641_568, data: { id: '242720719', price: '29964.1' } },
    { at: 1_654_161_646_974, data: { id: '242720720', price: '29963.2' } },
  ])
  const [candles = ''] = sampleLines('okx', 'rest-candles.json')
  expect(rest.candles('BTC-USDT', MINUTE, 0, 2).decode(candles)[1]).toMatchObject({
    volume: '8422410',
    quoteVolume: '12698348.04828491',
  })
  const [error = ''] = sampleLines('okx', 'rest-error.json')
  expect(() => rest.book('NONE').decode(error)).toThrow(VenueError)
})
