/** The Kafka part of the fake engine. */

import type { Handlers, Sink } from '../src/shared/bridge.ts'
import { FaultError } from '../src/shared/faults.ts'
import type { kafkaContract } from '../src/shared/kafka-contract.ts'
import type { ConsumerView, DoctorStep } from '../src/shared/kafka-view.ts'
import { clusterProfileSchema } from '../src/shared/kafka-settings.ts'
import type { KafkaSettings } from '../src/shared/kafka-settings.ts'
import type { Millis } from '../src/shared/market.ts'
import { MINUTE, SECOND } from '../src/shared/market.ts'
import { clusterAt, groupAt, groupsAt, topicNames, topicRow } from './fake-cluster.ts'
import { doctorSteps } from './fake-doctor.ts'
import { createFakeGroup } from './fake-rebalances.ts'
import { openScan } from './fake-scan.ts'

export interface FakeKafkaOptions {
  readonly now: () => Millis
  readonly settings: () => KafkaSettings
  /** Sends now and then as often as `every` says, while the page takes it. */
  readonly repeat: <V>(sink: Sink<V>, every: Millis, make: () => V) => () => void
}

/** The handlers of the Kafka contract, over a cluster that is away now and then. */
export function createFakeKafka({ now, settings, repeat }: FakeKafkaOptions): Handlers<typeof kafkaContract> {
  let active = settings().active
  let since = now()
  const secrets = new Map<string, 'encrypted'>([['prod-seoul', 'encrypted']])
  const made = new Map<string, number>()
  const gone = new Set<string>()
  const configs = new Map<string, Record<string, string>>()
  const plans = new Map<string, string>()
  let plan = 0

  const writer = createFakeGroup('csv', 'tapedeck.trades.v1', 3, 3, now() - 10 * MINUTE)
  writer.add(now() - 3 * MINUTE)
  writer.kill('csv-2', now() - 68 * SECOND)
  writer.view(now() - 58 * SECOND)
  writer.add(now() - 16 * SECOND)
  const keeper = createFakeGroup('store', 'tapedeck.trades.v1', 3, 2, now() - 10 * MINUTE)
  const groups: Readonly<Record<string, typeof writer>> = { 'csv-writer': writer, 'store-main': keeper }

  const cluster = () => {
    if (settings().active !== active) {
      active = settings().active
      since = now()
    }
    return clusterAt(now(), since, settings())
  }
  const checkUp = () => {
    const { state, profile } = cluster()
    if (state === 'off') throw new FaultError('not-found', 'No cluster is connected.')
    if (state !== 'up') throw new FaultError('cluster-away', `No broker of ${profile?.name} answers.`)
  }
  const checkWritable = () => {
    checkUp()
    const { profile } = cluster()
    if (profile?.readOnly) throw new FaultError('read-only', `The profile ${profile.name} is read-only.`)
  }
  const names = () => [...topicNames(settings().active), ...made.keys()].filter((name) => !gone.has(name))
  const consumers = (): readonly ConsumerView[] =>
    settings().consumers.map((spec) => ({
      name: spec.name,
      group: spec.group,
      bus: spec.bus,
      sink: spec.sink,
      on: spec.on,
      processed: spec.name === 'csv-writer' ? 18_204_113 : 91_400_221,
      perSecond: spec.on ? 5_190 : 0,
      lost: 0,
      parked: spec.name === 'csv-writer' ? 2 : 0,
      ...(groups[spec.name]?.view(now()) ?? { members: [], spans: [], rebalances: [], duplicates: 0 }),
    }))
  const configOf = (topic: string) => ({
    'cleanup.policy': 'delete',
    'retention.ms': '604800000',
    'compression.type': 'producer',
    'min.insync.replicas': '2',
    'max.message.bytes': '1048588',
    ...configs.get(topic),
  })

  return {
    'kafka.state': (_, sink) => repeat(sink, SECOND / 2, cluster),
    'kafka.secret.set': ({ profile }) => {
      secrets.set(profile, 'encrypted')
      return { kept: 'encrypted' }
    },
    'kafka.secret.state': ({ profile }) => ({ set: secrets.has(profile), kept: secrets.get(profile) ?? 'none' }),
    'kafka.doctor': ({ profile }, sink) => {
      const all = doctorSteps(profile)
      let done = 0
      const timer = setInterval(() => {
        done += 1
        const failed = all.slice(0, done).some((step) => step.state === 'failed')
        const steps = all.map((step, index): DoctorStep => {
          if (index < done) return step
          return { step: step.step, state: failed ? 'skipped' : index === done ? 'running' : 'waiting' }
        })
        sink.send(steps)
        if (failed || done === all.length) sink.end()
      }, 250)
      return () => clearInterval(timer)
    },
    'kafka.drill': () => undefined,
    'kafka.import': ({ yaml }) => {
      const brokers = /bootstrap_servers?:\s*\[?["']?([^"'\]\n]+)/.exec(yaml)?.[1]
      if (!brokers) throw new FaultError('bad-request', 'kafka_config.yaml: kafka.bootstrap_servers is missing.')
      return {
        profile: clusterProfileSchema.parse({ id: 'imported', name: 'imported', brokers: brokers.split(/,\s*/) }),
        notes: ['producer.batch_size is not taken over: Tapedeck cuts batches by time.'],
      }
    },
    'topics.list': () => {
      checkUp()
      return names()
    },
    'topics.rows': ({ topics }) =>
      topics.map((name) => ({
        ...topicRow(name),
        ...(made.has(name) ? { partitions: made.get(name)!, records: '0', perSecond: 0 } : {}),
      })),
    'topics.describe': ({ topic }) => {
      checkUp()
      const row = topicRow(topic)
      return {
        partitions: Array.from({ length: made.get(topic) ?? row.partitions ?? 0 }, (_, partition) => ({
          partition,
          ...(row.leaderless && partition === 1 ? {} : { leader: (partition % 3) + 1 }),
          replicas: [1, 2, 3].slice(0, row.replication),
          inSync: [1, 2, 3].slice(0, row.underReplicated && partition < 2 ? 2 : row.replication),
          start: made.has(topic) ? '0' : '9204000',
          end: made.has(topic) ? '0' : String(18_204_113 + partition * 977),
        })),
        configs: Object.entries(configOf(topic)).map(([name, value]) => ({
          name,
          value,
          source: configs.get(topic)?.[name] === undefined ? 'default' : 'topic',
          readOnly: false,
        })),
        groups: topic.startsWith('tapedeck') ? ['csv-writer', 'store-main', 'risk-desk'] : [],
      }
    },
    'topics.create': ({ name, partitions }) => {
      checkWritable()
      if (names().includes(name)) throw new FaultError('bad-request', `The topic ${name} exists already.`)
      made.set(name, partitions)
      gone.delete(name)
    },
    'topics.configure': ({ topic, configs: changed }) => {
      checkWritable()
      configs.set(topic, { ...configs.get(topic), ...changed })
    },
    'topics.delete': ({ topic, confirm }) => {
      checkWritable()
      if (topic !== confirm) throw new FaultError('bad-request', 'confirm: must be the name of the topic.')
      made.delete(topic)
      gone.add(topic)
    },
    groups: (_, sink) => repeat(sink, 2 * SECOND, () => (cluster().state === 'off' ? [] : groupsAt(now()))),
    group: ({ group }, sink) => {
      const first = groupAt(group, now())
      if (!first) throw new FaultError('not-found', `There is no group ${group}.`)
      return repeat(sink, 2 * SECOND, () => groupAt(group, now()) ?? first)
    },
    'offsets.plan': ({ group, to }) => {
      const found = groupAt(group, now())
      if (!found) throw new FaultError('not-found', `There is no group ${group}.`)
      plan += 1
      plans.set(String(plan), group)
      return {
        id: String(plan),
        rows: found.partitions.map(({ topic, partition, committed, start = '0', end = '0' }) => ({
          topic,
          partition,
          ...(committed === undefined ? {} : { now: committed }),
          then:
            to === 'earliest'
              ? start
              : to === 'latest'
                ? end
                : 'at' in to
                  ? '15204113'
                  : String(Number(committed ?? start) + to.by),
        })),
      }
    },
    'offsets.reset': ({ id }) => {
      checkWritable()
      const found = groupAt(plans.get(id) ?? '', now())
      if (found?.members)
        throw new FaultError(
          'group-active',
          `${found.group} has members: ${found.memberRows?.map((row) => row.clientId).join(', ')}.`,
        )
      return { undo: id }
    },
    'offsets.undo': () => undefined,
    messages: (query, sink) => openScan(query, sink, now),
    'messages.send': ({ partition }) => {
      checkWritable()
      return { partition: partition ?? 1, offset: '18204114' }
    },
    'messages.resend': ({ from, dryRun }) => {
      if (!dryRun) checkWritable()
      return { records: from.length, bytes: from.length * 214 }
    },
    consumers: (_, sink) => repeat(sink, SECOND, consumers),
    'consumers.member': ({ name, action, member }) => {
      const group = groups[name]
      if (action === 'add') group?.add(now())
      else if (action === 'remove') group?.remove(member ?? '', now())
      else group?.kill(member ?? '', now())
    },
    'consumers.parked': () =>
      [4_411, 4_902].map((offset) => ({
        topic: 'tapedeck.trades.v1',
        partition: 1,
        offset: String(offset),
        at: now() - offset * 100,
        reason: { code: 'not-decimal', values: { field: 'data.price' } },
        value: '{"market":"upbit:BTC/KRW","data":{"kind":"trade","price":"n/a"}}',
      })),
    'consumers.retry': () => ({ stored: 1, left: 1 }),
    'trace.trade': () => [],
    'trace.record': () => undefined,
  }
}
