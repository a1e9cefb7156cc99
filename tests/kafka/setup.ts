/** Buses, topics and records for tests of what stands on them. Everything it makes is gone with `close()`. */

import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { MarketEvent } from '../../src/shared/market.ts'
import type { ClusterProfile } from '../../src/shared/kafka-settings.ts'
import { clusterProfileSchema } from '../../src/shared/kafka-settings.ts'
import { encodeEvent } from '../../src/shared/wire.ts'
import type { Bus, OutRecord } from '../../src/main/bus/bus.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { useBrokers } from './cluster.ts'

export const silent = {
  info: () => {},
  warn: () => {},
  error: () => {},
  recent: () => [],
  onLine: () => () => {},
}

/** Records of tests may be older than the cluster’s retention, which would remove them in the middle of a test. */
export const KEEP = { 'retention.ms': '-1' }

export interface Setup {
  readonly bus: Bus
  readonly profile: ClusterProfile
  /** Another connection; closed with this one. */
  open(more?: Partial<ClusterProfile>): Bus
  /** Makes a topic and returns its name. */
  topic(partitions?: number): Promise<string>
  group(): string
  /** Sends values to a partition, in order. */
  send(
    topic: string,
    partition: number,
    values: readonly (string | Uint8Array | null)[],
    more?: Partial<OutRecord>,
  ): Promise<void>
  close(): Promise<void>
}

export async function setup(): Promise<Setup> {
  const { brokers } = await useBrokers()
  const profile = clusterProfileSchema.parse({ id: 'test', name: 'test', brokers, compression: 'none' })
  const buses: Bus[] = []
  const topics: string[] = []
  const open = (more: Partial<ClusterProfile> = {}) => {
    const bus = openBus({ profile: { ...profile, ...more }, secrets: {}, log: silent })
    buses.push(bus)
    return bus
  }
  const bus = open()
  const producer = bus.producer()
  return {
    bus,
    profile,
    open,
    async topic(partitions = 1) {
      const name = `consume-${randomUUID().slice(0, 8)}`
      topics.push(name)
      await bus.admin.create({ name, partitions, replication: null, configs: KEEP })
      // Brokers learn of it one after the other.
      await until(
        async () => (await bus.admin.ends(name).catch(() => [])).filter(({ end }) => end === 0n).length === partitions,
      )
      return name
    },
    group: () => `group-${randomUUID().slice(0, 8)}`,
    async send(topic, partition, values, more = {}) {
      const now = Date.now()
      for (let at = 0; at < values.length; at += 1_000)
        await producer.send(
          topic,
          partition,
          values.slice(at, at + 1_000).map((value) => ({ key: null, headers: {}, timestamp: now, ...more, value })),
        )
    },
    async close() {
      await producer.close()
      for (const topic of topics) await bus.admin.remove(topic).catch(() => undefined)
      await Promise.all(buses.map((each) => each.close()))
    },
  }
}

/** Events as records, each at its own time, as another collector forwards them. */
export function toRecords(events: readonly MarketEvent[], collector = 'another'): OutRecord[] {
  return events.map((event) => ({
    key: event.instrument,
    value: encodeEvent(event),
    headers: { collector },
    timestamp: event.at,
  }))
}

/** Polls until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, within = 25_000): Promise<void> {
  for (const end = performance.now() + within; !(await isSo()); await setTimeout(50))
    if (performance.now() > end) throw new Error('It did not come to be so in time.')
}
