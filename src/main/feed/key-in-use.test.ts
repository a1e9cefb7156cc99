import { expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { exchangeOf } from '../exchanges/registry.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import type { Get } from './http.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'
import { openVenueFeed } from './open-venue-feed.ts'

const IN_USE =
  '{"header":{"tr_id":"(null)","tr_key":"","encrypt":"N"},"body":{"rt_cd":"9","msg_cd":"OPSP8996","msg1":"ALREADY IN USE appkey"}}'
const ANSWERS: Readonly<Record<string, string>> = {
  '/oauth2/tokenP': '{"access_token":"token","expires_in":86400}',
  '/oauth2/Approval': '{"approval_key":"approved"}',
}

/** KIS while another program holds the key's only connection: every registration is answered with that. */
function setup() {
  const clock = createVirtualClock()
  const counts = { dials: 0, frames: 0, open: 0 }
  const get: Get = (url) => {
    const body =
      ANSWERS[new URL(url).pathname] ?? '{"rt_cd":"1","msg_cd":"EGW00201","msg1":"초당 거래건수를 초과하였습니다."}'
    return Promise.resolve({ status: 200, headers: {}, body, sentAt: clock.now(), receivedAt: clock.now() })
  }
  const feed = openVenueFeed(exchangeOf('kis')!, [], {
    dial(_url, listener) {
      counts.dials += 1
      counts.open += 1
      clock.after(10, () => listener.onOpen())
      const none = () => undefined
      return {
        send() {
          counts.frames += 1
          clock.after(5, () => listener.onFrame(IN_USE, clock.now()))
        },
        close: () => void (counts.open -= 1),
        terminate: none,
        ping: none,
        pause: none,
        resume: none,
      }
    },
    get,
    clock,
    random: () => 0.5,
    limits: FEED_LIMITS,
    secrets: { get: () => Promise.resolve('key') },
    resolve: (_kind, url) => url,
    listener: {
      onEvents: () => undefined,
      onAllTickers: () => undefined,
      onLastPrice: () => undefined,
      onInstruments: () => undefined,
    },
  })
  feed.setWatch(['kis:005930', 'kis:000660', 'kis:035420'], [])
  return { clock, feed, counts }
}

test('A-05 a key that another program uses is said to be so, and is tried once a minute at most', async () => {
  const { clock, feed, counts } = setup()
  await clock.advance(10 * SECOND)
  expect([feed.health().fault?.code, counts.dials, counts.open]).toEqual(['key-in-use', 1, 0])
  expect(feed.health().fault?.message).toContain('ALREADY IN USE appkey')
  await clock.advance(HOUR)
  expect(counts.dials).toBeGreaterThan(10)
  expect(counts.dials).toBeLessThanOrEqual(1 + HOUR / MINUTE)
  // Nothing further is said on a connection that was refused so.
  expect(counts.frames).toBeLessThanOrEqual(counts.dials * 2)
  feed.close()
})
