/** Days close to now by the words that one has for them. */

import type { Millis } from '../../shared/market.ts'
import { DAY } from '../../shared/market.ts'
import type { Language } from '../i18n/index.ts'
import type { Zone } from '../ui/zone.ts'
import { formatDate, startOfDay, zoneOffset } from '../ui/zone.ts'

/** A day has a word of ours, or is named by its weekday or, from a week on, by its date. */
export type NearDay = 'today' | 'tomorrow' | { readonly name: string }

const WEEKDAYS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }),
  ko: new Intl.DateTimeFormat('ko', { weekday: 'long', timeZone: 'UTC' }),
}

/** The day of a coming instant, on the calendar of a zone. */
export function nearDay(at: Millis, now: Millis, zone: Zone, language: Language): NearDay {
  // Rounded: a day on which the clocks change is an hour longer or shorter.
  const days = Math.round((startOfDay(at, zone) - startOfDay(now, zone)) / DAY)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  // After a week a weekday's name means another day, so that the date is said: '12-01'.
  if (days > 6) return { name: formatDate(at, zone).slice('2026-'.length) }
  return { name: WEEKDAYS[language].format(at + zoneOffset(at, zone)) }
}
