/**
 * The days and hours of the stock markets as data. Exchanges announce changes: a day that is missing here costs a stretch of
 * 'quiet' seconds, a day too many one of 'closed' seconds; a second with a trade is 'traded' whatever stands here.
 */

import type { Millis, Phase } from './market.ts'
import { HOUR, MINUTE, SECOND } from './market.ts'

export const CALENDARS = ['krx', 'nxt', 'us', 'fx'] as const
export type CalendarId = (typeof CALENDARS)[number]

/** A part of a day, from local midnight, `to` exclusive. */
export interface Session {
  readonly phase: Extract<Phase, 'pre' | 'regular' | 'after'>
  readonly from: Millis
  readonly to: Millis
}

export interface Calendar {
  readonly zone: 'Asia/Seoul' | 'America/New_York'
  /** From where hours and days are, and as of when. */
  readonly source: string
  /** By weekday, Sunday first. */
  readonly week: readonly (readonly Session[])[]
  /** Local dates without any session, with the name of the day. */
  readonly holidays: Readonly<Record<string, string>>
  /** Local dates with other hours. */
  readonly special: Readonly<Record<string, readonly Session[]>>
}

const at = (hours: number, minutes = 0, seconds = 0): Millis => hours * HOUR + minutes * MINUTE + seconds * SECOND

/** Opening auction, regular session with its closing auction, after-hours at the closing and at single prices. */
const KRX_DAY: readonly Session[] = [
  { phase: 'pre', from: at(8, 30), to: at(9) },
  { phase: 'regular', from: at(9), to: at(15, 30) },
  { phase: 'after', from: at(15, 30), to: at(18) },
]
/** First trading day of the year: opens an hour late, closes as ever. */
const KRX_NEW_YEAR: readonly Session[] = [
  { phase: 'pre', from: at(9, 30), to: at(10) },
  { phase: 'regular', from: at(10), to: at(15, 30) },
  { phase: 'after', from: at(15, 30), to: at(18) },
]
/** University entrance exam: everything an hour later. */
const KRX_EXAM: readonly Session[] = [
  { phase: 'pre', from: at(9, 30), to: at(10) },
  { phase: 'regular', from: at(10), to: at(16, 30) },
  { phase: 'after', from: at(16, 30), to: at(18) },
]
const NXT_DAY: readonly Session[] = [
  { phase: 'pre', from: at(8), to: at(8, 50) },
  { phase: 'regular', from: at(9, 0, 30), to: at(15, 20) },
  { phase: 'after', from: at(15, 30), to: at(20) },
]
const US_DAY: readonly Session[] = [
  { phase: 'pre', from: at(4), to: at(9, 30) },
  { phase: 'regular', from: at(9, 30), to: at(16) },
  { phase: 'after', from: at(16), to: at(20) },
]
const US_SHORT: readonly Session[] = [
  { phase: 'pre', from: at(4), to: at(9, 30) },
  { phase: 'regular', from: at(9, 30), to: at(13) },
  { phase: 'after', from: at(13), to: at(17) },
]
const OPEN_ALL_DAY: readonly Session[] = [{ phase: 'regular', from: 0, to: at(24) }]

const weekdays = (day: readonly Session[]): Calendar['week'] => [[], day, day, day, day, day, []]

