import { describe, expect, test } from 'vitest'
import type { Fault } from '../../shared/faults.ts'
import { MINUTE } from '../../shared/market.ts'
import { failingParts } from './failing-parts.ts'
import { clusterOf, consumerOf, factsOf, healthOf, NOW, outboxOf, venueHealthOf } from './fixtures.ts'

const refused: Fault = { code: 'connect-refused', message: 'Nobody listens there.' }
const full: Fault = { code: 'disk-full', message: 'The disk is full.' }
const down = { state: 'down', fault: refused } as const

describe('A-77 what fails', () => {
  test('A-77 is nothing while all do well', () => {
    const kafka = { cluster: clusterOf(), consumers: [consumerOf('desk')] }
    expect(failingParts(factsOf(healthOf(), kafka))).toEqual([])
  })

  test('A-77 is the engine, while there is none', () => {
    expect(failingParts(undefined)).toEqual([
      { part: 'engine', code: 'connection-lost', message: expect.stringContaining('No engine runs') as string },
    ])
  })

  test('A-77 are journal, store and CSV, each with its own code and sentence', () => {
    const quota: Fault = { code: 'journal-quota', message: 'The journal is at its quota.' }
    const csv = { file: 'x.csv', written: 1, fault: { code: 'disk-failed', message: 'It cannot be written.' } as const }
    const health = healthOf({
      journal: { bytes: 1, records: 1, pending: 0, dropped: 1, fault: quota },
      store: { bytes: 1, trades: 1, behind: 0, fault: full },
      csv,
    })
    expect(failingParts(factsOf(health))).toEqual([
      { part: 'journal', ...quota },
      { part: 'store', ...full },
      { part: 'csv', ...csv.fault },
    ])
  })
})

describe('A-77 the sources fail', () => {
  const failing = (...venues: Parameters<typeof venueHealthOf>[]) =>
    failingParts(factsOf(healthOf({ venues: venues.map((each) => venueHealthOf(...each)) })))

  test('A-77 when none of those that are asked answers', () => {
    expect(failing(['upbit', down], ['binance', { state: 'paused' }], ['okx', { state: 'off' }])).toEqual([
      { part: 'sources', code: 'connect-refused', message: 'None of 2 sources answers. upbit: Nobody listens there.' },
    ])
    expect(failing(['upbit', down]).map(({ message }) => message)).toEqual([
      'The only source does not answer. upbit: Nobody listens there.',
    ])
  })

  test.each([
    ['one is live', ['binance', {}]],
    ['one is polled', ['binance', { state: 'polled' }]],
    ['one still connects', ['binance', { state: 'connecting' }]],
  ] as const)('not while %s', (_what, other) => {
    expect(failing(['upbit', down], [...other])).toEqual([])
  })

  test('whatever one says that has nothing to watch, or wants a key', () => {
    expect(failing(['upbit', down], ['yahoo', { markets: 0 }], ['kis', { state: 'needs-key' }])).toHaveLength(1)
    expect(failing(['yahoo', { markets: 0 }], ['kis', { state: 'needs-key' }])).toEqual([])
  })
})

describe('A-77 the forwarder fails', () => {
  const waiting = outboxOf({ records: 9, oldestAt: NOW - 2 * MINUTE })
  const failing = (...cluster: Parameters<typeof clusterOf>) =>
    failingParts(factsOf(healthOf(), { cluster: clusterOf(...cluster) }))

  test('A-77 when what it owes has waited for longer than a minute, with the reason', () => {
    const away: Fault = { code: 'cluster-away', message: 'No broker answers.' }
    expect(failing({ state: 'away', fault: away, outbox: waiting })).toEqual([
      {
        part: 'forwarder',
        code: 'cluster-away',
        message: '9 records wait for Kafka, the oldest for 120 s. No broker answers.',
      },
    ])
    const rights: Fault = { code: 'not-authorized', message: 'Write is missing.' }
    const outbox = { ...waiting, presets: [{ preset: 'own', records: 9, acked: 0, fault: rights } as const] }
    expect(failing({ outbox }).map(({ code }) => code)).toEqual(['not-authorized'])
    expect(failing({ outbox: waiting }).map(({ code }) => code)).toEqual(['timed-out'])
  })

  test('not while it drains, nor sooner, nor with nothing to send', () => {
    const away = { state: 'away', fault: { code: 'cluster-away', message: 'No broker answers.' } } as const
    expect(failing({ outbox: { ...waiting, outPerSecond: 10 } })).toEqual([])
    expect(failing({ ...away, outbox: { ...waiting, oldestAt: NOW - MINUTE / 2 } })).toEqual([])
    expect(failing(away)).toEqual([])
  })
})

test('A-77 consumers fail by name: one crashed, one stuck; killed members and those that are off do not count', () => {
  const member = (state: 'crashed' | 'stuck' | 'gone') => ({
    members: [{ id: 'm', state, assigned: [], perSecond: 0 }],
  })
  const consumers = [
    consumerOf('desk', member('crashed')),
    consumerOf('wall', member('stuck')),
    consumerOf('drill', member('gone')),
    consumerOf('old', { ...member('crashed'), on: false }),
  ]
  expect(failingParts(factsOf(healthOf(), { cluster: clusterOf(), consumers }))).toEqual([
    { part: 'consumers', code: 'internal', message: expect.stringContaining('"desk" crashed') as string },
    { part: 'consumers', code: 'timed-out', message: expect.stringContaining('"wall" reads nothing') as string },
  ])
})
