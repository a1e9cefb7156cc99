/** Venue times: Unix time in any of the units that venues use, told apart by magnitude, or RFC 3339 with its zone. */

import type { Millis } from '../../shared/market.ts'

const EARLIEST: Millis = Date.UTC(2009, 0, 1) // there was no market before Bitcoin
const LATEST: Millis = Date.UTC(2100, 0, 1)

/** Digits of the whole part → digits beyond the millisecond (below zero: digits to add). */
const FINER: Readonly<Record<number, number>> = { 10: -3, 13: 0, 16: 3, 19: 6 }

const UNIX = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:\.(\d+))?$/
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/

/** A venue's time floored to the millisecond, or undefined where it is no time between 2009 and 2100. */
export function toMillis(text: string): Millis | undefined {
  const at = text.length === 13 ? wholeNumber(text) : anyMillis(text)
  return at >= EARLIEST && at < LATEST ? at : undefined
}

/** Whether a time that `toMillis` reads says more than the millisecond. */
export function isFiner(text: string): boolean {
  if (text.length <= 13) return false
  const unix = UNIX.exec(text)
  if (unix !== null) return (FINER[unix[1]?.length ?? 0] ?? 0) + (unix[2]?.length ?? 0) > 0
  return (RFC_3339.exec(text)?.[4]?.length ?? 0) > 3
}

function anyMillis(text: string): number {
  const unix = UNIX.exec(text)
  if (unix === null) return calendarMillis(text)
  const [, whole = '', fraction = ''] = unix
  const finer = FINER[whole.length] ?? 0
  const millis = finer < 0 ? whole + fraction.padEnd(3, '0').slice(0, 3) : whole.slice(0, whole.length - finer)
  return Number(millis)
}

function calendarMillis(text: string): number {
  const date = RFC_3339.exec(text)
  if (date === null) return Number.NaN
  const daysInMonth = new Date(Date.UTC(Number(date[1]), Number(date[2]), 0)).getUTCDate()
  return Number(date[3]) > daysInMonth ? Number.NaN : Date.parse(text) // Date.parse takes 31 February for 3 March
}

function wholeNumber(digits: string): number {
  let value = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
