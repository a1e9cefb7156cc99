import { expect, test } from 'vitest'
import { DAY } from '../../../shared/market.ts'
import { bandOf, linePath, valueBefore } from './index-scale.ts'

const point = (days: number, value: string) => ({ at: days * DAY, value, label: 'Fear' })

test('a feed’s word is one of the five, however it is spelled', () => {
  expect([bandOf('Extreme Fear'), bandOf('extreme greed'), bandOf('Neutral'), bandOf('Panic')]).toEqual([
    'extremeFear',
    'extremeGreed',
    'neutral',
    undefined,
  ])
})

test('values of before are the nearest that there are', () => {
  const points = [point(0, '10'), point(6, '20'), point(7, '30'), point(8, '40')]
  expect([valueBefore(points, DAY), valueBefore(points, 7 * DAY), valueBefore(points, 30 * DAY)]).toEqual([
    30,
    10,
    undefined,
  ])
  expect([valueBefore([], DAY), valueBefore([point(0, '1')], DAY)]).toEqual([undefined, undefined])
})

test('the line goes from edge to edge, 0 at the bottom and 100 at the top', () => {
  expect(linePath([point(0, '0'), point(1, '100'), point(4, '50')], 100, 40)).toBe('M0.0 40.0L25.0 0.0L100.0 20.0')
  expect(linePath([point(0, '0')], 100, 40)).toBeUndefined()
})
