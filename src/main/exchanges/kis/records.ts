/** Records of KIS: texts in a fixed order. Each read checks what it returns and throws FrameError naming the field. */

import { isPositive, toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Millis } from '../../../shared/market.ts'
import { HOUR } from '../../../shared/market.ts'
import { FrameError } from '../exchange.ts'
import { owned } from '../fields.ts'

const KST: Millis = 9 * HOUR

/** One record. Fields are named by their place; `name` is KIS's own word for it. */
export class KisRecord {
  private readonly values: readonly string[]
  private readonly from: number

  constructor(values: readonly string[], from: number) {
    this.values = values
    this.from = from
  }

  text(place: number, name: string): string {
    const value = this.values[this.from + place]
    if (value === undefined || value === '') throw new FrameError('missing-field', `"${name}" is missing.`)
    return owned(value)
  }

  /** Absent where the field is empty. */
  optionalText(place: number): string | undefined {
    const value = this.values[this.from + place]
    return value === '' ? undefined : value
  }

  decimal(place: number, name: string): Decimal {
    return toKisDecimal(this.text(place, name), name)
  }

  positive(place: number, name: string): Decimal {
    const value = this.decimal(place, name)
    if (!isPositive(value)) throw new FrameError('bad-value', `"${name}" is not above zero but ${value}.`)
    return value
  }

  /** Zero or more. */
  amount(place: number, name: string): Decimal {
    const value = this.decimal(place, name)
    if (value !== '0' && !isPositive(value)) throw new FrameError('bad-value', `"${name}" is below zero: ${value}.`)
    return value
  }

  /** A price; absent where it is empty or 0, which is how KIS writes "none". */
  optionalPrice(place: number, name: string): Decimal | undefined {
    if (this.optionalText(place) === undefined) return undefined
    const value = this.amount(place, name)
    return value === '0' ? undefined : value
  }

  optionalAmount(place: number, name: string): Decimal | undefined {
    return this.optionalText(place) === undefined ? undefined : this.amount(place, name)
  }

  /** A percentage as a fraction; absent where it is empty. */
  fraction(place: number, name: string): Decimal | undefined {
    const text = this.optionalText(place)
    return text === undefined ? undefined : toFraction(text, name)
  }

  /** A date and a time of day in Korea. */
  moment(date: number, time: number): Millis {
    return toMoment(this.text(date, 'date'), this.text(time, 'time'))
  }
}

/** '-7.22' → '-0.0722'. */
export function toFraction(percent: string, name: string): Decimal {
  return toKisDecimal(`${toKisDecimal(percent, name)}e-2`, name)
}

export function toKisDecimal(text: string, name: string): Decimal {
  try {
    return owned(toDecimal(text))
  } catch {
    throw new FrameError('bad-number', `"${name}" is no number.`)
  }
}

/** '20260724', '115214' in Korea, which knows no summer time. Whole seconds: KIS tells no more. */
export function toMoment(date: string, time: string): Millis {
  const parts = /^(20\d\d)(\d\d)(\d\d) ([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(`${date} ${time}`)
  if (parts === null) throw new FrameError('bad-time', 'Date and time are none.')
  const [year = 0, month = 0, day = 0, hours, minutes, seconds] = parts.slice(1).map(Number)
  const at = Date.UTC(year, month - 1, day, hours, minutes, seconds)
  if (new Date(at).getUTCDate() !== day) throw new FrameError('bad-time', 'The date is none.')
  return at - KST
}

/** The date in Korea at a moment: '20260724'. Throws FrameError where the moment is not known. */
export function toKoreanDate(at: Millis): string {
  if (!Number.isFinite(at)) throw new FrameError('bad-time', 'The day of the answer is not known.')
  return new Date(at + KST).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The time of day in Korea: '115214'. */
export function toKoreanTime(at: Millis): string {
  return new Date(at + KST).toISOString().slice(11, 19).replaceAll(':', '')
}
