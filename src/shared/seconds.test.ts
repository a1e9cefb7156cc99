import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Coverage, GapRow } from './market-view.ts'
import { SECOND } from './market.ts'
import type { SecondState } from './seconds.ts'
import { toCompleteness, toSecondRuns } from './seconds.ts'

const at = (second: number) => second * SECOND

test('A-20 quiet seconds are live, seconds that a gap touches are missing, and outside the watch nothing is known', () => {
  const coverage: Coverage = {
    watched: { from: at(10) + 250, to: at(49) + 999 },
    gaps: [
      { since: at(20) + 900, until: at(22) + 100, reason: 'disconnected' },
      { since: at(30), until: at(35), reason: 'unwatched' },
      { since: at(40), until: at(42), reason: 'silent', filledBy: 'backfill' },
    ],
  }
  const runs = toSecondRuns(coverage, { from: at(0), to: at(60) })
  expect(runs).toEqual([
    { from: at(0), to: at(10), state: 'unwatched' },
    { from: at(10), to: at(20), state: 'live' },
    { from: at(20), to: at(23), state: 'missing' },
    { from: at(23), to: at(30), state: 'live' },
    { from: at(30), to: at(35), state: 'unwatched' },
    { from: at(35), to: at(40), state: 'live' },
    { from: at(40), to: at(42), state: 'backfilled' },
    { from: at(42), to: at(50), state: 'live' },
    { from: at(50), to: at(60), state: 'unwatched' },
  ])
  expect(toCompleteness('upbit:BTC/KRW', runs)).toEqual({
    instrument: 'upbit:BTC/KRW',
    seconds: 60,
    live: 30,
    backfilled: 2,
    missing: 3,
    unwatched: 25,
    runs,
  })
})

test('A-20 a second inside a gap of which trades are held is what its bar says', () => {
  const coverage: Coverage = { watched: { from: 0, to: at(10) }, gaps: [{ since: at(2), reason: 'disconnected' }] }
  const traded = [
    { openAt: at(0), state: 'traded' as const },
    { openAt: at(2), state: 'traded' as const },
    { openAt: at(5), state: 'backfilled' as const },
    { openAt: at(6), state: 'backfilled' as const },
  ]
  expect(toSecondRuns(coverage, { from: 0, to: at(10) }, traded)).toEqual([
    { from: 0, to: at(3), state: 'live' },
    { from: at(3), to: at(5), state: 'missing' },
    { from: at(5), to: at(7), state: 'backfilled' },
    { from: at(7), to: at(10), state: 'missing' },
  ])
})

test('a market that was never watched has one run', () => {
  expect(toSecondRuns({ gaps: [] }, { from: at(1) + 1, to: at(2) + 1 })).toEqual([
    { from: at(1), to: at(3), state: 'unwatched' },
  ])
})

test('of many runs the strip keeps 200, and what is amiss stays visible', () => {
  const gaps: GapRow[] = Array.from({ length: 500 }, (_, index) => ({
    since: at(index * 20 + 7),
    until: at(index * 20 + 8),
    reason: 'disconnected',
  }))
  const coverage: Coverage = { watched: { from: 0, to: at(20_001) }, gaps }
  const shown = toCompleteness('okx:BTC/USDT', toSecondRuns(coverage, { from: 0, to: at(20_000) }))
  expect(shown.runs.length).toBeLessThanOrEqual(200)
  expect([shown.missing, shown.live]).toEqual([500, 19_500])
  expect(shown.runs).toEqual([
    { from: 0, to: at(10_000), state: 'missing' },
    { from: at(10_000), to: at(20_000), state: 'live' },
  ])
})

test('runs tile the range and agree with a second-by-second look, for any gaps', () => {
  const gap = fc
    .record({
      since: fc.integer({ min: 0, max: 30_000 }),
      length: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
      reason: fc.constantFrom('disconnected' as const, 'unwatched' as const, 'engine-down' as const),
      filled: fc.boolean(),
    })
    .map(({ since, length, reason, filled }): GapRow => ({
      since,
      ...(length === undefined ? {} : { until: since + length }),
      reason,
      ...(filled ? { filledBy: 'backfill' as const } : {}),
    }))
  const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 10 })
  fc.assert(
    fc.property(fc.array(gap, { maxLength: 5 }), seconds, fc.integer({ min: 0, max: 15_000 }), (gaps, held, from) => {
      const coverage: Coverage = { watched: { from: at(3), to: at(25) + 1 }, gaps }
      const traded = held.toSorted((a, b) => a - b).map((second) => ({ openAt: at(second), state: 'traded' as const }))
      const runs = toSecondRuns(coverage, { from, to: at(30) }, traded)
      const told = new Map<number, SecondState>()
      for (const run of runs) for (let second = run.from; second < run.to; second += SECOND) told.set(second, run.state)
      const first = Math.floor(from / SECOND) * SECOND
      for (let second = first; second < at(30); second += SECOND) {
        const touching = gaps.filter((each) => {
          const until = each.until === undefined ? Infinity : Math.ceil(each.until / SECOND) * SECOND
          return Math.floor(each.since / SECOND) * SECOND <= second && until > second
        })
        let state: SecondState = 'live'
        if (touching.some((each) => each.filledBy !== undefined)) state = 'backfilled'
        if (touching.some((each) => each.filledBy === undefined && each.reason !== 'unwatched')) state = 'missing'
        if (touching.some((each) => each.reason === 'unwatched')) state = 'unwatched'
        if (state === 'missing' && held.includes(second / SECOND)) state = 'live'
        if (second < at(3) || second > at(25)) state = 'unwatched'
        expect([second, told.get(second)]).toEqual([second, state])
      }
      expect(told.size).toBe((at(30) - first) / SECOND)
      for (const [index, run] of runs.entries()) expect(run.state).not.toBe(runs[index + 1]?.state)
    }),
    { numRuns: 300 },
  )
})
