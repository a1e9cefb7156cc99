/** Venue times: Unix time in any of the units that venues use, told apart by magnitude, or RFC 3339 with its zone. */

import type { Millis } from '../../shared/market.ts'

const EARLIEST: Millis = Date.UTC(2009, 0, 1) // there was no market before Bitcoin
const LATEST: Millis = Date.UTC(2100, 0, 1)

/** Digits of the whole part → digits beyond the millisecond (below zero: digits to add). */
const FINER: Readonly<Record<number, number>> = { 10: -3, 13: 0, 16: 3, 19: 6 }

const UNIX = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:\.(\d+))?$/
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/

const ZERO = 48
const NINE = 57
const COLON = 58
const POINT = 46
const T = 84
const Z = 90

/** A venue's time floored to the millisecond, or undefined where it is no time between 2009 and 2100. */
export function toMillis(text: string): Millis | undefined {
  const millis = text.length === 13 ? wholeNumber(text) : Number.NaN
  const at = Number.isNaN(millis) ? anyMillis(text) : millis // '1790000000.12' has thirteen characters too
  return at >= EARLIEST && at < LATEST ? at : undefined
}

/** Whether a time that `toMillis` reads says more than the millisecond. */
export function isFiner(text: string): boolean {
  if (text.length <= 13) return false
  if (text.charCodeAt(10) === T) return text.charCodeAt(19) === POINT && digitsEnd(text, 20) > 23
  const unix = UNIX.exec(text)
  return unix !== null && (FINER[unix[1]?.length ?? 0] ?? 0) + (unix[2]?.length ?? 0) > 0
}

function anyMillis(text: string): number {
  if (text.charCodeAt(10) === T) return utcMillis(text) ?? calendarMillis(text)
  const unix = UNIX.exec(text)
  if (unix === null) return calendarMillis(text)
  const [, whole = '', fraction = ''] = unix
  const finer = FINER[whole.length] ?? 0
  const millis = finer < 0 ? whole + fraction.padEnd(3, '0').slice(0, 3) : whole.slice(0, whole.length - finer)
  return Number(millis)
}

/** The day that was asked for last: nearly all times of an hour are of one. */
const lastDay = { text: 'none', at: Number.NaN }

/** '2026-09-21T14:13:20.123456Z' in one pass; undefined: another spelling, or none at all. */
function utcMillis(text: string): number | undefined {
  const end = text.length - 1
  if (text.charCodeAt(end) !== Z || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined
  const isWhole = end === 19
  if (!isWhole && !(text.charCodeAt(19) === POINT && end > 20 && digitsEnd(text, 20) === end)) return undefined
  const hours = twoDigits(text, 11)
  const minutes = twoDigits(text, 14)
  const seconds = twoDigits(text, 17)
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return undefined
  if (!text.startsWith(lastDay.text)) {
    lastDay.text = text.slice(0, 10)
    lastDay.at = calendarMillis(`${lastDay.text}T00:00:00Z`)
  }
  let millis = 0
  for (let at = 20; at < 23; at += 1) millis = millis * 10 + (at < end ? text.charCodeAt(at) - ZERO : 0)
  return lastDay.at + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Where the digits that begin at `from` end. */
function digitsEnd(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at += 1
  return at
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
