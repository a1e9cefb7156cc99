/** What the bus costs: its producing and consuming against bare kafkajs, with the same bytes, on the same brokers. */

import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import type { Kafka } from 'kafkajs'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import type { Bus, OutRecord } from '../../src/main/bus/bus.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { clusterProfileSchema } from '../../src/shared/kafka-settings.ts'
import { encodeEvent } from '../../src/shared/wire.ts'
import { createRecords } from './market-records.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'

const PARTITIONS = 3
const RECORDS = 60_000
const BATCH = 1_000
const ROUNDS = 3
/** As many as the forwarder writes. */
const HEADERS = {
  schema: 'tapedeck.trades.v1',
  collector: randomUUID(),
  record: '1/0/123456',
  socket: '1700000000050',
  journal: '1700000000070',
}

/** Brokers of the caller's choice by KAFKA_BOOTSTRAP_SERVERS, else one node of its own. */
export async function kafkaBench(): Promise<Record<string, Measure>> {
  const given = process.env['KAFKA_BOOTSTRAP_SERVERS']
  const cluster = given ? undefined : await openCluster({ nodes: 1 })
  const brokers = given?.split(',') ?? [...cluster!.brokers]
  const profile = clusterProfileSchema.parse({ id: 'bench', name: 'bench', brokers, compression: 'none' })
  const bus = openBus({ profile, secrets: {}, log: { info: () => undefined, warn: console.error } })
  const bare = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
  try {
    return await measure(bus, bare)
  } finally {
    await bus.close()
    await cluster?.close()
  }
}

async function measure(bus: Bus, bare: Kafka): Promise<Record<string, Measure>> {
  const records = toRecords()
  const rates = { send: [] as number[], bareSend: [] as number[], read: [] as number[], bareRead: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const topic = `bench-${randomUUID()}`
    await bus.admin.create({ name: topic, partitions: PARTITIONS, replication: null, configs: {} })
    // In turn, so that neither always meets the warmer broker.
    const sends = [() => sendByBus(bus, topic, records), () => sendBare(bare, topic, records)]
    const order = round % 2 === 0 ? [0, 1] : [1, 0]
    for (const which of order) (which === 0 ? rates.send : rates.bareSend).push(rate(RECORDS, await sends[which]!()))
    const reads = [() => readByBus(bus, topic, 2 * RECORDS), () => readBare(bare, topic, 2 * RECORDS)]
    for (const which of order)
      (which === 0 ? rates.read : rates.bareRead).push(rate(2 * RECORDS, await reads[which]!()))
    await bus.admin.remove(topic)
  }
  const ratio = (ours: readonly number[], theirs: readonly number[]) =>
    Number(median(ours.map((each, round) => each / theirs[round]!)).toFixed(2))
  return {
    'kafka.send-rate': { value: Math.round(median(rates.send)), unit: 'records/s' },
    'kafka.send': { value: ratio(rates.send, rates.bareSend), unit: 'ratio', of: 'bare kafkajs' },
    'kafka.read-rate': { value: Math.round(median(rates.read)), unit: 'records/s' },
    'kafka.read': { value: ratio(rates.read, rates.bareRead), unit: 'ratio', of: 'bare kafkajs' },
  }
}

function toRecords(): readonly OutRecord[] {
  const events = createRecords({ trades: RECORDS, perSecond: 5_000, start: Date.now() - 60_000 })
  return events.slice(0, RECORDS).map((event) => ({
    key: event.instrument,
    value: encodeEvent(event),
    headers: HEADERS,
    timestamp: event.at,
  }))
}

/** Batches of each partition in turn, and a partition's next only when its last is acknowledged: as the forwarder sends. */
async function inTurn(
  send: (partition: number, batch: readonly OutRecord[]) => Promise<unknown>,
  records: readonly OutRecord[],
) {
  const share = RECORDS / PARTITIONS
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: PARTITIONS }, async (_, partition) => {
      for (let at = partition * share; at < (partition + 1) * share; at += BATCH)
        await send(partition, records.slice(at, Math.min(at + BATCH, (partition + 1) * share)))
    }),
  )
  return performance.now() - begin
}

async function sendByBus(bus: Bus, topic: string, records: readonly OutRecord[]): Promise<number> {
  const producer = bus.producer()
  await producer.send(topic, 0, records.slice(0, 1))
  const took = await inTurn((partition, batch) => producer.send(topic, partition, batch), records)
  await producer.close()
  return took
}

async function sendBare(bare: Kafka, topic: string, records: readonly OutRecord[]): Promise<number> {
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner
  const producer = bare.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner })
  await producer.connect()
  const send = (partition: number, batch: readonly OutRecord[]) =>
    producer.send({
      topic,
      acks: -1,
      messages: batch.map(({ key, value, headers, timestamp }) => ({
        key,
        value: value as string,
        headers,
        timestamp: String(timestamp),
        partition,
      })),
    })
  await send(0, records.slice(0, 1))
  const took = await inTurn(send, records)
  await producer.disconnect()
  return took
}

async function readByBus(bus: Bus, topic: string, count: number): Promise<number> {
  let read = 0
  let begin = 0
  let done: () => void = () => undefined
  const all = new Promise<void>((resolve) => (done = resolve))
  const member = bus.member({
    group: topic,
    topics: [topic],
    start: 'earliest',
    resumeAt: async () => undefined,
    onBatch: async ({ records }) => {
      read += records.length
      if (read >= count) done()
    },
    onEvent: ({ kind }) => {
      if (kind === 'joined') begin = performance.now()
    },
  })
  await all
  const took = performance.now() - begin
  await member.close()
  return took
}

async function readBare(bare: Kafka, topic: string, count: number): Promise<number> {
  let read = 0
  let begin = 0
  let done: () => void = () => undefined
  const all = new Promise<void>((resolve) => (done = resolve))
  const consumer = bare.consumer({ groupId: `${topic}-bare` })
  consumer.on('consumer.group_join', () => (begin = performance.now()))
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      read += batch.messages.length
      if (read >= count) done()
    },
  })
  await all
  const took = performance.now() - begin
  await consumer.disconnect()
  return took
}

function rate(records: number, took: number): number {
  return (records / took) * 1_000
}
