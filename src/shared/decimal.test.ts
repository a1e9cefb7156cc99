import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, isDecimal, isPositive, toDecimal } from './decimal.ts'

describe('toDecimal', () => {
  test.each([
    ['116539000', '116539000'],
    ['1.16539E8', '116539000'],
    ['7.9276E-4', '0.00079276'],
    ['5.485e-05', '0.00005485'],
    ['0.00077720', '0.0007772'],
    ['106691000.00000000', '106691000'],
    ['123456789.123456789', '123456789.123456789'],
    ['0.00001234', '0.00001234'],
    ['100', '100'],
    ['-1.50', '-1.5'],
    ['-1.5e-1', '-0.15'],
    ['12.5e-1', '1.25'],
    ['12.5E+1', '125'],
    ['0.0015e3', '1.5'],
    ['0.05e1', '0.5'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0E-10', '0'],
    ['17883351803770004', '17883351803770004'],
  ])('writes %s as %s', (text, canonical) => {
    expect(toDecimal(text)).toBe(canonical)
  })

  test.each([
    '',
    '-',
    '.',
    '1.',
    '.5',
    '01',
    '-01',
    '+1',
    '1e',
    '1e+',
    'e5',
    '1.e5',
    '1e5.5',
    '1e5e5',
    '1..2',
    '1.2.3',
    '--1',
    ' 1',
    '1 ',
    '1,000',
    '0x10',
    'NaN',
    'Infinity',
    '１',
  ])('refuses "%s"', (text) => {
    expect(() => toDecimal(text)).toThrow(RangeError)
  })

  test('refuses what would be absurdly long', () => {
    for (const text of ['1e101', '1e-101', '1e999999999999', '9'.repeat(101), `0.${'1'.repeat(101)}`, '-1e400'])
      expect(() => toDecimal(text)).toThrow(RangeError)
    expect(toDecimal(`1.${'0'.repeat(5_000)}`)).toBe('1')
  })

  test('keeps the value of any number that JSON can write, in canonical form', () => {
    const exponent = fc.integer({ min: -30, max: 30 })
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), exponent, exponent, (digits, point, power) => {
        const value = toDecimal(`${digits}e${point}`)
        expect(isDecimal(value)).toBe(true)
        expect(toDecimal(value)).toBe(value)
        // Two spellings of one value are one text.
        expect(toDecimal(`${value}E${power}`)).toBe(toDecimal(`${digits}e${point + power}`))
        expect(Number(value)).toBe(Number(`${digits}e${point}`))
      }),
      { numRuns: 5_000 },
    )
  })
})

test('a canonical decimal is told from other spellings', () => {
  const canonical = ['0', '1', '10', '-1.5', '0.0007772', '-0.1', '100.01']
  const others = ['', '-0', '00', '1.0', '1.', '.5', '+1', '1e5', '0.0', '-0.0', '01', '1.10', ' 1']
  expect(canonical.filter((text) => !isDecimal(text))).toEqual([])
  expect(others.filter((text) => isDecimal(text))).toEqual([])
})

test('decimals are ordered by value, not as texts', () => {
  const ordered = [
    '-100',
    '-99.5',
    '-99',
    '-0.1',
    '-0.01',
    '0',
    '0.00001',
    '0.0001',
    '0.1',
    '1',
    '1.05',
    '1.1',
    '2',
    '9.9',
    '10',
    '100.5',
  ]
  expect(ordered.toReversed().toSorted(compareDecimals)).toEqual(ordered)
  expect(compareDecimals('1.5', '1.5')).toBe(0)
})

test('decimals compare as their scaled integers do', () => {
  const scaled = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
  fc.assert(
    fc.property(scaled, scaled, (left, right) => {
      const expected = left === right ? 0 : left < right ? -1 : 1
      expect(Math.sign(compareDecimals(toDecimal(`${left}e-6`), toDecimal(`${right}e-6`)))).toBe(expected)
    }),
    { numRuns: 5_000 },
  )
})

test('only what is above zero is positive', () => {
  expect(['0.00000001', '1'].every(isPositive)).toBe(true)
  expect(['0', '-1', '-0.1'].some(isPositive)).toBe(false)
})
