import { afterEach, beforeEach, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { mergeBars, openOf } from '../../../shared/bars.ts'
import type { Bar } from '../../../shared/market.ts'
import { DAY, HOUR, INTERVALS, MINUTE, SECOND } from '../../../shared/market.ts'
import { BTC, START, clock, gap, second, trade } from '../../journal/fixtures.ts'
import type { TestStore } from '../fixtures.ts'
import { openTestStore } from '../fixtures.ts'

const COUNT = 2_000

let at: TestStore
beforeEach(async () => {
  at = await openTestStore()
})
afterEach(async () => {
  await at.close()
  at.remove()
})

test('A-20 a second without trades and a second without connection are different states, and neither has a price', async () => {
  await at.put(
    gap(START, { reason: 'connecting', until: START + 500 }),
    second(START + SECOND, '10'),
    trade('1', START + SECOND),
    gap(START + 3_200, { until: START + 5_100 }),
    second(START + 4 * SECOND, '12', { state: 'backfilled' }),
    clock(START + 20 * SECOND),
  )
  const { bars, coverage } = await at.reader.bars({
    instrument: BTC,
    interval: SECOND,
    to: START + 8 * SECOND,
    count: 8,
  })
  expect(bars.state).toEqual(['missing', 'traded', 'quiet', 'missing', 'backfilled', 'missing', 'quiet', 'quiet'])
  expect(bars.close).toEqual(['', '10', '', '', '12', '', '', ''])
  expect(coverage.watched).toEqual({ from: START, to: START + 21 * SECOND })
  expect(await at.reader.completeness({ instrument: BTC, from: START - 5 * SECOND, to: START + 8 * SECOND })).toEqual({
    instrument: BTC,
    seconds: 13,
    live: 4,
    backfilled: 1,
    missing: 3,
    unwatched: 5,
    runs: [
      { from: START - 5 * SECOND, to: START, state: 'unwatched' },
      { from: START, to: START + SECOND, state: 'missing' },
      { from: START + SECOND, to: START + 3 * SECOND, state: 'live' },
      { from: START + 3 * SECOND, to: START + 4 * SECOND, state: 'missing' },
      { from: START + 4 * SECOND, to: START + 5 * SECOND, state: 'backfilled' },
      { from: START + 5 * SECOND, to: START + 6 * SECOND, state: 'missing' },
      { from: START + 6 * SECOND, to: START + 8 * SECOND, state: 'live' },
    ],
  })
})

test('A market that nobody watches is not advanced by the clock, until somebody does again.', async () => {
  await at.put(
    trade('1', START),
    clock(START + 10 * SECOND),
    gap(START + 10 * SECOND, { reason: 'unwatched' }),
    clock(START + 60 * SECOND),
  )
  const range = { instrument: BTC, from: START, to: START + 100 * SECOND }
  expect(await at.reader.completeness(range)).toMatchObject({ live: 10, missing: 0, unwatched: 90 })
  await at.put(gap(START + 10 * SECOND, { reason: 'unwatched', until: START + 70 * SECOND }), clock(START + 99_999))
  expect(await at.reader.completeness(range)).toMatchObject({ live: 40, missing: 0, unwatched: 60 })
})

test('A-53 a gap is filled when the feed says so, and trades that were fetched later do not widen what was watched.', async () => {
  await at.put(
    trade('1', START + 10 * SECOND),
    gap(START + 12 * SECOND, { until: START + 15 * SECOND }),
    gap(START + 20 * SECOND, { until: START + 21 * SECOND }),
  )
  await at.put(
    trade('b', START + 13 * SECOND, { origin: 'backfill' }),
    trade('a', START - HOUR, { origin: 'backfill' }),
    gap(START + 12 * SECOND, { until: START + 15 * SECOND, filledBy: 'backfill' }),
  )
  expect(await at.reader.coverage({ instrument: BTC, from: START - DAY, to: START + DAY })).toEqual({
    watched: { from: START + 10 * SECOND, to: START + 22 * SECOND },
    gaps: [
      { since: START + 12 * SECOND, until: START + 15 * SECOND, reason: 'disconnected', filledBy: 'backfill' },
      { since: START + 20 * SECOND, until: START + 21 * SECOND, reason: 'disconnected' },
    ],
  })
})

test('A-21 bars of every interval equal those merged from all seconds, while minutes and hours fill up and after a restart', async () => {
  const seconds: Bar[] = []
  const expected = (interval: number) => {
    const oldest = openOf(seconds.at(-1)!.openAt, interval) - (COUNT - 1) * interval
    const asked = seconds.filter((bar) => bar.openAt >= oldest)
    const slots = Map.groupBy(asked, (bar) => openOf(bar.openAt, interval))
    return [...slots].map(([openAt, parts]) => {
      const bar = mergeBars(parts, interval, openAt)
      return [
        bar.openAt,
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.volume,
        bar.quoteVolume,
        bar.buyVolume,
        bar.trades,
      ]
    })
  }
  const answered = async (interval: number) => {
    const { bars, through } = await at.reader.bars({ instrument: BTC, interval, count: COUNT })
    expect(through).toBe(seconds.at(-1)!.openAt + SECOND)
    return bars.openAt.flatMap((openAt, i) =>
      bars.close[i] === ''
        ? []
        : [
            [
              openAt,
              bars.open[i],
              bars.high[i],
              bars.low[i],
              bars.close[i],
              bars.volume[i],
              bars.quoteVolume[i],
              bars.buyVolume[i],
              bars.trades[i],
            ],
          ],
    )
  }
  const steps = fc.sample(
    fc.record({ after: fc.integer({ min: 1, max: 400 }), price: fc.integer({ min: 1, max: 999 }) }),
    { numRuns: 150, seed: 7 },
  )
  let openAt = START + 22 * HOUR
  for (const [index, { after, price }] of steps.entries()) {
    openAt += after * SECOND
    const event = second(openAt, String(price / 8))
    seconds.push(event.data)
    await at.journal.commit('bars', [], { topic: 'bars', events: [event] })
    if (index === 75) {
      await at.close()
      at = await openTestStore(at.folder)
    }
    if (index % 30 !== 29) continue
    // A second of an hour that is over is corrected: its minute and hour are made again.
    const late = seconds[index - 25]!
    const corrected = second(late.openAt, '1000.5', { revision: 1 })
    seconds[index - 25] = corrected.data
    await at.put(corrected)
    for (const interval of INTERVALS)
      expect([interval, await answered(interval)]).toEqual([interval, expected(interval)])
  }
  const rows = at.query<{ interval: number; n: number }>(
    'SELECT interval, count(*) AS n FROM bars GROUP BY interval ORDER BY interval',
  )
  expect(rows.map(({ interval }) => interval)).toEqual([SECOND, MINUTE, HOUR])
}, 60_000)

test('The tape gives the newest trades before an instant, oldest first, in order of (time, arrival).', async () => {
  await at.put(
    trade('3', START + 2),
    trade('1', START),
    trade('2b', START + 1),
    trade('2a', START + 1),
    trade('4', START + 3),
  )
  const rows = await at.reader.trades({ instrument: BTC, before: START + 3, count: 3 })
  expect(rows.map(({ id }) => id)).toEqual(['2b', '2a', '3'])
  expect(await at.reader.stored()).toEqual([{ instrument: BTC, lastAt: START + 3 }])
})
