import { expect, test } from 'vitest'
import { DEPTH, toLadder } from './ladder.ts'

test('totals run from the middle, and bars are parts of the larger side', () => {
  expect(
    toLadder({
      asks: [
        ['101', '1'],
        ['102', '3'],
      ],
      bids: [['99', '2']],
    }),
  ).toEqual({
    asks: [
      { price: '101', size: '1', total: 1, share: 0.25 },
      { price: '102', size: '3', total: 4, share: 1 },
    ],
    bids: [{ price: '99', size: '2', total: 2, share: 0.5 }],
    bidShare: 2 / 6,
  })
})

test('a side has at most twelve rows, and an empty one has no balance', () => {
  const asks = Array.from({ length: 15 }, (_, index) => [String(100 + index), '1'] as const)
  const ladder = toLadder({ asks, bids: [] })
  expect([ladder.asks.length, ladder.bids, ladder.bidShare]).toEqual([DEPTH, [], undefined])
})

test('A-15 a crossed book is laid out as it was sent', () => {
  const ladder = toLadder({ asks: [['99', '1']], bids: [['101', '1']] })
  expect([ladder.asks[0]?.price, ladder.bids[0]?.price]).toEqual(['99', '101'])
})
