import { describe, expect, test } from 'vitest'
import type { Trade } from '../../shared/market.ts'
import { DAY, SECOND } from '../../shared/market.ts'
import { bybit } from '../exchanges/bybit/index.ts'
import type { Decoded, RestCall } from '../exchanges/exchange.ts'
import { upbit } from '../exchanges/upbit/index.ts'
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
    rest: { run },
    clock,
    signal: new AbortController().signal,
    onFetched: (_native, _values, reach) => void reaches.push(reach),
  })
  backfill.add('BTCUSDT', 0)
  await clock.advance(2_000)
  return reaches[0]
}

test('an answer that is as full as the venue makes them is not all that it has', async () => {
  expect([await reachOf(59), await reachOf(60)]).toEqual([-Infinity, 1_000])
})

describe('A-53 a venue that gives its trades page by page', () => {
  /** A venue with one trade a second since `first`, its newest at `last`; what is fetched of them back to `since`. */
  async function fetched({ first, last, since }: { first: number; last: number; since: number }) {
    const clock = createVirtualClock()
    const asked: string[] = []
    const found: { count: number; reach: number }[] = []
    const run = async <T>(call: RestCall<T>) => {
      const query = new URL(call.path, 'https://x.example').searchParams
      asked.push(query.get('cursor') ?? 'newest')
      const end = query.has('cursor') ? Number(query.get('cursor')) : last + 1
      const begin = Math.max(first, end - Number(query.get('count')))
      return Array.from({ length: end - begin }, (_, nth): Decoded<Trade> => ({
        market: 'KRW-BTC',
        at: (begin + nth) * SECOND,
        data: { kind: 'trade', id: String(begin + nth), price: '1', size: '1' },
      })) as T
    }
    const backfill = createBackfill({
      exchange: upbit,
      rest: { run },
      clock,
      signal: new AbortController().signal,
      onFetched: (_native, values, reach) => void found.push({ count: values.length, reach }),
    })
    backfill.add('KRW-BTC', since * SECOND)
    await clock.advance(2_000)
    return { asked, ...found[0] }
  }
  /** Of the day that holds all of it, in seconds. */
  const NOON = 20_000 * (DAY / SECOND) + 43_200

  test('A-53 is asked on until the break is behind', async () => {
    expect(await fetched({ first: NOON, last: NOON + 5_000, since: NOON + 3_800 })).toEqual({
      asked: ['newest', String(NOON + 4_501), String(NOON + 4_001)],
      count: 1_500,
      reach: (NOON + 3_501) * SECOND,
    })
  })

  test('A-54 is not said to have all since yesterday when its answers end at midnight', async () => {
    const midnight = NOON - 43_200
    const { reach, count } = await fetched({ first: midnight + 5, last: midnight + 90, since: midnight - 30 })
    expect([reach, count]).toEqual([midnight * SECOND, 86])
  })
})
