import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, divideDecimals, formatExact, multiplyDecimals, parseExact, sumDecimals } from './exact.ts'
import { ExactSum, mantissaOf, scaleOf } from './exact-sum.ts'
import { isDecimal } from './decimal.ts'
import type { Decimal } from './market.ts'

/** Decimals as venues print them: mostly short, some with 18 fractional digits, some too long for a double. */
const decimal = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.bigInt(0n, 10n ** 9n) },
      { weight: 3, arbitrary: fc.bigInt(0n, 10n ** 16n) },
      { weight: 1, arbitrary: fc.bigInt(0n, 10n ** 27n) },
    ),
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 8 }) },
      { weight: 2, arbitrary: fc.integer({ min: 9, max: 18 }) },
    ),
  )
  .map(([mantissa, scale]) => formatExact(mantissa, scale))

/** A value in units of 10^-40, made without the code under test. */
function reference(value: Decimal): bigint {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.')
  const units = BigInt(whole + fraction.padEnd(40, '0'))
  return value.startsWith('-') ? -units : units
}

function sumOfOne(value: Decimal): Decimal {
  const sum = new ExactSum()
  sum.add(value)
  return sum.toDecimal()
}

test('A-11 100,000 sums of price × size differ from a BigInt reference in none', () => {
  let cases = 0
  fc.assert(
    fc.property(fc.array(fc.tuple(decimal, decimal), { minLength: 1, maxLength: 12 }), fc.nat(10), (trades, scale) => {
      const volume = new ExactSum(scale)
      const turnover = new ExactSum(scale * 2)
      let expectedVolume = 0n
      let expectedTurnover = 0n
      for (const [price, size] of trades) {
        cases += 1
        const left = mantissaOf(price, scale)
        const right = mantissaOf(size, scale)
        if (turnover.scale > scale * 2 || Number.isNaN(left) || Number.isNaN(right))
          turnover.add(multiplyDecimals(price, size))
        else turnover.addProduct(left, right)
        volume.add(size)
        expectedVolume += reference(size)
        expectedTurnover += (reference(price) * reference(size)) / 10n ** 40n
      }
      return (
        isDecimal(volume.toDecimal()) &&
        isDecimal(turnover.toDecimal()) &&
        reference(volume.toDecimal()) === expectedVolume &&
        reference(turnover.toDecimal()) === expectedTurnover
      )
    }),
    { numRuns: 16_000, seed: 11 },
  )
  expect(cases).toBeGreaterThan(100_000)
})

test('A-11 a sum stays exact where a double would have lost units long ago', () => {
  const sum = new ExactSum(9)
  for (let count = 0; count < 100_000; count += 1) sum.add('123456789.123456789')
  sum.add('0.00001234')
  expect(sum.toDecimal()).toBe('12345678912345.67891234')
})

test('A-11 small and large values leave a sum as the text that went in', () => {
  const values = [
    '0',
    '0.00001234',
    '123456789.123456789',
    '0.000000000000000001',
    '9007199254740993',
    '-1.5',
    '116539000',
  ]
  expect(values.map(sumOfOne)).toEqual(values)
})

test('sums grow past two doubles', () => {
  const sum = new ExactSum(0)
  for (let count = 0; count < 5_000; count += 1) sum.addProduct(2 ** 51 - 1, 2 ** 51 - 1)
  expect(sum.toDecimal()).toBe(String(5_000n * (2n ** 51n - 1n) ** 2n))
  const split = new ExactSum(0)
  for (let count = 0; count < 5_000; count += 1) split.addProduct(143_250_000, 99_999_999_999)
  expect(split.toDecimal()).toBe(String(5_000n * 143_250_000n * 99_999_999_999n))
})

test('a mantissa is exact or NaN', () => {
  const cases: [Decimal, number][] = [
    ['95568.29', 2],
    ['95568.3', 2],
    ['116539000', 0],
    ['0.00001234', 8],
    ['4503599627370495', 0],
    ['4503599627370496', 0],
    ['1.234', 2],
    ['450359962.7', 8],
    ['-1', 0],
    ['1', 30],
  ]
  expect(cases.map(([text, scale]) => mantissaOf(text, scale))).toEqual([
    9556829,
    9556830,
    116539000,
    1234,
    4503599627370495,
    NaN,
    NaN,
    NaN,
    NaN,
    NaN,
  ])
  expect(['5', '5.25', '0.00001234'].map(scaleOf)).toEqual([0, 2, 8])
})

test('quotients have at most 12 fractional digits, ties go to the even one', () => {
  const cases: [Decimal, Decimal, Decimal][] = [
    ['1', '3', '0.333333333333'],
    ['2', '3', '0.666666666667'],
    ['1', '8', '0.125'],
    ['0.000000000001', '2', '0'],
    ['0.000000000003', '2', '0.000000000002'],
    ['0.000000000005', '2', '0.000000000002'],
    ['-0.000000000003', '2', '-0.000000000002'],
    ['-1', '3', '-0.333333333333'],
    ['1', '-3', '-0.333333333333'],
    ['10000000000000000000000', '0.5', '20000000000000000000000'],
    ['0', '7', '0'],
  ]
  for (const [dividend, divisor, quotient] of cases)
    expect([dividend, divisor, divideDecimals(dividend, divisor)]).toEqual([dividend, divisor, quotient])
  expect(() => divideDecimals('1', '0')).toThrow(RangeError)
  expect(divideDecimals('2', '3', 2)).toBe('0.67')
})

test('a quotient is never further from the true value than half its last digit', () => {
  fc.assert(
    fc.property(
      decimal,
      decimal.filter((value) => value !== '0'),
      (dividend, divisor) => {
        const quotient = divideDecimals(dividend, divisor)
        const error = reference(dividend) * 10n ** 40n - reference(quotient) * reference(divisor)
        return isDecimal(quotient) && (error < 0n ? -error : error) * 2n <= reference(divisor) * 10n ** 28n
      },
    ),
  )
})

test('sums and products of text are exact and canonical', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3')
  expect(addDecimals('1.5', '-1.5')).toBe('0')
  expect(sumDecimals([])).toBe('0')
  expect(sumDecimals(['0.00001234', '123456789.123456789', '-0.000000001'])).toBe('123456789.123469128')
  expect(multiplyDecimals('143250000', '0.00012345')).toBe('17684.2125')
  expect(multiplyDecimals('-0.5', '0.2')).toBe('-0.1')
  expect(formatExact(-5n, 3)).toBe('-0.005')
  expect(parseExact('-0.005')).toEqual({ mantissa: -5n, scale: 3 })
})
