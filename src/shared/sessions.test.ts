import { expect, test } from 'vitest'
import type { InstrumentKey } from './market.ts'
import { HOUR, MINUTE } from './market.ts'
import type { CalendarId } from './session-calendars.ts'
import { CALENDARS, MARKET_CALENDARS } from './session-calendars.ts'
import {
  calendarOf,
  closingDate,
  gapsInSessions,
  isClosed,
  nextOpening,
  openStretches,
  phaseAt,
  phaseNow,
} from './sessions.ts'

const korea = (text: string) => Date.parse(`${text}+09:00`)
const phases = (calendar: CalendarId, moments: readonly number[]) => moments.map((at) => phaseAt(calendar, at))

test('each symbol follows the calendar of where it is dealt; coins, futures and unknown exchanges follow none', () => {
  const keys: readonly InstrumentKey[] = [
    'kis:005930',
    'kis:0001A0',
    'kis:005930.NX',
    'kis:AAPL',
    'kis:BRK.B',
    'kis:DHKS00700',
    'yahoo:005930.KS',
    'yahoo:247540.KQ',
    'yahoo:^KS11',
    'yahoo:AAPL',
    'yahoo:BRK-B',
    'yahoo:^GSPC',
    'yahoo:USD/KRW',
    'yahoo:BTC-USD',
    'yahoo:ES=F',
    'yahoo:7203.T',
    'upbit:BTC/KRW',
  ]
  expect(keys.map((key) => calendarOf(key) ?? '-').join(' ')).toBe(
    'krx krx nxt us us - krx krx krx us us us fx - - - -',
  )
})

test('the Korea Exchange: auction, session, after hours, night; weekends and holidays', () => {
  const day = '2026-11-23'
  const times = ['08:29:59', '08:30:00', '08:59:59', '09:00:00', '15:29:59', '15:30:00', '17:59:59', '18:00:00']
  expect(
    phases(
      'krx',
      times.map((time) => korea(`${day}T${time}`)),
    ),
  ).toEqual(['closed', 'pre', 'pre', 'regular', 'regular', 'after', 'after', 'closed'])
  const noons = ['2026-11-21', '2026-11-22', '2026-12-25', '2026-12-31', '2027-01-01', '2027-02-09', '2027-02-10']
  expect(
    phases(
      'krx',
      noons.map((date) => korea(`${date}T12:00:00`)),
    ),
  ).toEqual([...Array.from({ length: 6 }, () => 'closed'), 'regular'])
})

test('on the day of the entrance exam and the first of the year it opens an hour late', () => {
  expect(
    phases(
      'krx',
      ['2026-11-19T09:30:00', '2026-11-19T16:00:00', '2027-01-04T09:30:00', '2027-01-04T16:00:00'].map(korea),
    ),
  ).toEqual(['pre', 'regular', 'pre', 'after'])
})

test('the second market opens earlier and closes later, with breaks', () => {
  const times = ['07:59:59', '08:00:00', '08:50:00', '09:00:30', '15:20:00', '15:30:00', '19:59:59', '20:00:00']
  expect(
    phases(
      'nxt',
      times.map((time) => korea(`2026-11-23T${time}`)),
    ),
  ).toEqual(['closed', 'pre', 'closed', 'regular', 'closed', 'after', 'after', 'closed'])
})

test('New York opens at half past nine in summer and in winter', () => {
  const opens = [
    Date.UTC(2026, 2, 6, 14, 30),
    Date.UTC(2026, 2, 9, 13, 30),
    Date.UTC(2026, 9, 30, 13, 30),
    Date.UTC(2026, 10, 2, 14, 30),
  ]
  expect(opens.flatMap((at) => phases('us', [at - 1, at]))).toEqual(
    Array.from({ length: 4 }, () => ['pre', 'regular']).flat(),
  )
})

test('New York rests on its own holidays and closes early on some days', () => {
  const at = (month: number, day: number, hours: number, minutes = 0) => Date.UTC(2026, month, day, hours + 5, minutes)
  expect(phases('us', [at(10, 26, 12), at(10, 27, 12, 59), at(10, 27, 13), at(10, 27, 17), at(11, 25, 12)])).toEqual([
    'closed',
    'regular',
    'after',
    'closed',
    'closed',
  ])
})

test('currencies rest from Friday to Sunday afternoon in New York', () => {
  const friday = Date.UTC(2026, 10, 20, 22)
  expect(phases('fx', [friday - 1, friday, friday + 24 * HOUR, friday + 48 * HOUR - 1, friday + 48 * HOUR])).toEqual([
    'regular',
    'closed',
    'closed',
    'closed',
    'regular',
  ])
})

test('coins never close', () => {
  expect(isClosed('upbit:BTC/KRW', korea('2026-11-22T03:00:00'))).toBe(false)
  expect(isClosed('kis:005930', korea('2026-11-22T03:00:00'))).toBe(true)
})

