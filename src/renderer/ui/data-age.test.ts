import { expect, it } from 'vitest'
import { dataAge } from './data-age.ts'

it('an age stands still between two tellings and grows when the engine falls silent', () => {
  expect([
    dataAge(undefined, 10_000, 10_000),
    dataAge(9_700, 10_000, 10_900),
    dataAge(9_700, 10_000, 14_000),
    dataAge(10_400, 10_000, 10_100),
  ]).toEqual([undefined, 300, 4_300, 0])
})
