import { expect, test } from 'vitest'
import type { GapRow, TapeRow } from '../../shared/market-view.ts'
import type { TapeLine } from './tape-store.ts'
import { createTapeStore, MOST_LINES } from './tape-store.ts'

const trade = (at: number, size = '1'): TapeRow => ({
  id: `t${at}`,
  at,
  price: '100',
  size,
  side: 'buy',
  origin: 'stream',
})
const gap = (since: number, change: Partial<GapRow> = {}): GapRow => ({
  since,
  until: since + 5,
  reason: 'disconnected',
  ...change,
})

const short = (lines: readonly TapeLine[]) =>
  lines.map((line) => {
    if (line.kind === 'trade') return line.trade.at
    return line.kind === 'gap' ? `gap ${line.gap.since} ${line.gap.filledBy ?? 'missing'}` : `${line.count} skipped`
  })

test('history goes before what the stream brought meanwhile, and no trade stands there twice', () => {
  const tape = createTapeStore()
  tape.reset('upbit:BTC/KRW')
  tape.apply([trade(30), trade(40)], 0, [])
  tape.applyHistory([trade(10), trade(20), trade(30)], [])
  tape.apply([trade(40), trade(50)], 0, [])
  expect([short(tape.lines()), tape.taken(), tape.loaded()]).toEqual([[10, 20, 30, 40, 50], 3, true])
})

test('a gap stands before the first trade after it and changes in place when it is filled', () => {
  const tape = createTapeStore()
  tape.apply([trade(10), trade(20), trade(30)], 0, [])
  tape.apply([], 0, [gap(21)])
  expect(short(tape.lines())).toEqual([10, 20, 'gap 21 missing', 30])
  tape.apply([trade(40)], 0, [gap(21, { filledBy: 'backfill' })])
  expect(short(tape.lines())).toEqual([10, 20, 'gap 21 backfill', 30, 40])
})

test('a gap that is older than all lines is left to the chart', () => {
  const tape = createTapeStore()
  tape.apply([trade(10)], 0, [gap(1)])
  expect(short(tape.lines())).toEqual([10])
})

test('trades that were too many to show are counted in their place', () => {
  const tape = createTapeStore()
  tape.apply([trade(10)], 0, [])
  tape.apply([trade(20), trade(21)], 37, [])
  expect([short(tape.lines()), tape.taken()]).toEqual([[10, '37 skipped', 20, 21], 40])
})

test('the tape keeps its newest lines only, and forgets the ids of the others', () => {
  const tape = createTapeStore()
  for (let at = 0; at < 3 * MOST_LINES; at += 100)
    tape.apply(
      Array.from({ length: 100 }, (_, index) => trade(at + index)),
      0,
      [],
    )
  expect(tape.lines().length).toBe(MOST_LINES)
  expect(short(tape.lines()).slice(-1)).toEqual([3 * MOST_LINES - 1])
  tape.apply([trade(0)], 0, [])
  expect(short(tape.lines()).at(-1)).toBe(0)
})

test('a trade ten times the usual size is large; the first few cannot be', () => {
  const tape = createTapeStore()
  tape.apply([trade(1, '1000')], 0, [])
  tape.reset('upbit:BTC/KRW')
  const usual = Array.from({ length: 40 }, (_, index) => trade(index + 1, '0.5'))
  tape.apply([...usual, trade(50, '4'), trade(51, '6'), trade(52, '0.4')], 0, [])
  const large = tape.lines().filter((line) => line.kind === 'trade' && line.large)
  expect(short(large)).toEqual([51])
})

test('listeners hear of what changes, and of nothing else', () => {
  const tape = createTapeStore()
  const seen: number[] = []
  const leave = tape.subscribe(() => seen.push(tape.lines().length))
  tape.apply([trade(1)], 0, [])
  tape.apply([trade(1)], 0, [])
  tape.apply([trade(2)], 0, [])
  leave()
  tape.apply([trade(3)], 0, [])
  expect(seen).toEqual([1, 2])
})
