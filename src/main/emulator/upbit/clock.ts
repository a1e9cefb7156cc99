/** The four ways in which Upbit writes a time. */

import type { Millis } from '../../../shared/market.ts'

const KST: Millis = 9 * 3_600_000

export interface TimeTexts {
  /** '2026-09-02' */
  readonly date: string
  /** '07:46:20' */
  readonly time: string
}

export function utc(at: Millis): TimeTexts {
  const text = new Date(at).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 19) }
}

export function kst(at: Millis): TimeTexts {
  return utc(at + KST)
}

/** '2026-09-02T07:46:20' */
export function stamp({ date, time }: TimeTexts): string {
  return `${date}T${time}`
}

/** '20260902' and '074620' */
export function bare({ date, time }: TimeTexts): TimeTexts {
  return { date: date.replaceAll('-', ''), time: time.replaceAll(':', '') }
}
