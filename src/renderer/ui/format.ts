/** Numbers as the design writes them. Pure; the language is an argument. What is not given is a dash, never 0. */

import type { Decimal, Millis } from '../../shared/market.ts'
import type { Language } from '../i18n/index.ts'

export const NOT_GIVEN = '–'
export const MINUS = '−'

/** A number cut at its decimal point: the fraction (with its point, or '') stands dimmed in a slot of its own. */
export interface SplitNumber {
  readonly whole: string
  readonly fraction: string
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** Fractional digits of a tick size: 2 for '0.01', 0 for '1000'. */
export function decimalsOf(tick: Decimal | undefined): number {
  const point = tick?.indexOf('.') ?? -1
  return tick === undefined || point < 0 ? 0 : tick.length - point - 1
}

/** A price with at least `decimals` fractional digits, grouped, never rounded. */
export function splitPrice(value: Decimal, decimals = 0): SplitNumber {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.')
  const padded = fraction.padEnd(decimals, '0')
  return { whole: (negative ? MINUS : '') + grouped(whole), fraction: padded && `.${padded}` }
}

/** The same in one piece. */
export function formatPrice(value: Decimal | undefined, decimals = 0): string {
  if (value === undefined) return NOT_GIVEN
  const { whole, fraction } = splitPrice(value, decimals)
  return whole + fraction
}

/** A number with exactly `places` fractional digits, grouped: sizes (tape and book: 4), spreads. */
export function formatFixed(value: number | undefined, places: number): string {
  if (value === undefined || !Number.isFinite(value)) return NOT_GIVEN
  return formatPrice(value.toFixed(places), places)
}

/** A size in the base currency with at most `places` digits. */
export function formatSize(value: Decimal | undefined, places = 4): string {
  return formatFixed(value === undefined ? undefined : Number(value), places)
}

/** With its sign always: '+1.84', '−0.63', '0.00'. */
export function formatSigned(value: number | undefined, places = 2): string {
  if (value === undefined || !Number.isFinite(value)) return NOT_GIVEN
  const text = formatFixed(Math.abs(value), places)
  if (Number(text.replaceAll(',', '')) === 0) return text
  return (value > 0 ? '+' : MINUS) + text
}

/** A fraction as a change: 0.0184 is '+1.84%', nothing is '0.00%'. */
export function formatChange(fraction: number | undefined): string {
  if (fraction === undefined || !Number.isFinite(fraction)) return NOT_GIVEN
  return `${formatSigned(fraction * 100)}%`
}

/** A share: 0.9982 is '99.82%'. Below one it never reads 100. */
export function formatShare(fraction: number, places = 2): string {
  const scale = 10 ** places
  const percent = fraction * 100
  const shown = fraction < 1 && fraction > 0 ? Math.floor(percent * scale + 1e-9) / scale : percent
  return `${shown.toFixed(places)}%`
}

/** Exact up to seven digits, then K and M, or 만 and 억. */
export function formatCount(value: number, language: Language): string {
  if (value < 10_000_000) return grouped(String(Math.round(value)))
  if (language === 'ko') {
    if (value < 1e8) return `${grouped(String(Math.floor(value / 1e4)))}만`
    return `${formatFixed(value / 1e8, value < 1e10 ? 1 : 0)}억`
  }
  return value < 1e9 ? `${formatFixed(value / 1e6, 1)} M` : `${formatFixed(value / 1e9, 1)} B`
}

export type KrwUnits = 'plain' | 'man-eok'

/** A big amount of money: '411.3 B', or '4,113억' and '1조 2,840억'. */
export function formatMoney(value: number | undefined, units: KrwUnits): string {
  if (value === undefined || !Number.isFinite(value)) return NOT_GIVEN
  const size = Math.abs(value)
  const sign = value < 0 ? MINUS : ''
  return sign + (units === 'man-eok' ? inManEok(size) : inThousands(size))
}

function inManEok(value: number): string {
  if (value >= 1e12) {
    const rest = Math.floor((value % 1e12) / 1e8)
    const head = `${grouped(String(Math.floor(value / 1e12)))}조`
    return rest === 0 ? head : `${head} ${grouped(String(rest))}억`
  }
  if (value >= 1e8) return `${formatFixed(value / 1e8, value < 1e10 ? 1 : 0)}억`
  if (value >= 1e4) return `${formatFixed(value / 1e4, value < 1e6 ? 1 : 0)}만`
  return formatFixed(value, 0)
}

function inThousands(value: number): string {
  if (value >= 1e12) return `${formatFixed(value / 1e12, 2)} T`
  if (value >= 1e9) return `${formatFixed(value / 1e9, 1)} B`
  if (value >= 1e6) return `${formatFixed(value / 1e6, value < 1e8 ? 2 : 1)} M`
  return value >= 1e4 ? `${formatFixed(value / 1e3, 0)} K` : formatFixed(value, 0)
}

/** An amount in the one unit of its column: millions ('6.37'), or 만 ('637'). */
export function formatMoneyInColumn(value: number | undefined, units: KrwUnits): string {
  if (value === undefined) return NOT_GIVEN
  return units === 'man-eok' ? formatFixed(value / 1e4, 0) : formatFixed(value / 1e6, 2)
}

const AGE_UNITS = { en: ['s', 'm', 'h', 'd'], ko: ['초', '분', '시간', '일'] } as const

/** How old a value is, in one unit: '<1s', '14s', '2m', '3h'. */
export function formatAge(age: Millis | undefined, language: Language): string {
  if (age === undefined) return NOT_GIVEN
  const [s, m, h, d] = AGE_UNITS[language]
  const seconds = Math.floor(age / 1_000)
  if (seconds < 1) return `<1${s}`
  if (seconds < 60) return `${seconds}${s}`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${m}`
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}${h}` : `${Math.floor(seconds / 86_400)}${d}`
}

/** How long something took, in two units at most: '1 h 32 m', '1.8 s', '1시간 32분'. */
export function formatDuration(length: Millis, language: Language): string {
  const [s, m, h, d] = AGE_UNITS[language]
  const gap = language === 'en' ? ' ' : ''
  const two = (a: number, unitA: string, b: number, unitB: string) =>
    b === 0 ? `${a}${gap}${unitA}` : `${a}${gap}${unitA} ${b}${gap}${unitB}`
  if (length < 10_000) return `${(Math.floor(length / 100) / 10).toFixed(length % 1_000 < 100 ? 0 : 1)}${gap}${s}`
  const seconds = Math.floor(length / 1_000)
  if (seconds < 60) return `${seconds}${gap}${s}`
  if (seconds < 3_600) return two(Math.floor(seconds / 60), m, seconds % 60, s)
  if (seconds < 86_400) return two(Math.floor(seconds / 3_600), h, Math.floor((seconds % 3_600) / 60), m)
  return two(Math.floor(seconds / 86_400), d, Math.floor((seconds % 86_400) / 3_600), h)
}

/** A delay: whole milliseconds, seconds from 10,000 ms on. */
export function formatDelay(delay: Millis | undefined, language: Language): string {
  if (delay === undefined) return NOT_GIVEN
  if (Math.abs(delay) >= 10_000) return formatDuration(delay, language)
  return `${delay < 0 ? MINUS : ''}${grouped(String(Math.abs(Math.round(delay))))} ms`
}

/** A clock's offset: '+4 ms', '−6 ms'. */
export function formatSkew(skew: Millis | undefined): string {
  return skew === undefined ? NOT_GIVEN : `${formatSigned(Math.round(skew), 0)} ms`
}

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Decimal bytes, as disks count them: '1.9 GB'. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`
}

/** Messages a second: whole from 10 on, one digit below. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0'
  return perSecond < 10 ? perSecond.toFixed(1) : grouped(String(Math.round(perSecond)))
}
