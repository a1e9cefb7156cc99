import { expect, test } from 'vitest'
import type { Gap, MarketEvent, Millis } from '../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { exchangeOf } from '../exchanges/registry.ts'
import { fixtureLines } from '../exchanges/testing/frames.ts'
import type { ConnectionListener } from './dial.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import type { Get } from './http.ts'
import { NetworkFault } from './network-faults.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'
import { openVenueFeed } from './open-venue-feed.ts'

const [TRADE = ''] = fixtureLines('kis', 'trade.jsonl')
const [ACK = ''] = fixtureLines('kis', 'control.jsonl')
const korea = (text: string) => Date.parse(`${text}+09:00`)
const ANSWERS: Readonly<Record<string, string>> = {
  '/oauth2/tokenP': '{"access_token":"token","expires_in":86400}',
  '/oauth2/Approval': '{"approval_key":"approved"}',
  '/uapi/overseas-price/v1/quotations/price':
    '{"rt_cd":"0","msg_cd":"MCA00000","msg1":"ok","output":{"rsym":"DNASNVDA","last":"219.44","sign":"2","rate":" 0.21","tvol":"1200","tamt":"263000"}}',
}

/** KIS from `start` on, with one market. Its socket works until `cut`; trades are asked of it in `asked`. */
async function setup(start: Millis, key: 'kis:005930' | 'kis:NVDA') {
  const clock = createVirtualClock(start)
  const events: MarketEvent[] = []
  const state = { cut: false, asked: 0 }
  let listener: ConnectionListener | undefined
  const get: Get = (url) => {
    const { pathname } = new URL(url)
    if (pathname.endsWith('inquire-ccnl')) state.asked += 1
    const body = ANSWERS[pathname] ?? '{"rt_cd":"0","msg_cd":"MCA00000","msg1":"ok","output":[]}'
    return Promise.resolve({ status: 200, headers: {}, body, sentAt: clock.now(), receivedAt: clock.now() })
  }
  const feed = openVenueFeed(exchangeOf('kis')!, [], {
    dial(_url, to) {
      const none = () => undefined
      clock.after(10, () => (state.cut ? to.onClose(new NetworkFault('connect-refused', 'Refused.')) : to.onOpen()))
      listener = to
      return {
        send: () => void clock.after(5, () => to.onFrame(ACK, clock.now())),
        close: none,
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
      onEvents: (batch) => void events.push(...batch),
      onAllTickers: () => undefined,
      onLastPrice: () => undefined,
      onInstruments: () => undefined,
    },
  })
  feed.setWatch([key], [])
  await clock.advance(SECOND)
  const beat = async (length: Millis) => {
    for (let passed = 0; passed < length; passed += MINUTE) {
      listener?.onFrame('{"header":{"tr_id":"PINGPONG","datetime":"20261123101505"}}', clock.now())
      await clock.advance(MINUTE)
    }
  }
  const trade = (time: string) => listener?.onFrame(TRADE.replace('^101502^', `^${time}^`), clock.now())
  const silences = () =>
    events.filter((event): event is MarketEvent<Gap> => event.data.kind === 'gap' && event.data.reason === 'silent')
  return {
    clock,
    feed,
    state,
    beat,
    trade,
    silences,
    cut: () => listener?.onClose(new NetworkFault('socket-closed', 'Cut.')),
    events,
  }
}

test('A-76 out of its sessions a stock that says nothing raises no alarm, and nothing is asked about it', async () => {
  const { feed, beat, trade, silences, state, clock } = await setup(korea('2026-11-23T17:58:00'), 'kis:005930')
  for (let nth = 0; nth < 20; nth += 1) {
    trade(`1758${String(nth * 3).padStart(2, '0')}`)
    await clock.advance(3 * SECOND)
  }
  await clock.advance(2 * MINUTE)
  const asked = state.asked
  await beat(6 * HOUR)
  expect([feed.health().state, feed.health().troubled, silences(), state.asked]).toEqual(['live', [], [], asked])
  feed.close()
})

test('A-76 a stock abroad, whose trades cannot be asked for, is quiet in session and no alarm', async () => {
  const { feed, beat, silences } = await setup(korea('2026-11-23T22:00:00'), 'kis:NVDA')
  await beat(HOUR)
  expect([feed.health().state, feed.health().troubled, silences()]).toEqual(['live', [], []])
  feed.close()
})

test('A-03 with its socket away a stock abroad is polled for its price, and no trades are asked for', async () => {
  const { feed, clock, state, cut, events } = await setup(korea('2026-11-23T23:40:00'), 'kis:NVDA')
  state.cut = true
  cut()
  await clock.advance(MINUTE)
  expect(feed.health()).toMatchObject({ state: 'polled', fault: { code: 'connect-refused' } })
  expect(events.findLast(({ data }) => data.kind === 'ticker')).toMatchObject({
    instrument: 'kis:NVDA',
    origin: 'polled',
    data: { last: '219.44', change: '0.0021' },
  })
  feed.close()
})
