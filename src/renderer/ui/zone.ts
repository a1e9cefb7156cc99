/** Instants on the chosen clock: 24 hours, ISO dates, the zone named beside. */

import type { Millis } from '../../shared/market.ts'
import { HOUR, MINUTE } from '../../shared/market.ts'
import type { Settings } from '../../shared/settings.ts'

export type Zone = Settings['zone']

/** What to add to UTC to get the clock of a zone at an instant. Korea has no daylight saving. */
export function zoneOffset(at: Millis, zone: Zone): Millis {
  if (zone === 'KST') return 9 * HOUR
  return zone === 'UTC' ? 0 : -new Date(at).getTimezoneOffset() * MINUTE
}

/** 'KST', 'UTC', or the offset of the local clock: 'UTC+2', 'UTC+5:30'. */
export function zoneName(at: Millis, zone: Zone): string {
  if (zone !== 'local') return zone
  const minutes = zoneOffset(at, zone) / MINUTE
  if (minutes === 0) return 'UTC'
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

const isoIn = (at: Millis, zone: Zone): string => new Date(at + zoneOffset(at, zone)).toISOString()

/** '14:32:08' */
export function formatClock(at: Millis, zone: Zone): string {
  return isoIn(at, zone).slice(11, 19)
}

/** '14:32:08.123' */
export function formatClockMillis(at: Millis, zone: Zone): string {
  return isoIn(at, zone).slice(11, 23)
}

/** '14:32' */
export function formatMinute(at: Millis, zone: Zone): string {
  return isoIn(at, zone).slice(11, 16)
}

/** '2026-11-23' */
export function formatDate(at: Millis, zone: Zone): string {
  return isoIn(at, zone).slice(0, 10)
}

/** '2026-11-23 14:32:08' */
export function formatDateTime(at: Millis, zone: Zone): string {
  return isoIn(at, zone).slice(0, 19).replace('T', ' ')
}

/** Midnight of the day of an instant. */
export function startOfDay(at: Millis, zone: Zone): Millis {
  return parseDateTime(`${formatDate(at, zone)} 00:00:00`, zone) ?? at
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/

/** An instant from '2026-11-23 14:32:08' (seconds may be left out) on a zone's clock; undefined where that is none. */
export function parseDateTime(text: string, zone: Zone): Millis | undefined {
  const match = DATE_TIME.exec(text.trim())
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const utc = Date.UTC(year, month - 1, day, hour, minute, second)
  if (new Date(utc).toISOString().slice(0, 10) !== `${match[1]}-${match[2]}-${match[3]}`) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  // The offset in force then, found from a first guess: right but for the hour that a clock change skips or repeats.
  return utc - zoneOffset(utc - zoneOffset(utc, zone), zone)
}
