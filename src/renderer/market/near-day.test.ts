import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../shared/market.ts'
import { nearDay } from './near-day.ts'

/** Monday, 2026-11-23 23:00 in Korea. */
const NOW = Date.UTC(2026, 10, 23, 14)
/** The Tuesday after it, 08:30 there: in UTC still Monday. */
const OPENING = NOW + 9 * HOUR + 30 * MINUTE

test('a coming day is tomorrow, a weekday, and from a week on a date', () => {
  const days = (language: 'en' | 'ko') =>
    [0, 1, 5, 6].map((more) => nearDay(OPENING + more * DAY, NOW, 'KST', language))
  expect(days('en')).toEqual(['tomorrow', { name: 'Wed' }, { name: 'Sun' }, { name: '11-30' }])
  expect(days('ko')).toEqual(['tomorrow', { name: '수요일' }, { name: '일요일' }, { name: '11-30' }])
})

test('which day it is, is a matter of the chosen clock', () => {
  expect([nearDay(OPENING, NOW, 'UTC', 'en'), nearDay(OPENING, NOW + HOUR, 'KST', 'en')]).toEqual(['today', 'today'])
})
