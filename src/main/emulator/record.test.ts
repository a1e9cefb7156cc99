import { expect, test } from 'vitest'
import { createMarketModel } from './model.ts'
import { createRecord } from './record.ts'
import { EMULATED } from './venues.ts'

test('the record keeps the newest, and says how many it had to drop', () => {
  const venue = EMULATED.find(({ id }) => id === 'upbit')!
  const market = createMarketModel(7, 'upbit', venue.markets[0]!, 10)
  const record = createRecord(20_000)
  for (let index = 0; index < 100_000; index += 1) {
    const id = `1793000000000${String(index).padStart(4, '0')}`
    record.add(
      market,
      { index, nth: 0, at: index, modelAt: index, price: 98_000_000, size: 12_300, side: 'buy', id },
      1,
    )
  }
  const { trades, dropped } = record.query({ venue: 'upbit', market: 'KRW-BTC' })
  expect(trades.length + dropped).toBe(100_000)
  expect(trades.length).toBeGreaterThanOrEqual(20_000)
  expect(record.size).toBe(trades.length)
  expect(trades.at(-1)).toEqual({
    venue: 'upbit',
    market: 'KRW-BTC',
    id: '179300000000099999',
    at: 99_999,
    price: '98000000',
    size: '0.000123',
    side: 'buy',
    sent: 1,
  })
  expect(record.query({ venue: 'binance' })).toEqual({ trades: [], dropped })
  expect(record.query({ from: 99_990, to: 99_992 }).trades.map(({ at }) => at)).toEqual([99_990, 99_991])
})
