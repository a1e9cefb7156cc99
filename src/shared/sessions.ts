/** When a market trades: which calendar a market follows, and where in its day a moment lies. */

import type { InstrumentKey, Millis, Phase } from './market.ts'
import { DAY, HOUR, pairOf, venueOf } from './market.ts'
import type { Calendar, CalendarId } from './session-calendars.ts'
import { MARKET_CALENDARS } from './session-calendars.ts'

/** Symbols by venue, first match. What no row takes never closes: coins, futures, and exchanges whose hours are not held here. */
const FOLLOWS: Readonly<Record<string, readonly (readonly [symbols: RegExp, calendar: CalendarId])[]>> = {
  kis: [
    [/\.NX$/, 'nxt'],
    [/^(\d[0-9A-Z]{5}|Q\d{6})$/, 'krx'],
    [/^[A-Z]{1,5}(\.[A-Z])?$/, 'us'],
  ],
  yahoo: [
    [/\.K[SQ]$|^\^K[SQ]\d/, 'krx'],
    [/^[A-Z]{3}\/[A-Z]{3}$/, 'fx'],
    [/^\^(GSPC|DJI|IXIC|NDX|RUT|SOX|VIX)$/, 'us'],
    [/^[A-Z]{1,5}(-[A-Z])?$/, 'us'],
  ],
}

/** The calendar that a market follows; undefined: it is always open, as far as is known. */
export function calendarOf(instrument: InstrumentKey): CalendarId | undefined {
  const symbol = pairOf(instrument)
  return FOLLOWS[venueOf(instrument)]?.find(([symbols]) => symbols.test(symbol))?.[1]
}

/** Where a moment lies in a calendar's day. */
export function phaseAt(id: CalendarId, moment: Millis): Exclude<Phase, 'halted'> {
  const calendar = MARKET_CALENDARS[id]
  const local = moment + offsetAt(calendar.zone, moment)
  const day = Math.floor(local / DAY)
  const inDay = local - day * DAY
  for (const { phase, from, to } of sessionsOn(calendar, day)) if (inDay >= from && inDay < to) return phase
  return 'closed'
}

/** Whether a market is out of all its sessions: nothing is to be expected of it, and nothing is missing. */
export function isClosed(instrument: InstrumentKey, moment: Millis): boolean {
  const calendar = calendarOf(instrument)
  return calendar !== undefined && phaseAt(calendar, moment) === 'closed'
}

/** The sessions of a local day, counted from the epoch. */
function sessionsOn(calendar: Calendar, day: number) {
  const date = new Date(day * DAY).toISOString().slice(0, 10)
  if (Object.hasOwn(calendar.holidays, date)) return []
  return calendar.special[date] ?? calendar.week[(day + THURSDAY) % 7] ?? []
}

/** The epoch was a Thursday. */
const THURSDAY = 4

function offsetAt(zone: Calendar['zone'], moment: Millis): Millis {
  if (zone === 'Asia/Seoul') return 9 * HOUR
  return isSummer(moment) ? -4 * HOUR : -5 * HOUR
}

/** The United States' summer time: second Sunday of March to first Sunday of November, each at 02:00 local time. */
function isSummer(moment: Millis): boolean {
  const year = new Date(moment).getUTCFullYear()
  return moment >= sunday(year, 2, 2) + 7 * HOUR && moment < sunday(year, 10, 1) + 6 * HOUR
}

function sunday(year: number, month: number, nth: number): Millis {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1))
}
