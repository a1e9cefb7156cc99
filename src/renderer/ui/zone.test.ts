import { assert, constantFrom, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { formatClock, formatDate, formatDateTime, formatMinute, parseDateTime, startOfDay, zoneName } from './zone.ts'

const at = Date.UTC(2026, 10, 23, 5, 32, 8)

it('A-69 the same instant stands on the clock of the chosen zone', () => {
  expect([
    formatDateTime(at, 'KST'),
    formatDateTime(at, 'UTC'),
    formatClock(at, 'KST'),
    formatMinute(at, 'UTC'),
    formatDate(at + 12 * 3_600_000, 'KST'),
    zoneName(at, 'KST'),
  ]).toEqual(['2026-11-23 14:32:08', '2026-11-23 05:32:08', '14:32:08', '05:32', '2026-11-24', 'KST'])
})

it('a day begins at the midnight of its zone', () => {
  expect(startOfDay(at, 'KST')).toBe(Date.UTC(2026, 10, 22, 15))
  expect(startOfDay(at, 'UTC')).toBe(Date.UTC(2026, 10, 23))
})

it('what is written can be read again', () => {
  assert(
    property(
      integer({ min: 0, max: 4_102_444_800 }).map((seconds) => seconds * 1_000),
      constantFrom('KST' as const, 'UTC' as const),
      (instant, zone) => parseDateTime(formatDateTime(instant, zone), zone) === instant,
    ),
  )
})

it('what is no time is no instant', () => {
  expect(
    ['', 'today', '2026-02-30 00:00:00', '2026-11-23 24:00:00', '2026-11-23 14:60', '2026-13-01 00:00'].map((text) =>
      parseDateTime(text, 'UTC'),
    ),
  ).toEqual(Array.from({ length: 6 }, () => undefined))
  expect(parseDateTime(' 2026-11-23T05:32 ', 'UTC')).toBe(Date.UTC(2026, 10, 23, 5, 32))
})
