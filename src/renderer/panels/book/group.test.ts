import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, formatExact, multiplyDecimals, sumDecimals } from '../../../shared/exact.ts'
import { compareDecimals } from '../../../shared/decimal.ts'
import type { Level } from '../../../shared/market.ts'
import { groupLevels, groupSteps, stepIn } from './group.ts'

test('steps are the tick and its round multiples up to a thousandth of the price', () => {
  expect(groupSteps('1000', '98668000')).toEqual(['1000', '2000', '5000', '10000', '20000', '50000'])
  expect(groupSteps('0.01', '95.12')).toEqual(['0.01', '0.02', '0.05', '0.1'])
  expect(groupSteps('0.00001', '0.0322')).toEqual(['0.00001', '0.00002', '0.00005', '0.0001'])
})

test('a tick that is no round number has only the round multiples that it divides', () => {
  expect(groupSteps('0.25', '1000')).toEqual(['0.25', '0.5', '1', '2'])
})

test('without a price there is the tick alone', () => {
  expect([groupSteps('0.1', undefined), groupSteps('0', '1')]).toEqual([['0.1'], ['0']])
})

test('a step that is not offered any more gives way to the next finer one', () => {
  const steps = ['0.1', '0.2', '0.5']
  expect([stepIn(steps, undefined), stepIn(steps, '0.2'), stepIn(steps, '10'), stepIn(steps, '0.05')]).toEqual([
    '0.1',
    '0.2',
    '0.5',
    '0.1',
  ])
})

test('bids go down and asks up to the multiple, with their sizes exact', () => {
  const levels: readonly Level[] = [
    ['100.7', '0.1'],
    ['100.2', '0.2'],
    ['100', '0.3'],
    ['99.9', '1'],
  ]
  expect(groupLevels(levels, '0.5', 'bid')).toEqual([
    ['100.5', '0.1'],
    ['100', '0.5'],
    ['99.5', '1'],
  ])
  expect(groupLevels(levels.toReversed(), '0.5', 'ask')).toEqual([
    ['100', '1.3'],
    ['100.5', '0.2'],
    ['101', '0.1'],
  ])
})

test('no size is lost, and every price is a multiple that is no better than its orders', () => {
  const levels = fc
    .uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 40 })
    .map((prices) => prices.toSorted((a, b) => b - a).map((price): Level => [formatExact(BigInt(price), 2), '0.3']))
  fc.assert(
    fc.property(levels, fc.constantFrom('0.01', '0.05', '0.2', '1', '20'), (bids, step) => {
      const groups = groupLevels(bids, step, 'bid')
      expect(sumDecimals(groups.map(([, size]) => size))).toBe(multiplyDecimals('0.3', String(bids.length)))
      for (const [price] of bids) {
        const below = groups.find(([group]) => compareDecimals(group, price) <= 0)?.[0] ?? '-1'
        expect(compareDecimals(addDecimals(below, step), price)).toBeGreaterThan(0)
      }
    }),
  )
})
