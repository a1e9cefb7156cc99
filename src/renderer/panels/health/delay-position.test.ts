import { expect, it } from 'vitest'
import { delayPosition } from './delay-position.ts'

it('ten milliseconds stand at the left, two seconds at the right, what is beyond at the ends', () => {
  expect([1, 10, 2_000, 60_000].map(delayPosition)).toEqual([0, 0, 1, 1])
})

it('equal factors are equal steps', () => {
  expect(delayPosition(100) - delayPosition(10)).toBeCloseTo(delayPosition(1_000) - delayPosition(100), 12)
})
