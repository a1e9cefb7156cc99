import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { barOf } from './bars.ts'
import { divideDecimals, multiplyDecimals, sumDecimals } from './exact.ts'
import { compareDecimals } from './decimal.ts'
import type { Millis } from './market.ts'
import { SECOND } from './market.ts'
import { Tally } from './tally.ts'
import type { Print } from './tally.ts'

const openAt = 1_736_842_476_000

function print(id: string, at: Millis, price: string, size: string, side?: 'buy' | 'sell'): Print {
  return { id, at: openAt + at, origin: 'stream', price, size, ...(side === undefined ? {} : { side }) }
}

test('A-17 mean price, volume and count are exact, and the volume-weighted price is a field of its own', () => {
  const bar = barOf(
    [print('1', 10, '100', '1', 'buy'), print('2', 20, '100.5', '2', 'sell'), print('3', 30, '101', '4')],
    SECOND,
    openAt,
    0,
  )
  expect(bar).toEqual({
    kind: 'bar',
    interval: SECOND,
    openAt,
    revision: 0,
    state: 'traded',
    open: '100',
    high: '101',
    low: '100',
    close: '101',
    vwap: '100.714285714286',
    avgPrice: '100.5',
    priceSum: '301.5',
    volume: '7',
    quoteVolume: '705',
    buyVolume: '1',
    trades: 3,
  })
})

test('A-12 open and close follow (exchange time, arrival), whatever the order of arrival', () => {
  const bar = barOf(
    [print('c', 500, '3', '1'), print('a', 100, '1', '1'), print('b', 100, '2', '1'), print('d', 500, '4', '1')],
    SECOND,
    openAt,
    0,
  )
  expect([bar?.open, bar?.close]).toEqual(['1', '4'])
})

test('a repeated trade is counted once, an equal fingerprint at another instant is another trade', () => {
  const tally = new Tally(openAt)
  const prints = [
    print('f', 1, '1', '1'),
    print('f', 1, '1', '1'),
    print('f', 2, '1', '1'),
    print('f', 2, '1', '1'),
    print('f', 3, '1', '1'),
  ]
  expect(prints.map((each) => tally.addPrint(each))).toEqual([true, false, true, false, true])
  expect(tally.trades).toBe(3)
})

test('prices and sizes of any length are exact, in whatever order they come', () => {
  const prints = [
    print('1', 1, '0.00001234', '123456789.123456789'),
    print('2', 2, '5', '0.000000000000000001'),
    print('3', 3, '98765432109876543210.5', '7'),
    print('4', 4, '0.00001233', '1'),
    print('5', 5, '98765432109876543210.4', '1'),
  ]
  const bar = barOf(prints, SECOND, openAt, 0)
  expect(bar).toMatchObject({
    open: '0.00001234',
    high: '98765432109876543210.5',
    low: '0.00001233',
    close: '98765432109876543210.4',
    volume: '123456798.123456789000000001',
    quoteVolume: sumDecimals(prints.map(({ price, size }) => multiplyDecimals(price, size))),
  })
})

test('a tally equals a plain recomputation of its trades', () => {
  const value = fc
    .tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([mantissa, scale]) => divideDecimals(String(mantissa), String(10 ** scale)))
  const side = fc.constantFrom<'buy' | 'sell' | undefined>('buy', 'sell', undefined)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), value, value, side), { minLength: 1, maxLength: 20 }),
      (rows) => {
        const prints = rows.map(([at, price, size, taker], id) => print(String(id), at, price, size, taker))
        const sorted = prints.toSorted((a, b) => a.at - b.at)
        const prices = prints.map(({ price }) => price).toSorted(compareDecimals)
        const priceSum = sumDecimals(prices)
        const volume = sumDecimals(prints.map(({ size }) => size))
        const quoteVolume = sumDecimals(prints.map(({ price, size }) => multiplyDecimals(price, size)))
        expect(barOf(prints, SECOND, openAt, 3)).toEqual({
          kind: 'bar',
          interval: SECOND,
          openAt,
          revision: 3,
          state: 'traded',
          open: sorted[0]!.price,
          high: prices.at(-1),
          low: prices[0],
          close: sorted.at(-1)!.price,
          vwap: divideDecimals(quoteVolume, volume),
          avgPrice: divideDecimals(priceSum, String(prints.length)),
          priceSum,
          volume,
          quoteVolume,
          buyVolume: sumDecimals(prints.filter((each) => each.side === 'buy').map(({ size }) => size)),
          trades: prints.length,
        })
      },
    ),
    { numRuns: 500 },
  )
})

test('A-20 no trades make no bar, and trades without size still have a mean price', () => {
  expect(barOf([], SECOND, openAt, 0)).toBeUndefined()
  expect(barOf([print('1', 1, '2', '0'), print('2', 2, '4', '0')], SECOND, openAt, 0)).toMatchObject({
    vwap: '3',
    avgPrice: '3',
    volume: '0',
  })
})

test('one back-filled trade makes the bar back-filled', () => {
  expect(
    barOf([print('1', 1, '2', '1'), { ...print('2', 2, '4', '1'), origin: 'backfill' }], SECOND, openAt, 1)?.state,
  ).toBe('backfilled')
})
