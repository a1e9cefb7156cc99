import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { encodeBatch } from '../../shared/wire.ts'
import { BTC, clock, ETH, gap, second, START, trade } from '../journal/fixtures.ts'
import type { TestStore } from './fixtures.ts'
import { openTestStore } from './fixtures.ts'
import type { Arrival } from './store.ts'

let kept: TestStore
beforeEach(async () => {
  kept = await openTestStore()
})
afterEach(async () => {
  await kept.close()
  kept.remove()
})

const GROUP = 'kafka:cluster:readers'

function arrival(
  from: number,
  events: readonly MarketEvent[],
  more: Partial<Arrival> = {},
  collector = 'another',
): Arrival {
  return {
    group: GROUP,
    topic: 'tapedeck.trades.v1',
    partition: 1,
    next: from + events.length,
    parts: [{ collector, offsets: Float64Array.from(events, (_, index) => from + index), bytes: encodeBatch(events) }],
    parked: [],
    ...more,
  }
}
const ids = () => kept.query<{ id: string }>('SELECT id FROM trades ORDER BY at, id').map(({ id }) => id)
const watched = () =>
  kept.query<{ key: string; first: number; last: number }>(
    `SELECT key, first_at - ${START} AS first, last_at - ${START} AS last FROM coverage JOIN instruments ON id = instrument ORDER BY key`,
  )

test('A-34 records and the offset behind them are stored together; what comes again is left out and counted', async () => {
  const events = [1, 2, 3, 4].map((index) => trade(String(index), START + index))
  const first = await kept.store.take(arrival(10, events.slice(0, 3)))
  const again = await kept.store.take(arrival(11, events.slice(1)))
  const repeated = await kept.store.take(arrival(14, events.slice(0, 2)))
  const other = await kept.store.take(arrival(0, events, { partition: 2 }, 'third'))
  expect({ first, again, repeated, other, ids: ids(), offsets: await kept.store.offsets(GROUP) }).toEqual({
    first: { skipped: 0, duplicates: 0 },
    again: { skipped: 2, duplicates: 0 },
    repeated: { skipped: 0, duplicates: 2 },
    other: { skipped: 0, duplicates: 4 },
    ids: ['1', '2', '3', '4'],
    offsets: [
      { topic: 'tapedeck.trades.v1', partition: 1, offset: 16 },
      { topic: 'tapedeck.trades.v1', partition: 2, offset: 4 },
    ],
  })
})

test('offsets are moved and forgotten on command, and then records are taken again from there', async () => {
  const events = [1, 2, 3].map((index) => trade(String(index), START + index))
  await kept.store.take(arrival(0, events))
  const place = { topic: 'tapedeck.trades.v1', partition: 1 }
  await kept.store.moveOffsets(GROUP, [{ ...place, offset: 1 }])
  const moved = await kept.store.take(arrival(0, events))
  await kept.store.moveOffsets(GROUP, [{ ...place, offset: undefined }])
  expect({ moved, offsets: await kept.store.offsets(GROUP) }).toEqual({
    moved: { skipped: 1, duplicates: 2 },
    offsets: [],
  })
})

test('what cannot be read is parked with the offset behind it, and leaves when it has been stored after all', async () => {
  const bad = { offset: 5, at: START, reason: 'The record is not JSON.', collector: 'another', value: Buffer.from('x') }
  await kept.store.take(arrival(0, [], { next: 6, parts: [], parked: [bad, { ...bad, offset: 4, value: null }] }))
  const before = (await kept.store.parked(GROUP)).map(({ offset, value }) => [
    offset,
    value && Buffer.from(value).toString(),
  ])
  await kept.store.take(arrival(5, [trade('5', START)], { next: 0, isRetry: true }))
  expect({
    before,
    after: (await kept.store.parked(GROUP)).map(({ offset }) => offset),
    ids: ids(),
    offsets: (await kept.store.offsets(GROUP)).map(({ offset }) => offset),
  }).toEqual({
    before: [
      [5, 'x'],
      [4, null],
    ],
    after: [4],
    ids: ['5'],
    offsets: [6],
  })
})

test('bars of others are stored, the highest revision holding', async () => {
  await kept.store.take(arrival(0, [second(START, '5', { revision: 1 }), second(START, '4')]))
  expect(kept.query('SELECT close, revision FROM bars WHERE interval = 1000')).toEqual([{ close: '5', revision: 1 }])
})

test('another collector’s clock advances its own markets, never those watched here, and the other way round', async () => {
  await kept.put(trade('1', START, { instrument: BTC }))
  await kept.store.take(arrival(0, [trade('2', START, { instrument: ETH }), clock(START + 30 * SECOND)]))
  const theirs = watched()
  await kept.put(clock(START + 50 * SECOND))
  expect({ theirs, ours: watched() }).toEqual({
    theirs: [
      { key: BTC, first: 0, last: 0 },
      { key: ETH, first: 0, last: 30_000 },
    ],
    ours: [
      { key: BTC, first: 0, last: 50_000 },
      { key: ETH, first: 0, last: 30_000 },
    ],
  })
})

test('a gap of another collector is none where this one is watching, and is one where it alone watches', async () => {
  await kept.put(trade('1', START, { instrument: BTC }))
  await kept.store.take(
    arrival(0, [trade('2', START, { instrument: ETH }), gap(START + 1, {}, BTC), gap(START + 1, {}, ETH)]),
  )
  expect(kept.query('SELECT key, reason FROM gaps JOIN instruments ON id = instrument')).toEqual([
    { key: ETH, reason: 'disconnected' },
  ])
})

test('when this engine did not run for a while, another’s records take over, and the time between is a gap', async () => {
  await kept.put(trade('1', START))
  await kept.store.take(arrival(0, [trade('2', START + 10 * MINUTE), trade('3', START + 11 * MINUTE)]))
  expect({
    watched: watched(),
    gaps: kept.query(`SELECT since - ${START} AS since, until - ${START} AS until, reason FROM gaps`),
  }).toEqual({
    watched: [{ key: BTC, first: 0, last: 11 * MINUTE }],
    gaps: [{ since: 0, until: 10 * MINUTE, reason: 'engine-down' }],
  })
})
