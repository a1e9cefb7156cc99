import { expect, test } from 'vitest'
import type { Trade } from '../../shared/market.ts'
import { bybit } from '../exchanges/bybit/index.ts'
import type { Decoded, RestCall } from '../exchanges/exchange.ts'
import { createBackfill } from './backfill.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

/** What a fetched answer of so many trades is said to reach back to; the first is of 1,000. */
async function reachOf(count: number): Promise<number | undefined> {
  const clock = createVirtualClock()
  const reaches: number[] = []
  const answer = Array.from({ length: count }, (_, nth): Decoded<Trade> => ({
    market: 'BTCUSDT',
    at: 1_000 + nth,
    data: { kind: 'trade', id: String(nth), price: '1', size: '1' },
  }))
  const run = async <T>(_call: RestCall<T>) => answer as T
  const backfill = createBackfill({
    exchange: bybit,
    rest: { run, wait: () => 0, share: () => 0 },
    clock,
    signal: new AbortController().signal,
    onFetched: (_native, _values, reach) => void reaches.push(reach),
  })
  backfill.add('BTCUSDT')
  await clock.advance(2_000)
  return reaches[0]
}

test('an answer that is as full as the venue makes them is not all that it has', async () => {
  expect([await reachOf(59), await reachOf(60)]).toEqual([-Infinity, 1_000])
})
