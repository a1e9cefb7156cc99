import { expect, it } from 'vitest'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { toLanes } from './lanes.ts'

const T = 1_000_000
const span = (member: string, partition: number, from: number, to?: number) => ({
  member,
  topic: 't',
  partition,
  from: T + from,
  ...(to === undefined ? {} : { to: T + to }),
})

const killed = { code: 'killed', values: { member: 'b' } } as const
const places = (...partitions: readonly number[]) => partitions.map((partition) => ({ topic: 't', partition }))

const consumer: ConsumerView = {
  name: 'writer',
  group: 'writer',
  bus: 'kafka',
  sink: 'store',
  on: true,
  processed: 10,
  perSecond: 1,
  duplicates: 4,
  lost: 0,
  parked: 0,
  members: [
    {
      id: 'a',
      state: 'running',
      assigned: [
        { topic: 't', partition: 0 },
        { topic: 't', partition: 1 },
      ],
      perSecond: 1,
    },
    { id: 'b', state: 'gone', assigned: [], perSecond: 0 },
    { id: 'c', state: 'idle', assigned: [], perSecond: 0, reason: { code: 'idle-none-left' } },
  ],
  spans: [span('a', 0, 0, 20_000), span('b', 1, 0, 10_000), span('a', 0, 22_000), span('a', 1, 22_000)],
  rebalances: [{ at: T + 20_000, pausedFor: 2_000, reason: killed, lost: 0, duplicates: 4 }],
}

it('A-33 a killed member’s partition is unread until another takes it over, pause included', () => {
  const { lanes, pauses, longestPause } = toLanes(consumer, T + 60_000, 60_000)
  expect(lanes.map((lane) => [lane.id, lane.killed])).toEqual([
    ['a', []],
    ['b', [{ from: T + 10_000, to: T + 22_000, places: places(1), ended: true, pausedFor: 2_000 }]],
    ['c', []],
  ])
  expect({ pauses, longestPause }).toEqual({
    pauses: [{ from: T + 20_000, to: T + 22_000, reason: killed }],
    longestPause: 12_000,
  })
})

it('A-33 a member without partitions is idle since the last rebalance, and the reason is in the counts', () => {
  const { lanes, partitions, members } = toLanes(consumer, T + 60_000, 60_000)
  expect([lanes[2]?.idle, partitions, members]).toEqual([[{ from: T + 22_000, to: T + 60_000 }], 2, 2])
})

it('a member that only its spans remember is gone', () => {
  const lane = toLanes({ ...consumer, members: [] }, T + 60_000, 60_000).lanes[0]
  expect([lane?.id, lane?.state]).toEqual(['a', 'gone'])
})

it('bars do not overlap when a member is given more', () => {
  const grown = { ...consumer, spans: [span('a', 0, 0), span('a', 1, 30_000)], rebalances: [] }
  expect(
    toLanes(grown, T + 60_000, 60_000).lanes[0]?.bars.map((bar) => [bar.from - T, bar.to - T, bar.places]),
  ).toEqual([
    [0, 30_000, places(0)],
    [30_000, 60_000, places(0, 1)],
  ])
})

it('one generation’s assignment is one bar, cut at the left edge', () => {
  expect(toLanes(consumer, T + 60_000, 50_000).lanes[0]?.bars).toEqual([
    { from: T + 10_000, to: T + 20_000, places: places(0) },
    { from: T + 22_000, to: T + 60_000, places: places(0, 1) },
  ])
})

it('who left before the time line has no lane, and old rebalances do not count', () => {
  const lanes = toLanes(consumer, T + 200_000, 60_000)
  expect(lanes.lanes.map((lane) => lane.id)).toEqual(['a', 'c'])
  expect([lanes.rebalances, lanes.duplicates]).toEqual([0, 0])
})

it('partitions of several topics are told apart, topic by topic', () => {
  const both = { ...consumer, spans: [span('a', 1, 0), { ...span('a', 0, 0), topic: 'b' }], rebalances: [] }
  expect(toLanes(both, T + 60_000, 60_000).lanes[0]?.bars.map((bar) => bar.places)).toEqual([
    [
      { topic: 'b', partition: 0 },
      { topic: 't', partition: 1 },
    ],
  ])
})
