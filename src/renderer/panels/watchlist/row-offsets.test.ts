import { expect, test } from 'vitest'
import { scrollFor, toOffsets, toWindow } from './row-offsets.ts'

const offsets = toOffsets([25, 24, 24, 25, 24])

test('rows lie one under the other', () => {
  expect(offsets).toEqual([0, 25, 49, 73, 98, 122])
  expect(toOffsets([])).toEqual([0])
})

test('what is in view is drawn, with some more around it and nothing beyond the ends', () => {
  expect(toWindow(offsets, { top: 50, height: 40 }, 0)).toEqual({ first: 2, last: 4 })
  expect(toWindow(offsets, { top: 50, height: 40 }, 1)).toEqual({ first: 1, last: 5 })
  expect(toWindow(offsets, { top: 0, height: 1_000 })).toEqual({ first: 0, last: 5 })
  expect(toWindow([0], { top: 0, height: 100 })).toEqual({ first: 0, last: 0 })
})

test('scrolling goes no further than it must', () => {
  const view = { top: 30, height: 50 }
  expect([0, 2, 4].map((index) => scrollFor(offsets, index, view))).toEqual([0, 30, 72])
})
