/** Exact arithmetic on decimal text: sums, products and quotients that no rounding touches but the one that is asked for. */

import type { Decimal } from './market.ts'

/** The value mantissa × 10^−scale. */
export interface Exact {
  readonly mantissa: bigint
  readonly scale: number
}

/** Fractional digits of averages: bars say so in their contract. */
export const QUOTIENT_DIGITS = 12

/** A canonical decimal as an integer and its scale. */
export function parseExact(value: Decimal): Exact {
  const point = value.indexOf('.')
  if (point === -1) return { mantissa: BigInt(value), scale: 0 }
  return { mantissa: BigInt(value.slice(0, point) + value.slice(point + 1)), scale: value.length - point - 1 }
}

/** Canonical text of mantissa × 10^−scale. */
export function formatExact(mantissa: bigint, scale: number): Decimal {
  return mantissa < 0n ? `-${placePoint(String(-mantissa), scale)}` : placePoint(String(mantissa), scale)
}

/** Canonical text of a string of digits whose last `scale` are fractional. */
export function placePoint(digits: string, scale: number): Decimal {
  if (scale === 0) return digits
  const padded = digits.length > scale ? digits : digits.padStart(scale + 1, '0')
  const point = padded.length - scale
  let end = padded.length
  while (end > point && padded.charCodeAt(end - 1) === 48) end -= 1
  return end === point ? padded.slice(0, point) : `${padded.slice(0, point)}.${padded.slice(point, end)}`
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  return sumDecimals([left, right])
}

export function sumDecimals(values: readonly Decimal[]): Decimal {
  let mantissa = 0n
  let scale = 0
  for (const value of values) {
    const part = parseExact(value)
    if (part.scale > scale) {
      mantissa *= 10n ** BigInt(part.scale - scale)
      scale = part.scale
    }
    mantissa += part.mantissa * 10n ** BigInt(scale - part.scale)
  }
  return formatExact(mantissa, scale)
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  const a = parseExact(left)
  const b = parseExact(right)
  return formatExact(a.mantissa * b.mantissa, a.scale + b.scale)
}

/** Quotient with at most `digits` fractional digits, half-even. Throws RangeError where the divisor is 0. */
export function divideDecimals(dividend: Decimal, divisor: Decimal, digits: number = QUOTIENT_DIGITS): Decimal {
  return divideExact(parseExact(dividend), parseExact(divisor), digits)
}

/** As divideDecimals, of values that are taken apart already. */
export function divideExact(dividend: Exact, divisor: Exact, digits: number = QUOTIENT_DIGITS): Decimal {
  if (divisor.mantissa === 0n) throw new RangeError('A quotient by 0 has no value.')
  const shift = digits + divisor.scale - dividend.scale
  const top = shift > 0 ? dividend.mantissa * 10n ** BigInt(shift) : dividend.mantissa
  const bottom = shift < 0 ? divisor.mantissa * 10n ** BigInt(-shift) : divisor.mantissa
  const negative = top < 0n !== bottom < 0n
  const quotient = divideHalfEven(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom)
  return formatExact(negative ? -quotient : quotient, digits)
}

function divideHalfEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom
  const twice = (top - quotient * bottom) * 2n
  const up = twice > bottom || (twice === bottom && (quotient & 1n) === 1n)
  return up ? quotient + 1n : quotient
}
