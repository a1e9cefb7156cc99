import { expect, test } from 'vitest'
import { createProgressWatch } from './progress.ts'

const look = (position: bigint, end: bigint | undefined) => [{ place: 'ticks 0', position, end }]

test('A-42 a place that stands still behind its end for 30 s is found, once', () => {
  const watch = createProgressWatch(30_000)
  const found = [0, 10_000, 20_000, 30_000, 40_000].map((now) => watch(now, look(5n, 10n + BigInt(now))))
  expect(found).toEqual([[], [], [], ['ticks 0'], []])
})

test('a place that moves, or has nothing to read, is never found', () => {
  const watch = createProgressWatch(30_000)
  expect(watch(0, look(5n, 10n))).toEqual([])
  expect(watch(30_000, look(6n, 10n))).toEqual([])
  expect(watch(59_000, look(6n, 10n))).toEqual([])
  expect(watch(60_000, look(10n, 10n))).toEqual([])
  expect(watch(120_000, look(10n, 10n))).toEqual([])
  expect(watch(130_000, look(10n, 11n))).toEqual([])
})

test('a place whose leader does not answer is not blamed on the member', () => {
  const watch = createProgressWatch(30_000)
  expect(watch(0, look(5n, 10n))).toEqual([])
  expect(watch(40_000, look(5n, undefined))).toEqual([])
})
