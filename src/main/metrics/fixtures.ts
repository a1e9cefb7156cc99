/** Facts of an engine that does well, for tests that change some of them. */

import type { Health, VenueHealth } from '../../shared/engine-view.ts'
import type { ClusterView, ConsumerView, OutboxView } from '../../shared/kafka-view.ts'
import type { EngineFacts } from './facts.ts'

export const NOW = 1_790_000_100_000

export function venueHealthOf(venue: VenueHealth['venue'], more: Partial<VenueHealth> = {}): VenueHealth {
  return {
    venue,
    state: 'live',
    since: NOW,
    attempt: 0,
    lastDataAt: NOW - 250,
    messages: 1_000,
    trades: 100,
    messagesPerSecond: 10,
    tradesPerSecond: 1,
    reconnects: 2,
    gaps: 3,
    malformed: { 'not-json': 4, decoder: 1 },
    markets: 4,
    troubled: [],
    budget: 0.25,
    limits: [],
    ...more,
  }
}

export function healthOf(more: Partial<Health> = {}): Health {
  return {
    at: NOW,
    mode: { mode: 'live' },
    venues: [venueHealthOf('upbit'), venueHealthOf('binance')],
    engine: { startedAt: NOW, rss: 200_000_000, messagesPerSecond: 20, tradesPerSecond: 2, stall: 12 },
    journal: { bytes: 10, records: 20, pending: 3, dropped: 4 },
    store: { bytes: 30, trades: 40, behind: 5 },
    gapsToday: 6,
    faults: [],
    instrumentsRevision: 1,
    ...more,
  }
}

export function outboxOf(more: Partial<OutboxView> = {}): OutboxView {
  return {
    records: 0,
    bytes: 0,
    inPerSecond: 0,
    outPerSecond: 0,
    acked: 70,
    retries: 2,
    parked: 1,
    presets: [{ preset: 'own', records: 0, acked: 70 }],
    history: [],
    ...more,
  }
}

export function clusterOf(more: Partial<ClusterView> = {}): ClusterView {
  const brokers = [{ id: 1, address: 'kafka:9092', isController: true }]
  return { state: 'up', since: NOW, brokers, missingRights: [], outbox: outboxOf(), ...more }
}

export function consumerOf(name: string, more: Partial<ConsumerView> = {}): ConsumerView {
  return {
    name,
    group: `group of ${name}`,
    bus: 'kafka',
    sink: 'store',
    on: true,
    processed: 500,
    perSecond: 5,
    duplicates: 6,
    lost: 7,
    parked: 8,
    members: [{ id: `${name}-1`, state: 'running', assigned: [], perSecond: 5 }],
    spans: [],
    rebalances: [],
    ...more,
  }
}

export function factsOf(health: Health = healthOf(), kafka: Partial<EngineFacts['kafka']> = {}): EngineFacts {
  return {
    info: { version: '1.2.3', host: 'headless', mode: { mode: 'live' }, startedAt: NOW - 100_000 },
    health,
    feeds: [],
    kafka: {
      cluster: { state: 'off', since: NOW, brokers: [], missingRights: [] },
      groups: [],
      consumers: [],
      ...kafka,
    },
  }
}
