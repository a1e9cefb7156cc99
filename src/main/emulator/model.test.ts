import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { bookAt } from './book.ts'
import { candleAt, foldTrades } from './candles.ts'
import { createMarketModel } from './model.ts'
import { basePrice } from './price.ts'
import { EMULATED } from './venues.ts'

const START = 1_793_000_000
const MINUTE = 60_000

const upbit = EMULATED.find((venue) => venue.id === 'upbit') ?? EMULATED[0]!
const binance = EMULATED.find((venue) => venue.id === 'binance') ?? EMULATED[0]!
const specOf = (venue: typeof upbit, symbol: string) => venue.markets.find((spec) => spec.symbol === symbol)!
const model = (rate: number, symbol = 'KRW-BTC', seed = 7) =>
  createMarketModel(seed, 'upbit', specOf(upbit, symbol), rate)

test('A-08 a second of trades is the same whenever and in whatever order it is asked for', () => {
  const forward = model(40)
  const backward = model(40)
  const seconds = Array.from({ length: 60 }, (_, nth) => START + nth)
  const asked = seconds.map((second) => forward.tradesIn(second))
  const again = seconds.toReversed().map((second) => backward.tradesIn(second))
  expect(asked).toEqual(again.toReversed())
})

test('A-08 another seed is another market', () => {
  expect(model(40).tradesIn(START)).not.toEqual(model(40, 'KRW-BTC', 8).tradesIn(START))
})

test('indexes count trades without a gap, and tell where a trade is', () => {
  assert(
    property(double({ min: 0.01, max: 300, noNaN: true }), integer({ min: 0, max: 10_000_000 }), (rate, offset) => {
      const market = model(rate)
      const second = START + offset
      const trades = market.tradesIn(second)
      const first = market.count(second)
      expect(trades.map((trade) => trade.index)).toEqual(trades.map((_, nth) => first + nth))
      expect(market.count(second + 1)).toBe(first + trades.length)
      for (const { index, at } of trades) {
        expect(market.secondOf(index)).toBe(second)
        expect(Math.floor(at / 1_000)).toBe(second)
      }
    }),
    { numRuns: 60 },
  )
})

test('trades of a second are in order of time, with bursts, quiet seconds, both sides and the asked-for rate', () => {
  const market = model(6)
  const seconds = Array.from({ length: 3_600 }, (_, nth) => market.tradesIn(START + nth))
  const trades = seconds.flat()
  expect(trades.every(({ at }, nth) => nth === 0 || at >= (trades[nth - 1]?.at ?? 0))).toBe(true)
  expect(trades.length / 3_600).toBeGreaterThan(5)
  expect(trades.length / 3_600).toBeLessThan(7)
  const counts = seconds.map((second) => second.length)
  expect([Math.min(...counts) <= 1, Math.max(...counts) >= 10]).toEqual([true, true])
  const buys = trades.filter(({ side }) => side === 'buy').length / trades.length
  expect(buys).toBeGreaterThan(0.3)
  expect(buys).toBeLessThan(0.7)
})

test('the newest trades before a moment are those of the seconds before it', () => {
  const market = model(5)
  const before = START * 1_000 + 500
  const all = Array.from({ length: 30 }, (_, nth) => market.tradesIn(START - 29 + nth)).flat()
  const wanted = all.filter(({ at }) => at < before).slice(-40)
  expect(market.tradesBefore(before, 40)).toEqual(wanted)
})

test('every market stays near its coin’s price, on its steps and within exact numbers', () => {
  for (const venue of EMULATED) {
    for (const spec of venue.markets) {
      const market = createMarketModel(7, venue.id, spec, 1)
      const base = basePrice(venue.id, spec.base, spec.quote) * 10 ** spec.scale
      const [trade] = market.tradesBefore(START * 1_000, 1)
      const { price = 0, size = 0 } = trade ?? {}
      expect(Math.abs(Math.log(price / base)), spec.symbol).toBeLessThan(0.5)
      expect(
        [price % spec.tick(price), size % spec.sizeStep, Number.isSafeInteger(size), size > 0],
        spec.symbol,
      ).toEqual([0, 0, true, true])
    }
  }
})

test('a halted market has trades up to its halt and none after', () => {
  const spec = binance.markets.find(({ haltedAt }) => haltedAt !== undefined)!
  const market = createMarketModel(7, 'binance', spec, 2)
  const halt = spec.haltedAt ?? 0
  expect(market.tradesBefore(halt + 86_400_000, 1)[0]?.at).toBeLessThan(halt)
  expect(market.tradesIn(halt / 1_000 + 60)).toEqual([])
  expect(market.touch(halt + 86_400_000)).toEqual(market.touch(halt + 5_000))
})

test('a book is sorted, never crossed, around the touch, and differs little a moment later', () => {
  const market = model(6)
  const book = bookAt(market, START * 1_000, 30)
  const bids = book.bids.map(([price]) => price)
  const asks = book.asks.map(([price]) => price)
  expect(bids).toEqual([...new Set(bids)].toSorted((a, b) => b - a))
  expect(asks).toEqual([...new Set(asks)].toSorted((a, b) => a - b))
  expect([bids.length, asks.length]).toEqual([30, 30])
  expect({ bid: bids[0], ask: asks[0] }).toEqual(market.touch(START * 1_000))
  const later = new Map(bookAt(market, START * 1_000 + 100, 30).bids)
  expect(book.bids.filter(([price, size]) => later.get(price) === size).length).toBeGreaterThan(15)
})

test('a candle of a minute is the fold of that minute’s trades, and ends where the next begins', () => {
  const market = model(20)
  const openAt = START * 1_000 - ((START * 1_000) % MINUTE)
  const trades = Array.from({ length: 60 }, (_, nth) => market.tradesIn(openAt / 1_000 + nth)).flat()
  expect(candleAt(market, openAt, openAt + MINUTE, openAt + 2 * MINUTE)).toEqual(
    foldTrades(openAt, openAt + MINUTE, trades),
  )
})

test('the levels of sampled candles join those of exact ones', () => {
  const market = model(20)
  const openAt = START * 1_000 - ((START * 1_000) % (10 * MINUTE))
  const now = openAt + 60 * MINUTE
  const sampled = candleAt(market, openAt, openAt + 10 * MINUTE, now)
  const exact = candleAt(market, openAt + 9 * MINUTE, openAt + 10 * MINUTE, now)
  expect(Math.abs((sampled?.close ?? 0) / (exact?.close ?? 1) - 1)).toBeLessThan(0.0005)
  expect(Math.abs((sampled?.trades ?? 0) / (20 * 600) - 1)).toBeLessThan(0.5)
})