/** What the law on public holidays gives for these years, the Labour Day and the last day of the year, on which the market rests too. */
const KRX_HOLIDAYS: Calendar['holidays'] = {
  '2026-01-01': 'New Year',
  '2026-02-16': 'Seollal',
  '2026-02-17': 'Seollal',
  '2026-02-18': 'Seollal',
  '2026-03-02': 'Independence Movement Day, in lieu',
  '2026-05-01': 'Labour Day',
  '2026-05-05': 'Children’s Day',
  '2026-05-25': 'Buddha’s Birthday, in lieu',
  '2026-06-03': 'Local elections',
  '2026-07-17': 'Constitution Day',
  '2026-08-17': 'Liberation Day, in lieu',
  '2026-09-24': 'Chuseok',
  '2026-09-25': 'Chuseok',
  '2026-10-05': 'National Foundation Day, in lieu',
  '2026-10-09': 'Hangul Day',
  '2026-12-25': 'Christmas',
  '2026-12-31': 'End of the year',
  '2027-01-01': 'New Year',
  '2027-02-08': 'Seollal',
  '2027-02-09': 'Seollal, in lieu',
  '2027-03-01': 'Independence Movement Day',
  '2027-05-05': 'Children’s Day',
  '2027-05-13': 'Buddha’s Birthday',
  '2027-07-19': 'Constitution Day, in lieu',
  '2027-08-16': 'Liberation Day, in lieu',
  '2027-09-14': 'Chuseok',
  '2027-09-15': 'Chuseok',
  '2027-09-16': 'Chuseok',
  '2027-10-04': 'National Foundation Day, in lieu',
  '2027-10-11': 'Hangul Day, in lieu',
  '2027-12-27': 'Christmas, in lieu',
  '2027-12-31': 'End of the year',
}

export const MARKET_CALENDARS: Readonly<Record<CalendarId, Calendar>> = {
  krx: {
    zone: 'Asia/Seoul',
    source:
      'Hours: global.krx.co.kr, trading hours. Days: 관공서의 공휴일에 관한 규정 with its days in lieu, 5/1 and 12/31 by the market’s rules, computed for 2026 and 2027; 7/17 and the days in lieu of 2027 are not confirmed by a notice of the exchange.',
    week: weekdays(KRX_DAY),
    holidays: KRX_HOLIDAYS,
    special: {
      '2026-01-02': KRX_NEW_YEAR,
      '2026-11-19': KRX_EXAM,
      '2027-01-04': KRX_NEW_YEAR,
      '2027-11-18': KRX_EXAM,
    },
  },
  nxt: {
    zone: 'Asia/Seoul',
    source: 'Hours: nextrade.co.kr, 08:00–20:00 with its breaks. Days: as the Korea Exchange.',
    week: weekdays(NXT_DAY),
    holidays: KRX_HOLIDAYS,
    special: {},
  },
  us: {
    zone: 'America/New_York',
    source: 'nyse.com/markets/hours-calendars, holidays and early closings of 2026 and 2027; Nasdaq keeps the same.',
    week: weekdays(US_DAY),
    holidays: {
      '2026-01-01': 'New Year',
      '2026-01-19': 'Martin Luther King Day',
      '2026-02-16': 'Washington’s Birthday',
      '2026-04-03': 'Good Friday',
      '2026-05-25': 'Memorial Day',
      '2026-06-19': 'Juneteenth',
      '2026-07-03': 'Independence Day, observed',
      '2026-09-07': 'Labor Day',
      '2026-11-26': 'Thanksgiving',
      '2026-12-25': 'Christmas',
      '2027-01-01': 'New Year',
      '2027-01-18': 'Martin Luther King Day',
      '2027-02-15': 'Washington’s Birthday',
      '2027-03-26': 'Good Friday',
      '2027-05-31': 'Memorial Day',
      '2027-06-18': 'Juneteenth, observed',
      '2027-07-05': 'Independence Day, observed',
      '2027-09-06': 'Labor Day',
      '2027-11-25': 'Thanksgiving',
      '2027-12-24': 'Christmas, observed',
    },
    special: { '2026-11-27': US_SHORT, '2026-12-24': US_SHORT, '2027-11-26': US_SHORT },
  },
  fx: {
    zone: 'America/New_York',
    source: 'Currencies are dealt from Sunday 17:00 to Friday 17:00 in New York, by convention.',
    week: [
      [{ phase: 'regular', from: at(17), to: at(24) }],
      OPEN_ALL_DAY,
      OPEN_ALL_DAY,
      OPEN_ALL_DAY,
      OPEN_ALL_DAY,
      [{ phase: 'regular', from: 0, to: at(17) }],
      [],
    ],
    holidays: {},
    special: {},
  },
}
