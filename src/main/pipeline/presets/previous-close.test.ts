import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { divideDecimals, formatExact, parseExact } from '../../../shared/exact.ts'
import { previousClose, subtract } from './previous-close.ts'

const ticker = (last: string, change?: string) =>
  ({ kind: 'ticker', last, ...(change !== undefined && { change }) }) as const

test('The close of the day before is the one price from which the venue’s change follows', () => {
  expect(previousClose(ticker('100000000', '0.0101010101'))).toBe('99000000')
  expect(previousClose(ticker('95568.29', '-0.00213'))).toBeUndefined()
  expect(previousClose(ticker('2.5', '0.25'))).toBe('2')
})

test('Without a change, or with one that no price or several prices fit, there is none', () => {
  expect(previousClose(ticker('100'))).toBeUndefined()
  expect(previousClose(ticker('100000000', '0.01'))).toBeUndefined()
  expect(previousClose(ticker('100', '-1'))).toBeUndefined()
})

test('A-11 what is found is the close that the change was made of, also where that has one digit more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2e9 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 2e9 }),
      fc.integer({ min: 0, max: 1 }),
      (mantissa, scale, closeMantissa, moreDigits) => {
        const last = formatExact(BigInt(mantissa), scale)
        const close = formatExact(BigInt(closeMantissa), parseExact(last).scale + moreDigits)
        const change = divideDecimals(subtract(last, close), close, 10)
        const found = previousClose(ticker(last, change))
        if (found !== undefined) expect(found).toBe(close)
      },
    ),
    { numRuns: 3_000 },
  )
})
