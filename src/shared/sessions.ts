/** When a market trades: which calendar a market follows, and where in its day a moment lies. */

import type { GapRow } from './market-view.ts'
import type { InstrumentKey, Millis, Phase } from './market.ts'
import { DAY, HOUR, MINUTE, pairOf, venueOf } from './market.ts'
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

/** Longer than any holiday with the weekends around it. */
const SEARCHED: Millis = 14 * DAY

/** When a market that is closed at `moment` opens next; undefined where it is open, or never closes. */
export function nextOpening(instrument: InstrumentKey, moment: Millis): Millis | undefined {
  if (!isClosed(instrument, moment)) return undefined
  return openStretches(instrument, moment, moment + SEARCHED)[0]?.from
}

/** A venue's own word about where a market stands holds for so long; that it is halted holds for the session. */
const WORD_HOLDS: Millis = 2 * MINUTE

/** Where a market stands now: by the venue's own fresh word, else by the calendar. Undefined where neither says anything. */
export function phaseNow(
  instrument: InstrumentKey,
  told: { readonly at: Millis; readonly phase?: Phase } | undefined,
  now: Millis,
): Phase | undefined {
  const calendar = calendarOf(instrument)
  const known = calendar && phaseAt(calendar, now)
  if (told?.phase === undefined) return known
  const holds = now - told.at <= WORD_HOLDS || (told.phase === 'halted' && known !== 'closed')
  return holds ? told.phase : (known ?? told.phase)
}

/**
 * The local date of the regular session that has just ended at `moment` (within the minute): what is told then is the
 * day as it closed. Undefined at all other times.
 */
export function closingDate(id: CalendarId, moment: Millis): string | undefined {
  const calendar = MARKET_CALENDARS[id]
  const local = moment + offsetAt(calendar.zone, moment)
  const day = Math.floor(local / DAY)
  const end = sessionsOn(calendar, day).find(({ phase }) => phase === 'regular')?.to
  const since = local - day * DAY - (end ?? Number.NaN)
  return since >= 0 && since < MINUTE ? dateOf(day) : undefined
}

/** A stretch of time, `to` exclusive. */
export interface Stretch {
  readonly from: Millis
  readonly to: Millis
}

/** When a market is open within [from, to), in order; all of it where it follows no calendar. */
export function openStretches(instrument: InstrumentKey, from: Millis, to: Millis): readonly Stretch[] {
  const id = calendarOf(instrument)
  if (id === undefined) return from < to ? [{ from, to }] : []
  const calendar = MARKET_CALENDARS[id]
  const stretches: Stretch[] = []
  const last = Math.floor((to + DAY) / DAY)
  for (let day = Math.floor((from - DAY) / DAY); day <= last; day += 1)
    for (const session of sessionsOn(calendar, day)) {
      const begin = Math.max(from, momentOf(calendar, day * DAY + session.from))
      const end = Math.min(to, momentOf(calendar, day * DAY + session.to))
      const before = stretches.at(-1)
      if (begin >= end) continue
      if (before?.to === begin) stretches[stretches.length - 1] = { from: before.from, to: end }
      else stretches.push({ from: begin, to: end })
    }
  return stretches
}

/** The moment of a local time: all sessions lie far from the hour in which the clocks change. */
function momentOf({ zone }: Calendar, local: Millis): Millis {
  return local - offsetAt(zone, local - offsetAt(zone, local))
}

/**
 * The gaps as far as the market was open: what is not dealt cannot be missed. A gap that is still open ends with its last
 * session before `to`, unless the market is open then. Unwatched time stays as it is.
 */
export function gapsInSessions(instrument: InstrumentKey, gaps: readonly GapRow[], to: Millis): readonly GapRow[] {
  if (calendarOf(instrument) === undefined) return gaps
  return gaps.flatMap((gap) => {
    if (gap.reason === 'unwatched') return [gap]
    const isOpen = gap.until === undefined && !isClosed(instrument, to - 1)
    const stretches = openStretches(instrument, gap.since, gap.until ?? to)
    return stretches.map(({ from, to: end }, nth): GapRow => {
      const { until: _until, ...rest } = gap
      return isOpen && nth === stretches.length - 1 ? { ...rest, since: from } : { ...rest, since: from, until: end }
    })
  })
}

/** The sessions of a local day, counted from the epoch. */
function sessionsOn(calendar: Calendar, day: number) {
  const date = dateOf(day)
  if (Object.hasOwn(calendar.holidays, date)) return []
  return calendar.special[date] ?? calendar.week[(day + THURSDAY) % 7] ?? []
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
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
