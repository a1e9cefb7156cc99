import { expect, test } from 'vitest'
import type { TapeRow } from '../../../shared/market-view.ts'
import { tradesOf } from './candle-trades.ts'

const trade = (at: number, id = String(at)): TapeRow => ({ id, at, price: '100', size: '1', origin: 'stream' })

test('W2 a candle lists the trades of its own stretch of time, the newest first', () => {
  const asked = [trade(999), trade(1_000), trade(1_500, 'a'), trade(1_500, 'b'), trade(1_999), trade(2_000)]
  expect(tradesOf(asked, 1_000, 2_000).map(({ id }) => id)).toEqual(['1999', 'b', 'a', '1000'])
})
