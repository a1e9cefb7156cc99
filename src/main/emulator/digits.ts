/** Whole numbers of small units, and the many ways in which venues spell them. A value is `units` ÷ 10^`scale`. */

import type { Decimal } from '../../shared/market.ts'

type Units = number | bigint

/** With exactly `digits` fractional digits (at least `scale`): '106691000.00000000'. */
export function fixed(units: Units, scale: number, digits: number): string {
  const negative = units < 0
  const text = String(negative ? -units : units)
  const padded = scale === 0 ? text : text.padStart(scale + 1, '0')
  const cut = padded.length - scale
  const fraction = padded.slice(cut).padEnd(digits, '0')
  return `${negative ? '-' : ''}${padded.slice(0, cut)}${digits === 0 ? '' : `.${fraction}`}`
}

/** Canonical plain notation: no trailing fractional zeros. */
export function plain(units: Units, scale: number): Decimal {
  if (scale === 0) return String(units)
  return fixed(units, scale, scale).replace(/\.?0+$/, '')
}

/** As Java prints a double: '1.16539E8', '7.9276E-4', '127.0'. Upbit's servers do. */
export function javaDouble(units: Units, scale: number): string {
  const text = plain(units, scale)
  const value = Math.abs(Number(text))
  if (value === 0) return '0.0'
  if (value >= 1e-3 && value < 1e7) return text.includes('.') ? text : `${text}.0`
  const [mantissa = '0', exponent = '0'] = Number(text).toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}
