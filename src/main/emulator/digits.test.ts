import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { fixed, javaDouble, plain } from './digits.ts'

test.each([
  [fixed(106_691_000, 0, 8), '106691000.00000000'],
  [fixed(9_372, 8, 8), '0.00009372'],
  [fixed(-5, 3, 8), '-0.00500000'],
  [fixed(12n, 1, 1), '1.2'],
  [plain(120, 1), '12'],
  [plain(0, 8), '0'],
  [plain(54_850, 9), '0.00005485'],
  [javaDouble(116_539_000, 0), '1.16539E8'],
  [javaDouble(79_276, 8), '7.9276E-4'],
  [javaDouble(50_000, 8), '5.0E-4'],
  [javaDouble(127, 0), '127.0'],
  [javaDouble(10_000_000, 0), '1.0E7'],
  [javaDouble(0, 8), '0.0'],
])('%s is written as %s', (written, wanted) => {
  expect(written).toBe(wanted)
})

test('every spelling of a value is the same number', () => {
  assert(
    property(integer({ min: 0, max: 2 ** 50 }), integer({ min: 0, max: 8 }), (units, scale) => {
      const value = Number(fixed(units, scale, 8))
      expect([Number(plain(units, scale)), Number(javaDouble(units, scale))]).toEqual([value, value])
    }),
  )
})
