import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { barOf, mergeBars, openOf } from './bars.ts'
import type { Bar, BarState, Millis } from './market.ts'
import { DAY, HOUR, INTERVALS, MINUTE, SECOND } from './market.ts'
import type { Print } from './tally.ts'

const start = Date.UTC(2026, 10, 22)

/** Trades of two days, some seconds apart, in no regular rhythm. */
function createPrints(count: number): Print[] {
  let state = 7
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  let at = start
  return Array.from({ length: count }, (_, id) => {
    at += Math.floor(random() * 20_000)
    return {
      id: String(id),
      at,
      origin: 'stream',
      price: String(95_000 + Math.floor(random() * 1_000)) + (id % 3 === 0 ? '.25' : ''),
      size: (Math.floor(random() * 1e6 + 1) / 1e5).toString(),
      side: id % 2 === 0 ? 'buy' : 'sell',
    }
  })
}

function group<T>(values: readonly T[], keyOf: (value: T) => Millis): Map<Millis, T[]> {
  const groups = new Map<Millis, T[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}

function fromPrints(prints: readonly Print[], interval: Millis): Bar[] {
  return [...group(prints, (each) => openOf(each.at, interval))].map(([openAt, each]) =>
    barOf(each, interval, openAt, 0)!,
  )
}

function merged(parts: readonly Bar[], interval: Millis): Bar[] {
  return [...group(parts, (each) => openOf(each.openAt, interval))].map(([openAt, each]) =>
    mergeBars(each, interval, openAt),
  )
}

test('A-21 candles of every interval, merged from seconds, equal candles from the raw trades', () => {
  const prints = createPrints(12_000)
  const seconds = fromPrints(prints, SECOND)
  for (const interval of INTERVALS) expect(merged(seconds, interval)).toEqual(fromPrints(prints, interval))
})

test('A-21 candles merged from minutes and hours equal those merged from seconds', () => {
  const seconds = fromPrints(createPrints(12_000), SECOND)
  const minutes = merged(seconds, MINUTE)
  expect(merged(minutes, DAY)).toEqual(merged(seconds, DAY))
  expect(merged(merged(minutes, HOUR), DAY)).toEqual(merged(seconds, DAY))
})

test('bars sit on whole multiples of their interval, UTC', () => {
  const at = Date.UTC(2026, 10, 22, 14, 32, 7, 999)
  expect(INTERVALS.map((interval) => new Date(openOf(at, interval)).toISOString().slice(11, 19))).toEqual([
    '14:32:07',
    '14:32:05',
    '14:32:00',
    '14:32:00',
    '14:30:00',
    '14:30:00',
    '14:00:00',
    '12:00:00',
    '00:00:00',
  ])
})

function empty(state: BarState, revision = 0): Bar {
  return { kind: 'bar', interval: SECOND, openAt: start, revision, state }
}

test('A-20 the state of a merged bar says what its parts say together', () => {
  const traded = barOf([{ id: '1', at: start, origin: 'stream', price: '1', size: '1' }], SECOND, start, 0)!
  const filled = barOf([{ id: '2', at: start, origin: 'backfill', price: '1', size: '1' }], SECOND, start, 0)!
  const stateOf = (...parts: Bar[]) => mergeBars(parts, MINUTE, start).state
  expect([
    stateOf(traded, empty('missing')),
    stateOf(traded, filled),
    stateOf(empty('quiet'), empty('missing')),
    stateOf(empty('quiet'), empty('quiet')),
    stateOf(empty('quiet'), empty('closed')),
    stateOf(empty('closed'), empty('closed')),
    stateOf(),
  ]).toEqual(['traded', 'backfilled', 'missing', 'quiet', 'quiet', 'closed', 'missing'])
})

test('A-20 a merged bar of quiet seconds invents no price', () => {
  expect(mergeBars([empty('quiet'), empty('quiet', 2)], MINUTE, start)).toEqual({
    kind: 'bar',
    interval: MINUTE,
    openAt: start,
    revision: 2,
    state: 'quiet',
  })
})

function revisions(...parts: number[]): number {
  return mergeBars(
    parts.map((revision) => empty('quiet', revision)),
    MINUTE,
    start,
  ).revision
}

test('A-19 each correction of a part raises the revision of the merged bar', () => {
  expect([revisions(0, 0), revisions(1, 0), revisions(1, 1), revisions(2, 1)]).toEqual([0, 1, 2, 3])
})

test('merging is the same in one step as in several', () => {
  const price = fc.integer({ min: 1, max: 10 ** 6 }).map((value) => String(value / 100))
  const second = fc.oneof(
    fc.constantFrom<BarState>('quiet', 'missing', 'closed').map((state) => [state, []] as const),
    fc.array(fc.tuple(price, price), { minLength: 1, maxLength: 4 }).map((trades) => ['traded', trades] as const),
  )
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 12 }), fc.nat(12), (seconds, cut) => {
      const parts = seconds.map(([state, trades], index): Bar => {
        const openAt = start + index * SECOND
        const prints = trades.map(([each, size], id) => ({
          id: String(id),
          at: openAt,
          origin: 'stream' as const,
          price: each,
          size,
        }))
        return barOf(prints, SECOND, openAt, index % 3) ?? { ...empty(state, index % 3), openAt }
      })
      const halves = [parts.slice(0, cut), parts.slice(cut)].filter((half) => half.length > 0)
      const twice = mergeBars(
        halves.map((half) => mergeBars(half, MINUTE, start)),
        MINUTE,
        start,
      )
      expect(twice).toEqual(mergeBars(parts, MINUTE, start))
    }),
    { numRuns: 300 },
  )
})
