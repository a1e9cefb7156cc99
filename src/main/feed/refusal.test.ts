import { describe, expect, test } from 'vitest'
import type { MarketEvent, Ticker } from '../../shared/market.ts'
import { MINUTE, SECOND, timingOf } from '../../shared/market.ts'
import { exchangeOf } from '../exchanges/registry.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import type { Get } from './http.ts'
import { NetworkFault } from './network-faults.ts'
import { createRefusal } from './refusal.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'
import { openVenueFeed } from './open-venue-feed.ts'

const TOO_MANY = (retryAfter?: number) =>
  new NetworkFault(
    'rate-limited',
    'fake.example asks for fewer requests (429).',
    retryAfter ?? 30_000,
    retryAfter === undefined,
  )

/** Yahoo as it refuses everybody with 429, or answers. */
function setup(retryAfter?: number) {
  const clock = createVirtualClock()
  const yahoo = exchangeOf('yahoo')!
  const tries: number[] = []
  const events: MarketEvent[] = []
  const state = { refuses: false, socket: true }
  const get: Get = (url) => {
    tries.push(clock.monotonic())
    if (state.refuses) return Promise.reject(TOO_MANY(retryAfter))
    const symbol = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '')
    const meta = `{"symbol":"${symbol}","exchangeName":"NMS","regularMarketPrice":273.02,"regularMarketTime":${Math.floor(clock.now() / 1_000)}}`
    const body = `{"chart":{"result":[{"meta":${meta},"indicators":{"quote":[{}]}}],"error":null}}`
    return Promise.resolve({ status: 200, headers: {}, body, sentAt: clock.now(), receivedAt: clock.now() })
  }
  const feed = openVenueFeed(yahoo, [], {
    dial(_url, listener) {
      tries.push(clock.monotonic())
      clock.after(10, () =>
        listener.onClose(state.refuses ? TOO_MANY(retryAfter) : new NetworkFault('socket-closed', 'Closed.')),
      )
      const none = () => undefined
      return { send: none, ping: none, pause: none, resume: none, close: none, terminate: none }
    },
    get,
    clock,
    random: () => 0.5,
    limits: FEED_LIMITS,
    resolve: (_kind, url) => url,
    listener: {
      onEvents: (batch) => void events.push(...batch),
      onAllTickers: () => undefined,
      onLastPrice: () => undefined,
      onInstruments: () => undefined,
    },
  })
  feed.setWatch(['yahoo:AAPL', 'yahoo:MSFT', 'yahoo:USD/KRW'], [])
  const tickers = () => events.filter(({ data }) => data.kind === 'ticker') as MarketEvent<Ticker>[]
  return { clock, feed, state, tries, tickers }
}

describe('A-06 Yahoo answering 429 for ten minutes', () => {
  for (const [name, retryAfter, span] of [
    ['without a Retry-After', undefined, 5 * MINUTE],
    ['with one of two minutes', 2 * MINUTE, 2 * MINUTE],
  ] as const)
    test(`A-06 ${name}: one probe a wait, over sockets and calls together, and what was told stays`, async () => {
      const { clock, feed, state, tries, tickers } = setup(retryAfter)
      await clock.advance(30 * SECOND)
      const told = tickers().length
      expect(told).toBeGreaterThan(0)
      expect(
        tickers().map(({ instrument, origin, data }) => [instrument, timingOf({ origin, ...data })]),
      ).toContainEqual(['yahoo:AAPL', 'polled'])
      state.refuses = true
      tries.length = 0
      await clock.advance(10 * MINUTE)
      const probes = tries.slice(0)
      const first = probes[0]!
      // What was on its way when the first refusal came is no probe.
      const later = probes.filter((at) => at > first + 15_000)
      expect(later.length).toBeLessThanOrEqual(Math.floor((10 * MINUTE) / span))
      expect(later.every((at, nth) => nth === 0 || at - later[nth - 1]! >= span)).toBe(true)
      expect([tickers().length - told < 5, feed.health().fault?.code]).toEqual([true, 'rate-limited'])
      state.refuses = false
      await clock.advance(span + MINUTE)
      expect(tickers().length).toBeGreaterThan(told + 5)
      feed.close()
    })
})

test('A-06 a lone request that fails in another way is not repeated at once', async () => {
  const clock = createVirtualClock()
  const refusal = createRefusal(5 * MINUTE, clock)!
  expect(refusal.enter('rest')).toBe(true)
  refusal.refused('rest', TOO_MANY())
  expect([refusal.enter('rest'), refusal.wait('rest')]).toEqual([false, 5 * MINUTE])
  await clock.advance(5 * MINUTE)
  expect([refusal.enter('rest'), refusal.enter('rest')]).toEqual([true, false])
  refusal.failed()
  expect([refusal.enter('rest'), refusal.wait('rest')]).toEqual([false, 5 * MINUTE])
})
