import { expect, test } from 'vitest'
import { createTimeline } from './timeline.ts'

const added = { code: 'added' } as const
const part = (partition: number) => ({ topic: 't', partition })

test('a killed member’s partition walks to another; the others read on until the cluster has found out', () => {
  const timeline = createTimeline()
  timeline.began(0, added)
  timeline.joined('a', 100, [part(0)])
  timeline.joined('b', 110, [part(1)])
  timeline.killed('a', 1_000)
  timeline.began(11_000, { code: 'changed' })
  timeline.stopped('b', 11_000)
  timeline.duplicates(4, 11_100)
  timeline.joined('b', 11_800, [part(0), part(1)])
  timeline.duplicates(10, 12_000)
  timeline.lost(2)
  timeline.duplicates(99, 60_000)
  expect({ spans: timeline.spans(), rebalances: timeline.rebalances() }).toEqual({
    spans: [
      { member: 'a', topic: 't', partition: 0, from: 100, to: 1_000 },
      { member: 'b', topic: 't', partition: 1, from: 110, to: 11_000 },
      { member: 'b', topic: 't', partition: 0, from: 11_800 },
      { member: 'b', topic: 't', partition: 1, from: 11_800 },
    ],
    rebalances: [
      { at: 11_000, pausedFor: 800, reason: { code: 'killed', values: { member: 'a' } }, lost: 2, duplicates: 14 },
    ],
  })
})

test('the first joining is no rebalance, and a pause ends when the last member has joined', () => {
  const timeline = createTimeline()
  timeline.began(0, added)
  timeline.joined('a', 10, [part(0), part(1)])
  timeline.began(500, added)
  timeline.joined('a', 900, [part(0)])
  timeline.joined('b', 950, [part(1)])
  expect({ spans: timeline.spans(), rebalances: timeline.rebalances() }).toEqual({
    spans: [
      { member: 'a', topic: 't', partition: 0, from: 10 },
      { member: 'a', topic: 't', partition: 1, from: 10, to: 500 },
      { member: 'b', topic: 't', partition: 1, from: 950 },
    ],
    rebalances: [{ at: 500, pausedFor: 400, reason: added, lost: 0, duplicates: 0 }],
  })
})
