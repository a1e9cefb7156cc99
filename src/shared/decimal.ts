/** Exact decimal numbers as canonical text: what every price, size and volume is in memory, on disk and on the wire. */

import type { Decimal } from './market.ts'

const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57

/** Most digits, before and after the point together, of a number that is read. Nothing on a market comes near it, and sums stay cheap. */
const MAX_DIGITS = 100

/**
 * Canonical form of a number in JSON's spelling: '1.16539E8' → '116539000', '0.00077720' → '0.0007772', '-0.0' → '0'.
 * Throws RangeError where the text is no JSON number, or is absurdly long or large.
 */
export function toDecimal(text: string): Decimal {
  const length = text.length
  let at = text.charCodeAt(0) === MINUS ? 1 : 0
  const first = text.charCodeAt(at)
  if (!(first >= ZERO && first <= NINE)) throw notNumber(text)
  at += 1
  let code = text.charCodeAt(at)
  if (first !== ZERO) while (code >= ZERO && code <= NINE) code = text.charCodeAt(++at)
  if (at === length) return canonical(text)
  if (code !== POINT) return fromExponent(text, at)

  const point = at
  let kept = point // end of the digits that count
  code = text.charCodeAt(++at)
  for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) if (code !== ZERO) kept = at + 1
  if (at === point + 1) throw notNumber(text)
  if (at < length) return fromExponent(text, at)
  return canonical(kept === length ? text : text.slice(0, kept))
}

function canonical(text: string): Decimal {
  if (text.length > MAX_DIGITS) throw new RangeError(`A number has more than ${MAX_DIGITS} digits.`)
  return text === '-0' ? '0' : text
}

/** A number whose mantissa ends at `end`, where the exponent should begin. */
function fromExponent(text: string, end: number): Decimal {
  if (text[end] !== 'e' && text[end] !== 'E') throw notNumber(text)
  const signed = text[end + 1] === '-' || text[end + 1] === '+'
  const power = text.slice(end + (signed ? 2 : 1))
  if (!/^\d+$/.test(power)) throw notNumber(text)
  const exponent = Number(power)
  if (exponent > MAX_DIGITS) throw new RangeError(`The number ${text} is beyond 1e±${MAX_DIGITS}.`)
  return shift(toDecimal(text.slice(0, end)), text[end + 1] === '-' ? -exponent : exponent)
}

/** A canonical decimal times a power of ten. */
function shift(value: Decimal, exponent: number): Decimal {
  if (value === '0' || exponent === 0) return value
  const sign = value.charCodeAt(0) === MINUS ? '-' : ''
  const size = sign === '' ? value : value.slice(1)
  const whole = wholeDigits(size)
  const fraction = size.slice(whole + 1)
  if (exponent >= fraction.length) {
    const digits = size.slice(0, whole) + fraction.padEnd(exponent, '0')
    return canonical(sign + withoutLeadingZeros(digits))
  }
  const digits = size.slice(0, whole) + fraction
  const padded = digits.padStart(1 - whole - exponent + digits.length, '0')
  const point = padded.length - (fraction.length - exponent)
  return canonical(sign + withoutLeadingZeros(padded.slice(0, point)) + fractionOf(padded.slice(point)))
}

function withoutLeadingZeros(digits: string): string {
  return digits.charCodeAt(0) === ZERO ? digits.replace(/^0+(?=\d)/, '') : digits
}

function fractionOf(digits: string): string {
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '' : `.${kept}`
}

function notNumber(text: string): RangeError {
  return new RangeError(`"${text}" is not a decimal number.`)
}

const CANONICAL = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/

/** Whether a text is a decimal in canonical form. */
export function isDecimal(text: string): boolean {
  return CANONICAL.test(text)
}

/** Order of two canonical decimals by value: negative, 0 or positive. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  if (left === right) return 0
  const leftNegative = left.charCodeAt(0) === MINUS
  const rightNegative = right.charCodeAt(0) === MINUS
  if (leftNegative !== rightNegative) return leftNegative ? -1 : 1
  return leftNegative ? compareSizes(right.slice(1), left.slice(1)) : compareSizes(left, right)
}

// Without a sign, more whole digits is more; with as many, the texts sort as the numbers do.
function compareSizes(left: string, right: string): number {
  const digits = wholeDigits(left) - wholeDigits(right)
  if (digits !== 0) return digits
  return left < right ? -1 : 1
}

function wholeDigits(text: string): number {
  let at = 1
  while (at < text.length && text.charCodeAt(at) !== POINT) at += 1
  return at
}

/** Whether a canonical decimal is above zero. */
export function isPositive(value: Decimal): boolean {
  return value.charCodeAt(0) !== MINUS && value !== '0'
}
