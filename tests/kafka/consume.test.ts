import { hostname } from 'node:os'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ConsumerSpec } from '../../src/shared/kafka-settings.ts'
import { consumerSchema } from '../../src/shared/kafka-settings.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import type { OutRecord } from '../../src/main/bus/bus.ts'
import type { ConsumerGroup } from '../../src/main/consume/group.ts'
import { openGroup } from '../../src/main/consume/group.ts'
import { runStatusTopic } from '../../src/main/consume/status-topic.ts'
import { createStoreSink } from '../../src/main/consume/store-sink.ts'
import { trade, trades } from '../../src/main/journal/fixtures.ts'
import { readRecord } from '../../src/main/monitor/record-times.ts'
import type { TestStore } from '../../src/main/store/fixtures.ts'
import { openTestStore } from '../../src/main/store/fixtures.ts'
import { toClient } from './client.ts'
import type { Setup } from './setup.ts'
import { setup, silent, toRecords, until } from './setup.ts'

let kafka: Setup
let store: TestStore
const groups: ConsumerGroup[] = []

beforeAll(async () => {
  kafka = await setup()
  store = await openTestStore()
})
afterEach(async () => {
  for (const group of groups.splice(0)) await group.close()
})
afterAll(async () => {
  await store?.close()
  store?.remove()
  await kafka?.close()
})

function consume(
  spec: Partial<ConsumerSpec> & Pick<ConsumerSpec, 'topics' | 'group'>,
  seen: MarketEvent[] = [],
): ConsumerGroup {
  const sink = createStoreSink({
    store: store.store,
    group: () => Promise.resolve(`kafka:test:${spec.group}`),
    self: 'c0',
    demo: false,
    log: silent,
    onEvents: (events) => seen.push(...events),
    onReturned: () => {},
  })
  const group = openGroup({
    spec: consumerSchema.parse({ name: 'readers', start: 'earliest', ...spec }),
    open: (options) => kafka.bus.member(options),
    sink,
  })
  groups.push(group)
  return group
}

async function sendRecords(topic: string, partition: number, records: readonly OutRecord[]): Promise<void> {
  const producer = kafka.bus.producer()
  for (let at = 0; at < records.length; at += 1_000)
    await producer.send(topic, partition, records.slice(at, at + 1_000))
  await producer.close()
}

const storedIds = (prefix: string): string[] =>
  store.query<{ id: string }>(`SELECT id FROM trades WHERE id LIKE '${prefix}%' ORDER BY at, id`).map(({ id }) => id)

test(
  'A-33 three members read a partition each, a killed one’s goes on with another, a fourth is idle and says why',
  { timeout: 60_000 },
  async () => {
    const topic = await kafka.topic(3)
    const group = consume({ topics: [topic], group: kafka.group(), members: 3 })
    const share = () => group.view().members.map(({ state, assigned }) => `${state} ${assigned.length}`)
    await until(() => share().every((each) => each === 'running 1'))

    const events = trades(300).map((each) => ({ ...each, data: { ...each.data, id: `shared-${each.data.id}` } }))
    const send = async (from: number, to: number) => {
      for (const partition of [0, 1, 2])
        await sendRecords(topic, partition, toRecords(events.slice(from, to).filter((_, at) => at % 3 === partition)))
    }
    await send(0, 150)
    await until(() => group.totals().processed >= 150)

    group.kill('readers-1')
    await send(150, 300)
    await until(() => group.totals().processed >= 300)
    const [rebalance] = group.view().rebalances.slice(-1)
    expect({
      members: share().toSorted(),
      stored: storedIds('shared-').length,
      reason: rebalance?.reason,
      lost: rebalance?.lost,
      total: group.totals().lost,
    }).toEqual({
      members: ['gone 0', 'running 1', 'running 2'],
      stored: 300,
      reason: { code: 'killed', values: { member: 'readers-1' } },
      lost: 0,
      total: 0,
    })
    // The dead member's session is 10 s; its partition is read again at most 5 s after that.
    expect(rebalance!.pausedFor).toBeLessThan(15_000)

    group.add()
    group.add()
    await until(() => share().filter((each) => each === 'running 1').length === 3 && share().includes('idle 0'))
    const idle = group.view().members.find(({ state }) => state === 'idle')
    expect(idle?.reason).toEqual({ code: 'idle-too-many', values: { partitions: '3', members: '4' } })
  },
)

test('a record that cannot be read is parked with its reason, and the partition goes on', async () => {
  const topic = await kafka.topic()
  const group = consume({ topics: [topic], group: kafka.group() })
  const good = (id: string) => toRecords([trade(id, 1_767_571_200_000)])[0]!
  await sendRecords(topic, 0, [
    good('parked-1'),
    { ...good('x'), value: 'no JSON', timestamp: 1_767_571_200_001 },
    { ...good('x'), value: null, timestamp: 1_767_571_200_002 },
    good('parked-2'),
  ])
  await until(() => group.totals().processed === 4)
  const parked = await group.sink.parked()
  expect({
    stored: storedIds('parked-'),
    parked: parked.map(({ offset, at, reason, collector }) => ({ offset, at, reason, collector })),
    retried: await group.sink.retry(),
  }).toEqual({
    stored: ['parked-1', 'parked-2'],
    parked: [
      { offset: 1, at: 1_767_571_200_001, reason: 'The record is not JSON.', collector: 'another' },
      { offset: 2, at: 1_767_571_200_002, reason: 'The record has no value.', collector: 'another' },
    ],
    retried: { stored: 0, left: 2 },
  })
})

