import { formatExact, parseExact, placePoint } from './exact.ts'
import type { Exact } from './exact.ts'
import type { Decimal } from './market.ts'

const MINUS = 45
const POINT = 46
const ZERO = 48

/** Integers below it can be added in pairs without leaving the range in which a double is exact. */
const LIMIT = 2 ** 52
/** Unit of a sum's upper half. Two factors split at it have partial products below LIMIT on all but odd markets. */
const BASE = 1e7
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/** Number of fractional digits of a canonical decimal. */
export function scaleOf(value: Decimal): number {
  const point = value.indexOf('.')
  return point === -1 ? 0 : value.length - point - 1
}

/** The integer value × 10^scale where a double below 2^52 holds it exactly, else NaN. NaN too for negative values. */
export function mantissaOf(value: Decimal, scale: number): number {
  const length = value.length
  let mantissa = 0
  let at = 0
  let code = value.charCodeAt(0)
  if (code === MINUS) return NaN
  while (code !== POINT) {
    mantissa = mantissa * 10 + (code - ZERO)
    if (++at === length) return exactly(mantissa * (POWERS[scale] ?? NaN))
    code = value.charCodeAt(at)
  }
  const fraction = length - at - 1
  if (fraction > scale) return NaN
  while (++at < length) mantissa = mantissa * 10 + (value.charCodeAt(at) - ZERO)
  return exactly(mantissa * (POWERS[scale - fraction] ?? NaN))
}

// What outgrew a double was rounded, but never to below the limit.
function exactly(mantissa: number): number {
  return mantissa < LIMIT ? mantissa : NaN
}

/**
 * A sum of decimals that stays exact at any size, made for millions of additions a second: it lives in two doubles that
 * hold integers, and what they cannot hold goes into a BigInt.
 */
export class ExactSum {
  /** Fractional digits of the mantissas that it adds. Grows by widen, and by add where a value has more. */
  scale: number
  private low = 0
  private high = 0
  private rest = 0n

  constructor(scale = 0) {
    this.scale = scale
  }

  /** Adds a mantissa of this sum's scale (see mantissaOf). */
  addMantissa(mantissa: number): void {
    this.low += mantissa
    if (this.low >= LIMIT) this.carry()
  }

  /** Adds the product of two mantissas whose scales add up to this sum's. */
  addProduct(left: number, right: number): void {
    const product = left * right
    if (product < LIMIT) {
      this.addMantissa(product)
      return
    }
    const large = left > right ? left : right
    const small = left > right ? right : left
    const top = Math.floor(large / BASE)
    const lower = small * (large - top * BASE)
    const upper = small * top
    if (lower < LIMIT && upper < LIMIT) {
      this.high += upper
      this.addMantissa(lower)
      if (this.high >= LIMIT) this.spill()
    } else {
      this.rest += BigInt(left) * BigInt(right)
    }
  }

  /** Adds any decimal, at whatever scale. */
  add(value: Decimal): void {
    const mantissa = mantissaOf(value, this.scale)
    if (Number.isNaN(mantissa)) this.addExact(parseExact(value))
    else this.addMantissa(mantissa)
  }

  addExact(value: Exact): void {
    this.widen(value.scale)
    this.rest += value.mantissa * 10n ** BigInt(this.scale - value.scale)
  }

  /** Takes more fractional digits from now on. */
  widen(scale: number): void {
    if (scale <= this.scale) return
    this.rest = this.exact().mantissa * 10n ** BigInt(scale - this.scale)
    this.scale = scale
    this.low = 0
    this.high = 0
  }

  exact(): Exact {
    return { mantissa: BigInt(this.low) + BigInt(this.high) * BigInt(BASE) + this.rest, scale: this.scale }
  }

  toDecimal(): Decimal {
    if (this.high === 0 && this.rest === 0n) return placePoint(String(this.low), this.scale)
    return formatExact(this.exact().mantissa, this.scale)
  }

  private carry(): void {
    const top = Math.floor(this.low / BASE)
    this.low -= top * BASE
    this.high += top
    if (this.high >= LIMIT) this.spill()
  }

  private spill(): void {
    this.rest += BigInt(this.high) * BigInt(BASE)
    this.high = 0
  }
}
