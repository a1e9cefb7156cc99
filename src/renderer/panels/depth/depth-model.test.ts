import { expect, test } from 'vitest'
import { roundTicks, toDepth, toView, totalAt } from './depth-model.ts'

const book = {
  bids: [
    ['99', '1'],
    ['98', '2'],
    ['95', '4'],
  ],
  asks: [
    ['101', '3'],
    ['102', '1'],
  ],
} as const

test('the curves run from the middle outwards, as far as both sides are known', () => {
  expect(toDepth(book)).toEqual({
    bids: [
      { price: 99, total: 1 },
      { price: 98, total: 3 },
      { price: 95, total: 7 },
    ],
    asks: [
      { price: 101, total: 3 },
      { price: 102, total: 4 },
    ],
    middle: 100,
    reach: 2,
  })
})

test('a book with one side has that side’s reach, and an empty one has no depth', () => {
  expect([toDepth({ ...book, asks: [] })?.reach, toDepth({ bids: [], asks: [] })]).toEqual([4, undefined])
  expect(toDepth({ bids: [['100', '1']], asks: [] })?.reach).toBeCloseTo(0.01)
})

test('the size up to a price counts every order that is as good', () => {
  const depth = toDepth(book)!
  expect([99.5, 99, 98.5, 98, 90, 100.5, 101, 150].map((price) => totalAt(depth, price))).toEqual([
    0, 1, 1, 3, 7, 0, 3, 4,
  ])
})

test('A-15 a crossed book still has a depth', () => {
  const depth = toDepth({ bids: [['101', '1']], asks: [['99', '2']] })!
  expect([depth.middle, depth.reach]).toEqual([100, 1])
})

test('the view changes in round steps, and holds while it is filled by half', () => {
  const depth = toDepth(book)!
  const first = toView({ ...depth, reach: 1.8 })
  expect(first).toEqual({ half: 2, most: 5 })
  expect(toView({ ...depth, reach: 1.1 }, first).half).toBe(2)
  expect(toView({ ...depth, reach: 0.5 }, first).half).toBe(0.5)
  expect(toView({ ...depth, reach: 2.2 }, first).half).toBe(3)
})

test('ticks are round and inside', () => {
  expect(roundTicks(94.3, 105.2, 4)).toEqual([95, 100, 105])
  expect(roundTicks(0, 7.3, 3)).toEqual([0, 5])
  expect(roundTicks(1, 1, 3)).toEqual([])
})
