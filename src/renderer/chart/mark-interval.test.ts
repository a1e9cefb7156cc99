import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { intervalFor } from './mark-interval.ts'

test('W2 an instant is shown second by second for an hour, and in longer bars the further back it lies', () => {
  expect([-SECOND, 0, HOUR, 2 * HOUR, 2 * DAY, 30 * DAY, 20_000 * DAY].map(intervalFor)).toEqual([
    SECOND,
    SECOND,
    SECOND,
    5 * SECOND,
    MINUTE,
    15 * MINUTE,
    DAY,
  ])
})
