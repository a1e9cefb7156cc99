import { expect, test } from 'vitest'
import type { Gap, InstrumentKey, MarketEvent, Millis, VenueId } from '../../shared/market.ts'
import { CLOCK_KEY, SECOND } from '../../shared/market.ts'
import { fold } from './testing/records.ts'

/** Two seconds before the opening auction of a Monday in Seoul. */
const START = Date.UTC(2026, 10, 22, 23, 29, 58)
const SAMSUNG: InstrumentKey = 'kis:005930'

const clocks = (venue: VenueId, seconds: number): MarketEvent[] =>
  Array.from({ length: seconds + 1 }, (_, nth) => {
    const at = START + nth * SECOND
    return {
      instrument: CLOCK_KEY,
      at,
      receivedAt: at,
      origin: 'stream',
      data: { kind: 'clock', watermarks: { [venue]: at } },
    }
  })
const gap = (
  instrument: InstrumentKey,
  since: Millis,
  until: Millis | undefined,
  reason: Gap['reason'],
): MarketEvent => {
  const data: Gap = {
    kind: 'gap',
    since: START + since,
    reason,
    ...(until === undefined ? {} : { until: START + until }),
  }
  return { instrument, at: data.since, receivedAt: data.since, origin: 'stream', data }
}
const trade = (at: Millis): MarketEvent => ({
  instrument: SAMSUNG,
  at: START + at,
  receivedAt: START + at,
  origin: 'stream',
  data: { kind: 'trade', id: `t${at}`, price: '70400', size: '1' },
})
const states = (events: readonly MarketEvent[]) =>
  fold(events).output.map(({ data }) => `${(data.openAt - START) / SECOND} ${data.state} r${data.revision}`)

test('seconds out of a market’s sessions are closed, quiet or not, and missing ones only count within them', () => {
  const [first, ...rest] = clocks('kis', 7)
  const events = [first!, gap(SAMSUNG, 0, 0, 'connecting'), gap(SAMSUNG, 1_000, undefined, 'disconnected'), ...rest]
  expect(states(events)).toEqual(['0 closed r0', '1 closed r0', '2 missing r0', '3 missing r0', '4 missing r0'])
})

test('a second with a trade is traded, whatever the calendar says', () => {
  const [first, ...rest] = clocks('kis', 5)
  expect(states([first!, gap(SAMSUNG, 0, 0, 'connecting'), trade(1_200), ...rest])).toEqual([
    '0 closed r0',
    '1 traded r0',
    '2 quiet r0',
  ])
})

test('a gap that is known late makes no closed second missing', () => {
  const all = clocks('kis', 7)
  const events = [...all.slice(0, 1), gap(SAMSUNG, 0, 0, 'connecting'), ...all.slice(1, 6)]
  expect(states([...events, gap(SAMSUNG, 0, 3_000, 'disconnected'), ...all.slice(6)])).toEqual([
    '0 closed r0',
    '1 closed r0',
    '2 quiet r0',
    '2 missing r1',
    '3 quiet r0',
    '4 quiet r0',
  ])
})

test('of a venue that tells no trades no second is said at all', () => {
  const key: InstrumentKey = 'yahoo:AAPL'
  const [first, ...rest] = clocks('yahoo', 5)
  expect(states([first!, gap(key, 0, 0, 'connecting'), gap(key, 1_000, undefined, 'disconnected'), ...rest])).toEqual(
    [],
  )
})
