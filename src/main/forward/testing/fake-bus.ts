/** A cluster in memory, for tests at the bus port: it can go away, refuse records, and lose acknowledgements. */

import { clusterProfileSchema } from '../../../shared/kafka-settings.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import { FaultError } from '../../../shared/faults.ts'
import type { Admin, Bus, OutRecord, Producer } from '../../bus/bus.ts'

export interface FakeCluster {
  readonly bus: Bus
  /** Records of each partition, by topic, in order. */
  readonly topics: ReadonlyMap<string, OutRecord[][]>
  /** Sends so far, by size. */
  readonly sends: readonly { readonly topic: string; readonly partition: number; readonly records: number }[]
  /** Makes a topic, or gives it more partitions. */
  createTopic(name: string, partitions: number): void
  /** Away: everything is refused with 'cluster-away'. */
  setAway(away: boolean): void
  /** Throws what a send of these records is answered with; undefined: it is taken. */
  onSend: ((records: readonly OutRecord[], topic: string, partition: number) => FaultError | undefined) | undefined
  /** Sends are not answered until the producer is closed. */
  hangs: boolean
  /** Says no to the creation of topics. */
  mayCreate: boolean
  /** The next so many sends are taken, and their acknowledgement is lost. */
  loseAcks: number
}

export function createFakeCluster(profile: Partial<ClusterProfile> = {}): FakeCluster {
  const topics = new Map<string, OutRecord[][]>()
  const sends: { topic: string; partition: number; records: number }[] = []
  const listeners = new Set<() => void>()
  let away = false
  const present = () => {
    if (away) throw new FaultError('cluster-away', 'The cluster is away.')
  }
  const full: ClusterProfile = {
    ...clusterProfileSchema.parse({ id: 'test', name: 'Test', brokers: ['127.0.0.1:9092'] }),
    ...profile,
  }

  const open = (): Producer => {
    const closed = Promise.withResolvers<never>()
    closed.promise.catch(() => undefined)
    return producer(closed.promise, () => closed.reject(new FaultError('cancelled', 'This producer was closed.')))
  }
  const producer = (whenClosed: Promise<never>, close: () => void): Producer => ({
    async send(topic, partition, records) {
      await Promise.resolve()
      if (cluster.hangs) await whenClosed
      present()
      const log = topics.get(topic)?.[partition]
      if (!log) throw new FaultError('unknown-topic', `There is no partition ${partition} of ${topic}.`)
      sends.push({ topic, partition, records: records.length })
      const refusal = cluster.onSend?.(records, topic, partition)
      if (refusal) throw refusal
      const base = BigInt(log.length)
      log.push(...records)
      if (cluster.loseAcks > 0) {
        cluster.loseAcks -= 1
        throw new FaultError('cluster-away', 'The connection was lost before the answer.')
      }
      return { topic, partition, base }
    },
    async close() {
      close()
    },
  })
  const admin: Pick<Admin, 'cluster' | 'topics' | 'describe' | 'create'> = {
    async cluster() {
      present()
      return { id: 'fake', brokers: [{ id: 1, address: '127.0.0.1:9092', isController: true }] }
    },
    async topics() {
      present()
      return [...topics.keys()]
    },
    async describe(names) {
      present()
      return new Map(
        names.flatMap((name) => {
          const partitions = topics.get(name)
          if (!partitions) return []
          return [[name, partitions.map((_, partition) => ({ partition, leader: 1, replicas: [1], inSync: [1] }))]]
        }),
      )
    },
    async create({ name, partitions }) {
      present()
      if (!cluster.mayCreate) throw new FaultError('not-authorized', 'The right Create on the cluster is missing.')
      if (topics.has(name)) return 'exists'
      cluster.createTopic(name, partitions)
      return 'created'
    },
  }

  const cluster: FakeCluster = {
    bus: {
      profile: full,
      state: () => ({ state: away ? 'away' : 'up', since: 0 }),
      onState(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      cut: () => undefined,
      cutUntil: () => undefined,
      producer: open,
      member: () => {
        throw new Error('This cluster has no consumers.')
      },
      admin: admin as Admin,
      read: () => {
        throw new Error('This cluster is not read.')
      },
      close: () => Promise.resolve(),
    },
    topics,
    sends,
    createTopic(name, partitions) {
      const held = topics.get(name) ?? []
      topics.set(
        name,
        Array.from({ length: partitions }, (_, partition) => held[partition] ?? []),
      )
    },
    setAway(next) {
      away = next
      for (const listener of listeners) listener()
    },
    onSend: undefined,
    hangs: false,
    mayCreate: true,
    loseAcks: 0,
  }
  return cluster
}

/** The values of a topic, partition after partition, as text. */
export function valuesOf(cluster: FakeCluster, topic: string): string[] {
  return (cluster.topics.get(topic) ?? []).flat().map(({ value }) => textOf(value))
}

export function textOf(value: OutRecord['value']): string {
  return typeof value === 'string' ? value : Buffer.from(value ?? new Uint8Array()).toString()
}
