import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { formatInstant, formatTick, weightBetween } from './zoned-scale.ts'

const KST_MIDNIGHT = Date.UTC(2026, 10, 22, 15) // 2026-11-23 00:00 in Korea

test('A-69 a day begins at the zone’s midnight', () => {
  const before = KST_MIDNIGHT - MINUTE
  expect(weightBetween(before + 9 * HOUR, KST_MIDNIGHT + 9 * HOUR)).toBe(50)
  expect(weightBetween(before, KST_MIDNIGHT)).toBeLessThan(50)
  expect(formatTick(KST_MIDNIGHT, MINUTE, 'KST')).toBe('11-23')
  expect(formatTick(KST_MIDNIGHT, MINUTE, 'UTC')).toBe('15:00')
})

test('years and months outweigh days, whole hours outweigh minutes', () => {
  const at = Date.UTC(2027, 0, 1)
  const weights = [
    at,
    Date.UTC(2026, 11, 1),
    Date.UTC(2026, 11, 2),
    at + HOUR,
    at + 30 * MINUTE,
    at + MINUTE,
    at + SECOND,
  ].map((now) => weightBetween(now - SECOND, now))
  expect(weights).toEqual([...weights].toSorted((a, b) => b - a))
  expect(new Set(weights).size).toBe(weights.length)
})

test('ticks are written as coarsely as they can be', () => {
  const ticks = [Date.UTC(2027, 0, 1), Date.UTC(2026, 11, 1), Date.UTC(2026, 11, 2)]
  expect(ticks.map((at) => formatTick(at, DAY, 'UTC'))).toEqual(['2027', '2026-12', '12-02'])
  expect(formatTick(Date.UTC(2026, 11, 2, 5, 7), SECOND, 'UTC')).toBe('05:07')
  expect(formatTick(Date.UTC(2026, 11, 2, 5, 7, 30), SECOND, 'UTC')).toBe('05:07:30')
})

test('the crosshair names the instant on the zone’s clock', () => {
  const at = Date.UTC(2026, 10, 23, 4, 57)
  expect([formatInstant(at, SECOND, 'KST'), formatInstant(at, MINUTE, 'KST'), formatInstant(at, DAY, 'UTC')]).toEqual([
    '11-23 13:57:00',
    '11-23 13:57',
    '2026-11-23',
  ])
})