test('what this folder collected comes back without being stored twice, and two collectors’ trades are one row', async () => {
  const topic = await kafka.topic()
  const events = trades(20).map((each) => ({ ...each, data: { ...each.data, id: `two-${each.data.id}` } }))
  const seen: MarketEvent[] = []
  const group = consume({ topics: [topic], group: kafka.group() }, seen)
  await sendRecords(topic, 0, [
    ...toRecords(events.slice(0, 5), 'c0'),
    ...toRecords(events, 'first'),
    ...toRecords(events, 'second'),
  ])
  await until(() => group.totals().processed === 45)
  const { processed, own, duplicates, parked, lost } = group.totals()
  expect({ processed, own, duplicates, parked, lost, rows: storedIds('two-').length, seen: seen.length }).toEqual({
    processed: 45,
    own: 5,
    duplicates: 20,
    parked: 0,
    lost: 0,
    rows: 20,
    seen: 40,
  })
})

test('what the cluster removed before it was read is told as lost, whether or not more comes', async () => {
  const topic = await kafka.topic()
  const name = kafka.group()
  const events = trades(10).map((each) => ({ ...each, data: { ...each.data, id: `removed-${each.data.id}` } }))
  await sendRecords(topic, 0, toRecords(events.slice(0, 4)))
  const first = consume({ topics: [topic], group: name })
  await until(() => first.totals().processed === 4)
  groups.splice(0)
  await first.close()
  await sendRecords(topic, 0, toRecords(events.slice(4)))
  const admin = toClient(kafka.profile.brokers).admin()
  await admin.connect()
  await admin.fetchTopicMetadata({ topics: [topic] })
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '10' }] })
  await admin.disconnect()

  const second = consume({ topics: [topic], group: name })
  await until(() => second.totals().lost > 0)
  expect(second.totals()).toMatchObject({ processed: 0, lost: 6 })
})

test('A-34 a group goes on where the store stands, whatever Kafka has been told', async () => {
  const topic = await kafka.topic()
  const name = kafka.group()
  const events = trades(200).map((each) => ({ ...each, data: { ...each.data, id: `go-on-${each.data.id}` } }))
  await sendRecords(topic, 0, toRecords(events.slice(0, 100)))
  const first = consume({ topics: [topic], group: name })
  await until(() => first.totals().processed === 100)
  groups.splice(0)
  await first.close()
  await kafka.bus.admin.commit(name, [{ topic, partition: 0, offset: 30n }])

  await sendRecords(topic, 0, toRecords(events.slice(100)))
  const second = consume({ topics: [topic], group: name })
  await until(() => second.totals().processed === 100)
  const { duplicates } = second.totals()
  expect({
    duplicates,
    rows: storedIds('go-on-').length,
    offsets: await store.store.offsets(`kafka:test:${name}`),
  }).toEqual({
    duplicates: 0,
    rows: 200,
    offsets: [{ topic, partition: 0, offset: 200 }],
  })
}, 60_000)

test('A-42 a batch that fails ends a member and not the app: it is built anew and goes on with the same records', async () => {
  const topic = await kafka.topic()
  const kinds: string[] = []
  let fails = 2
  const taken: bigint[] = []
  const member = kafka.bus.member({
    group: kafka.group(),
    topics: [topic],
    start: 'earliest',
    resumeAt: () => Promise.resolve(undefined),
    onBatch: ({ records }) => {
      fails -= 1
      if (fails >= 0) return Promise.reject(new Error('on purpose'))
      taken.push(...records.map(({ offset }) => offset))
      return Promise.resolve()
    },
    onEvent: ({ kind }) => void (kind === 'heartbeat' || kinds.push(kind)),
  })
  await kafka.send(topic, 0, ['a', 'b', 'c'])
  await until(() => taken.length === 3)
  await member.close()
  expect({ taken, kinds }).toEqual({
    taken: [0n, 1n, 2n],
    kinds: ['joined', 'crashed', 'joined', 'crashed', 'joined', 'stopped'],
  })
}, 60_000)

test('a group tells every five seconds on the status topic how it is doing', async () => {
  const topic = await kafka.topic()
  const name = kafka.group()
  const group = consume({ topics: [topic], group: name })
  const prefix = await kafka.topic()
  const leave = runStatusTopic({ bus: kafka.bus, prefix, groups: () => [group], log: silent })
  const status = `${prefix}.consumer.status`
  await sendRecords(topic, 0, toRecords([trade('status-1', Date.now())]))
  await until(async () => (await kafka.bus.admin.ends(status).catch(() => [])).some(({ end }) => end! > 0n))
  await leave()
  const record = await readRecord(kafka.bus, status, 0, 0n)
  await kafka.bus.admin.remove(status)
  expect({
    key: Buffer.from(record!.key!).toString(),
    value: JSON.parse(Buffer.from(record!.value!).toString()) as unknown,
  }).toEqual({
    key: `${name}:${hostname()}:${process.pid}`,
    value: {
      hostname: hostname(),
      pid: process.pid,
      group_id: name,
      topics: [topic],
      subscription: [topic],
      num_partitions: 1,
      processed_count: 1,
      error_count: 0,
      messages_per_second: expect.any(Number),
      running: true,
      uptime_seconds: expect.any(Number),
      last_message_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    },
  })
}, 60_000)
