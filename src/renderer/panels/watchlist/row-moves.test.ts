import { expect, test } from 'vitest'
import type { InstrumentKey } from '../../../shared/market.ts'
import { lineOf, marketAt, reachOf, toDrag } from './row-moves.ts'
import { toOffsets } from './row-offsets.ts'
import type { Grouping } from './watchlist-rows.ts'
import { toRows } from './watchlist-rows.ts'

const keys: InstrumentKey[] = ['upbit:BTC/KRW', 'upbit:ETH/KRW', 'upbit:XRP/KRW', 'binance:BTC/USDT']
const rowsBy = (grouping: Grouping) => toRows({ keys, grouping, collapsed: new Set(), byKey: new Map() })

/** Upbit, BTC, ETH, XRP, Binance, BTC: markets at 25, 49, 73 and 122. */
const rows = rowsBy('venue')
const offsets = toOffsets(rows.map(({ kind }) => (kind === 'group' ? 25 : 24)))

test('a market moves within its group, and anywhere in a list without groups', () => {
  expect(rows.map((_, index) => reachOf(rows, index))).toEqual([
    undefined,
    { first: 1, last: 3 },
    { first: 1, last: 3 },
    { first: 1, last: 3 },
    undefined,
    { first: 5, last: 5 },
  ])
  expect(reachOf(rowsBy('flat'), 2)).toEqual({ first: 0, last: 3 })
  expect(reachOf(rows, -1)).toBeUndefined()
})

test('what is taken is the market under the pointer, never the head of a group or what lies below the list', () => {
  expect([0, 24, 25, 48, 49, 97, 122, 145, 146].map((y) => marketAt(rows, offsets, y))).toEqual([
    undefined,
    undefined,
    'upbit:BTC/KRW',
    'upbit:BTC/KRW',
    'upbit:ETH/KRW',
    undefined,
    'binance:BTC/USDT',
    'binance:BTC/USDT',
    undefined,
  ])
})

test('it goes where the nearest border of its group is, however far the pointer went', () => {
  const to = (id: string, y: number) => toDrag(rows, offsets, id, y)?.to
  expect([-500, 0, 36, 38, 60, 62, 84, 86, 130, 9_000].map((y) => to('upbit:BTC/KRW', y))).toEqual([
    1, 1, 1, 1, 1, 2, 2, 3, 3, 3,
  ])
  expect([-500, 36, 38, 60, 62, 9_000].map((y) => to('upbit:XRP/KRW', y))).toEqual([1, 1, 2, 2, 3, 3])
  expect([-500, 50, 9_000].map((y) => to('binance:BTC/USDT', y))).toEqual([5, 5, 5])
})

test('a market that leaves the list while it is dragged goes nowhere', () => {
  expect(toDrag(rows, offsets, 'upbit:SOL/KRW', 50)).toBeUndefined()
})

test('the line shows the border that the market goes to, and is absent where it would stay', () => {
  expect(lineOf({ from: 1, to: 3 }, offsets)).toBe(97)
  expect(lineOf({ from: 3, to: 1 }, offsets)).toBe(25)
  expect(lineOf({ from: 2, to: 2 }, offsets)).toBeUndefined()
})
