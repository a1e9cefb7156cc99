/** The formats in the language, units and zone of the settings. */

import { useMemo } from 'react'
import type { Millis } from '../../shared/market.ts'
import { useSettings } from '../bridge/settings-store.ts'
import type { Language } from '../i18n/index.ts'
import { languageOf } from '../i18n/index.ts'
import type { KrwUnits } from './format.ts'
import { formatAge, formatCount, formatDelay, formatDuration, formatMoney, formatMoneyInColumn } from './format.ts'
import type { Zone } from './zone.ts'
import { formatClock, formatClockMillis, formatDate, formatDateTime, formatMinute, zoneName } from './zone.ts'

export interface Format {
  readonly language: Language
  readonly zone: Zone
  readonly krwUnits: KrwUnits
  age(age: Millis | undefined): string
  duration(length: Millis): string
  delay(delay: Millis | undefined): string
  count(value: number): string
  /** KRW in the chosen units. */
  krw(value: number | undefined): string
  /** KRW in the one unit of a column: M, or 만. */
  krwInColumn(value: number | undefined): string
  clock(at: Millis): string
  /** To the millisecond. */
  clockMillis(at: Millis): string
  minute(at: Millis): string
  date(at: Millis): string
  dateTime(at: Millis): string
  zoneName(at: Millis): string
}

/** A format for everything that depends on the settings. Stable while they are. */
export function useFormat(): Format {
  const settings = useSettings()
  const { zone } = settings
  const language = languageOf(settings.language)
  const krwUnits = settings.krwUnits ?? (language === 'ko' ? 'man-eok' : 'plain')
  return useMemo(
    () => ({
      language,
      zone,
      krwUnits,
      age: (age) => formatAge(age, language),
      duration: (length) => formatDuration(length, language),
      delay: (delay) => formatDelay(delay, language),
      count: (value) => formatCount(value, language),
      krw: (value) => formatMoney(value, krwUnits),
      krwInColumn: (value) => formatMoneyInColumn(value, krwUnits),
      clock: (at) => formatClock(at, zone),
      clockMillis: (at) => formatClockMillis(at, zone),
      minute: (at) => formatMinute(at, zone),
      date: (at) => formatDate(at, zone),
      dateTime: (at) => formatDateTime(at, zone),
      zoneName: (at) => zoneName(at, zone),
    }),
    [language, zone, krwUnits],
  )
}
