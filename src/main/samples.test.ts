import { expect, test } from 'vitest'
import type { Level, MarketEvent, Millis } from '../shared/market.ts'
import { createSamples } from './samples.ts'

const levels = (count: number): Level[] => Array.from({ length: count }, (_, index) => [String(100 + index), '1'])

function book(receivedAt: Millis, count = 1, stale = false): MarketEvent {
  const sides = stale ? { bids: [], asks: [] } : { bids: levels(count), asks: levels(count) }
  return {
    instrument: 'upbit:BTC/KRW',
    at: receivedAt,
    receivedAt,
    origin: 'stream',
    data: {
      kind: 'book',
      snapshot: true,
      ...sides,
      ...(stale ? { stale: { reason: 'sequence', since: receivedAt } } : {}),
    },
  }
}
const ticker = (receivedAt: Millis): MarketEvent => ({ ...book(receivedAt), data: { kind: 'ticker', last: '1' } })

test('two books and one ticker a second and market go to the log', () => {
  const sample = createSamples()
  const from = 1_790_000_000_000
  const times = Array.from({ length: 100 }, (_, index) => from + index * 100)
  expect([
    times.filter((at) => sample(book(at))).length,
    times.filter((at) => sample(ticker(at))).length,
    sample({ ...book(from), instrument: 'upbit:ETH/KRW' }) !== undefined,
  ]).toEqual([20, 10, true])
})

test('a book is cut to its top fifteen', () => {
  const sampled = createSamples()(book(1_790_000_000_000, 40))
  expect(sampled).toEqual(book(1_790_000_000_000, 15))
})

test('A-14 that a book is not known any more is told at once, and so is the next whole one', () => {
  const sample = createSamples()
  const from = 1_790_000_000_000
  const events = [book(from), book(from + 1, 0, true), book(from + 2), book(from + 3)]
  expect(events.map((event) => sample(event) !== undefined)).toEqual([true, true, true, false])
})
