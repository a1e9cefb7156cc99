import { expect, test } from 'vitest'
import { krxFundStep, krxShareStep, krxStep } from './krx-steps.ts'

test.each([
  ['1', '1'],
  ['1999', '1'],
  ['2000', '5'],
  ['4995', '5'],
  ['5000', '10'],
  ['19990', '10'],
  ['20000', '50'],
  ['49950', '50'],
  ['50000', '100'],
  ['199900', '100'],
  ['200000', '500'],
  ['499500', '500'],
  ['500000', '1000'],
  ['1250000', '1000'],
])('a share at %s won moves by %s', (price, step) => {
  expect(krxShareStep(price)).toBe(step)
})

test.each([
  ['1', '1'],
  ['1999', '1'],
  ['2000', '5'],
  ['35005', '5'],
  ['600000', '5'],
])('an ETF or ETN at %s won moves by %s', (price, step) => {
  expect(krxFundStep(price)).toBe(step)
})

test('a book takes the finest step among its prices: below a border it is finer', () => {
  expect([
    krxStep('kis:005930', ['71200', '71300']),
    krxStep('kis:005930.NX', ['71200', '71300']),
    krxStep('kis:373220', ['200500', '200000', '199900']),
    krxStep('kis:373220', ['200500', '200000']),
  ]).toEqual(['100', '100', '100', '500'])
})

test('an ETF is known by a price between a share’s steps, an ETN by its code', () => {
  expect([
    krxStep('kis:069500', ['35005', '35010']),
    krxStep('kis:069500', ['35050', '35100']),
    krxStep('kis:252670', ['1998', '2005']),
    krxStep('kis:Q530031', ['35050', '35100']),
  ]).toEqual(['5', '50', '1', '5'])
})

test('what is not dealt in Seoul, or has no prices yet, has no step by this rule', () => {
  expect([
    krxStep('kis:AAPL', ['230.15']),
    krxStep('upbit:BTC/KRW', ['96885000']),
    krxStep('yahoo:^KS11', ['2600.15']),
    krxStep('kis:005930', []),
  ]).toEqual([undefined, undefined, undefined, undefined])
})
