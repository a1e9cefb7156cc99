import { expect, it } from 'vitest'
import type { ClusterView, OutboxView } from '../../../../shared/kafka-view.ts'
import { storyOf } from './outbox-story.ts'

const NOW = 1_000_000
const OUTBOX: OutboxView = {
  records: 400,
  bytes: 80_000,
  oldestAt: NOW - 30_000,
  inPerSecond: 100,
  outPerSecond: 0,
  acked: 0,
  retries: 0,
  parked: 0,
  presets: [],
  history: [],
}
const outage = [10, 9, 8, 7, 6].map((seconds) => ({ at: NOW - seconds * 1_000, records: 500, away: seconds > 7 }))

function storyWith(outbox: Partial<OutboxView> | undefined, cluster: Partial<ClusterView> = {}) {
  return storyOf(
    {
      state: 'up',
      since: NOW - 7_000,
      brokers: [],
      missingRights: [],
      ...(outbox ? { outbox: { ...OUTBOX, ...outbox } } : {}),
      ...cluster,
    },
    NOW,
  )
}

it('records that left within two seconds flow, however many they are', () => {
  expect(storyWith({ oldestAt: NOW - 1_900, drainSeconds: 4 })).toEqual({ kind: 'flowing', records: 400 })
})

it.each([
  ['away', {}, { state: 'away' }, { kind: 'away', length: 7_000, records: 400 }],
  [
    'refused, since waiting does not help',
    {},
    { state: 'away', fault: { code: 'sasl-failed', message: '' } },
    { kind: 'refused', records: 400 },
  ],
  [
    'returning, until the first record is out',
    { history: outage },
    {},
    { kind: 'returning', length: 3_000, records: 400 },
  ],
  ['growing where nothing was away', {}, {}, { kind: 'growing', records: 400 }],
  [
    'growing, when it has been back for long',
    { history: outage },
    { since: NOW - 60_000 },
    { kind: 'growing', records: 400 },
  ],
  ['draining', { drainSeconds: 2.2 }, {}, { kind: 'draining', records: 400, drain: 3_000 }],
  [
    'draining after an outage, with the most that waited',
    { drainSeconds: 2.2, history: outage },
    {},
    { kind: 'drainingAfter', length: 3_000, safe: 500, drain: 3_000 },
  ],
] as const)('a cluster that is %s', (_, outbox, cluster, story) => {
  expect(storyWith(outbox, cluster)).toEqual(story)
})

it('without an outbox nothing is sent: by choice, or not yet', () => {
  const profile = { id: 'a', name: 'A', readOnly: true }
  expect([storyWith({ records: 0 }, { profile }), storyWith(undefined)]).toEqual([
    { kind: 'readOnly' },
    { kind: 'connecting' },
  ])
})
