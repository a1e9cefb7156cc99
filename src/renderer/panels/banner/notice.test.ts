import { expect, it } from 'vitest'
import type { Health, VenueHealth } from '../../../shared/engine-view.ts'
import type { Fault } from '../../../shared/faults.ts'
import { noticeOf } from './notice.ts'

const full: Fault = { code: 'disk-full', message: 'The disk of /data is full.' }
const quota: Fault = { code: 'journal-quota', message: 'The journal is at its cap.' }

const venue = (part: Partial<VenueHealth>): VenueHealth => ({
  venue: 'upbit',
  state: 'live',
  since: 0,
  attempt: 0,
  messages: 0,
  trades: 0,
  messagesPerSecond: 0,
  tradesPerSecond: 0,
  reconnects: 0,
  gaps: 0,
  malformed: {},
  markets: 1,
  troubled: [],
  budget: 0,
  limits: [],
  ...part,
})
const health = (part: Partial<Health>): Health => ({
  at: 0,
  mode: { mode: 'live' },
  venues: [venue({})],
  engine: { startedAt: 0, rss: 0, messagesPerSecond: 0, tradesPerSecond: 0, stall: 0 },
  journal: { bytes: 0, records: 0, pending: 0, dropped: 0 },
  store: { bytes: 0, trades: 0, behind: 0 },
  gapsToday: 0,
  faults: [],
  instrumentsRevision: 0,
  ...part,
})
const demo = { mode: 'demo', reason: 'asked' } as const

const kindOf = (...venues: readonly Partial<VenueHealth>[]) =>
  noticeOf('ready', health({ venues: venues.map(venue) }), { mode: 'live' })?.kind

it('the gravest of several troubles is told', () => {
  const ailing = health({ faults: [quota], store: { bytes: 0, trades: 0, behind: 0, fault: full } })
  expect([
    noticeOf('lost', ailing, demo),
    noticeOf('ready', ailing, demo),
    noticeOf('ready', health({ faults: [quota] }), demo),
    noticeOf('ready', health({}), demo),
    noticeOf('ready', health({}), { mode: 'live' }),
  ]).toEqual([
    { kind: 'lost' },
    { kind: 'fault', fault: full },
    { kind: 'fault', fault: quota },
    { kind: 'demo', mode: demo },
    undefined,
  ])
})

it('offline means that every exchange asked has failed to answer', () => {
  expect([
    kindOf({ state: 'down' }, { state: 'connecting', attempt: 2 }, { state: 'off' }, { state: 'needs-key' }),
    kindOf({ state: 'connecting', attempt: 1 }),
    kindOf({ state: 'down' }, { state: 'live' }),
    kindOf({ state: 'off' }),
  ]).toEqual(['offline', undefined, undefined, undefined])
})