test('a market’s open stretches over a holiday and a weekend', () => {
  const hours = ({ from, to }: { from: number; to: number }) =>
    [from, to].map((at) => new Date(at + 9 * HOUR).toISOString().slice(5, 16)).join(' ')
  expect(openStretches('kis:005930', korea('2026-12-24T12:00:00'), korea('2026-12-28T09:00:00')).map(hours)).toEqual([
    '12-24T12:00 12-24T18:00',
    '12-28T08:30 12-28T09:00',
  ])
  expect(openStretches('upbit:BTC/KRW', 5, 9)).toEqual([{ from: 5, to: 9 }])
})

test('a gap over a night is one of the evening and one of the morning; what is open stays open in a session only', () => {
  const since = korea('2026-11-23T17:00:00')
  const gaps = (until: number | undefined, to: number) =>
    gapsInSessions('kis:005930', [{ since, reason: 'disconnected', ...(until === undefined ? {} : { until }) }], to)
  const evening = { since, until: korea('2026-11-23T18:00:00'), reason: 'disconnected' }
  const morning = korea('2026-11-24T08:30:00')
  expect(gaps(korea('2026-11-24T09:00:00'), korea('2026-11-25T00:00:00'))).toEqual([
    evening,
    { since: morning, until: korea('2026-11-24T09:00:00'), reason: 'disconnected' },
  ])
  expect(gaps(undefined, korea('2026-11-24T03:00:00'))).toEqual([evening])
  expect(gaps(undefined, korea('2026-11-24T09:00:00'))).toEqual([evening, { since: morning, reason: 'disconnected' }])
  expect(gapsInSessions('upbit:BTC/KRW', [{ since, reason: 'silent' }], since + HOUR)).toEqual([
    { since, reason: 'silent' },
  ])
})

test('every date of a calendar is a real one on a weekday, named once, and says where it is from', () => {
  for (const id of CALENDARS) {
    const { holidays, special, source } = MARKET_CALENDARS[id]
    const dates = [...Object.keys(holidays), ...Object.keys(special)]
    const weekdays = dates.map((date) => new Date(`${date}T00:00:00Z`).getUTCDay())
    expect(weekdays.filter((day) => day === 0 || day === 6)).toEqual([])
    expect(dates.map((date) => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10))).toEqual(dates)
    expect(new Set(dates).size).toBe(dates.length)
    expect(source.length).toBeGreaterThan(20)
  }
})

test('the sessions of a day are in order and do not overlap', () => {
  for (const id of CALENDARS) {
    const { week, special } = MARKET_CALENDARS[id]
    for (const day of [...week, ...Object.values(special)])
      for (const [nth, { from, to }] of day.entries())
        expect([from < to, (day[nth - 1]?.to ?? 0) <= from, from % (MINUTE / 2)]).toEqual([true, true, 0])
  }
})

test('a closed market tells when it opens next, over weekends and holidays; an open one and one without hours tell nothing', () => {
  const opening = (key: InstrumentKey, at: string) => {
    const next = nextOpening(key, korea(at))
    return next === undefined ? undefined : new Date(next + 9 * HOUR).toISOString().slice(0, 16)
  }
  expect([
    opening('kis:005930', '2026-11-23T22:00:00'),
    opening('kis:005930', '2026-12-24T18:00:00'),
    opening('kis:AAPL', '2026-11-28T12:00:00'),
    opening('kis:005930', '2026-11-23T10:00:00'),
    opening('upbit:BTC/KRW', '2026-11-23T22:00:00'),
  ]).toEqual(['2026-11-24T08:30', '2026-12-28T08:30', '2026-11-30T18:00', undefined, undefined])
})

test('a venue’s fresh word about its market goes before the calendar, an old one after it; a halt holds for the session', () => {
  const night = korea('2026-11-23T22:00:00')
  const noon = korea('2026-11-23T12:00:00')
  const phase = (now: number, told?: { age: number; phase: 'regular' | 'halted' }) =>
    phaseNow('kis:005930', told && { at: now - told.age, phase: told.phase }, now)
  expect([
    phase(night),
    phase(night, { age: MINUTE, phase: 'regular' }),
    phase(night, { age: HOUR, phase: 'regular' }),
    phase(night, { age: HOUR, phase: 'halted' }),
    phase(noon, { age: HOUR, phase: 'halted' }),
    phaseNow('upbit:BTC/KRW', undefined, noon),
  ]).toEqual(['closed', 'regular', 'closed', 'closed', 'halted', undefined])
})

test('within a minute of the regular session’s end the day is known as it closed', () => {
  const times = ['2026-11-24T05:59:59', '2026-11-24T06:00:00', '2026-11-24T06:00:59', '2026-11-24T06:01:00']
  expect(times.map((time) => closingDate('us', korea(time)))).toEqual([
    undefined,
    '2026-11-23',
    '2026-11-23',
    undefined,
  ])
  // The day after Thanksgiving closes at one; on Saturdays nothing does.
  expect(
    ['2026-11-28T03:00:10', '2026-11-28T06:00:10', '2026-11-29T06:00:10'].map((time) => closingDate('us', korea(time))),
  ).toEqual(['2026-11-27', undefined, undefined])
})
