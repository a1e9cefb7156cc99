/**
 * How fast a journal drains into Kafka, against kafkajs alone sending the very same records: idempotent, acks=all, 1,000 a batch,
 * one batch under way per partition. Rounds of both, one after the other; the median ratio counts.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import type { Message } from 'kafkajs'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { runForwarder } from '../../src/main/forward/forwarder.ts'
import { forwardGroup } from '../../src/main/forward/groups.ts'
import { cutLines } from '../../src/main/forward/lines.ts'
import type { Journal } from '../../src/main/journal/journal.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { clusterProfileSchema, DEFAULT_KAFKA } from '../../src/shared/kafka-settings.ts'
import { CLOCK_KEY } from '../../src/shared/market.ts'
import { TOPICS } from '../../src/shared/topics.ts'
import { createTopic, toClient } from '../kafka/client.ts'
import { createRecords } from './market-records.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'

const TRADES = TOPICS.trades
const BATCH = 1_000
const START = 1_736_842_476_000
const QUIET = { info: () => {}, warn: () => {} }

export async function forwardBench(records = 200_000, rounds = 3): Promise<Record<string, Measure>> {
  const given = process.env['KAFKA_BOOTSTRAP_SERVERS']
  const cluster = given ? undefined : await openCluster({ nodes: 1 })
  const brokers = cluster?.brokers ?? given!.split(',')
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'))
  const journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 8e9 },
    // The clock of the records, so that retention lets them be.
    clock: () => START,
  })
  try {
    await fill(journal, records)
    const raw = await toMessages(journal)
    const ratios: number[] = []
    const rates: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const plain = await plainRate(brokers, raw, `bench-raw-${Date.now()}`)
      const ours = await forwardRate(brokers, journal, `bench-${Date.now()}`)
      ratios.push(ours / plain)
      rates.push(ours)
    }
    return {
      'forward.rate': { value: Math.round(median(rates)), unit: 'records/s' },
      'forward.drain': { value: Number(median(ratios).toFixed(2)), unit: 'ratio', of: 'kafkajs alone' },
    }
  } finally {
    await journal.close()
    await cluster?.close()
    rmSync(folder, { recursive: true })
  }
}

async function fill(journal: Journal, records: number): Promise<void> {
  const events = createRecords({ trades: records, perSecond: 5_000, start: START }).filter(
    ({ instrument }) => instrument !== CLOCK_KEY,
  )
  for (let at = 0; at < events.length; at += BATCH) {
    journal.append('trades', events.slice(at, at + BATCH))
    while (journal.stats().pending > 20_000) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  while (journal.stats().pending > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** The records of each partition as kafkajs takes them, with the headers that ours have. */
async function toMessages(journal: Journal): Promise<Message[][]> {
  return Promise.all(
    Array.from({ length: TRADES.partitions }, async (_, partition) => {
      const batches = await journal.read({ topic: TRADES.name, partition }, 0, Infinity)
      return batches
        .flatMap((batch) => cutLines(batch, batch.base))
        .map((line) => ({
          key: line.instrument,
          value: line.value,
          timestamp: String(line.at),
          partition,
          headers: {
            schema: TRADES.schema,
            collector: 'bench',
            record: `${journal.epoch}/${partition}/${line.offset}`,
            received: String(line.receivedAt),
            journaled: String(line.journaledAt),
            sent: String(Date.now()),
          },
        }))
    }),
  )
}

async function plainRate(brokers: readonly string[], parts: readonly Message[][], topic: string): Promise<number> {
  const client = toClient(brokers)
  await createTopic(client, topic, TRADES.partitions)
  const producer = client.producer({
    idempotent: true,
    maxInFlightRequests: TRADES.partitions,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const began = performance.now()
  await Promise.all(
    parts.map(async (messages) => {
      for (let at = 0; at < messages.length; at += BATCH)
        await producer.send({ topic, acks: -1, messages: messages.slice(at, at + BATCH) })
    }),
  )
  const took = performance.now() - began
  await producer.disconnect()
  await remove(brokers, topic)
  return (parts.flat().length / took) * 1_000
}

async function forwardRate(brokers: readonly string[], journal: Journal, id: string): Promise<number> {
  const bus = openBus({
    profile: clusterProfileSchema.parse({ id, name: id, brokers, compression: 'none', replication: 1 }),
    secrets: {},
    log: QUIET,
  })
  for (const topic of Object.values(TOPICS))
    await bus.admin.create({ name: topic.name, partitions: topic.partitions, replication: 1, configs: {} })
  const ends = await journal.ends()
  const total = ends.reduce((sum, { end }) => sum + end, 0)
  journal.setGroup(
    forwardGroup(id, 'own'),
    ends.map(({ topic, partition }) => ({ topic, partition, offset: 0 })),
  )
  const began = performance.now()
  const forwarder = runForwarder({
    journal,
    bus,
    settings: DEFAULT_KAFKA.forward,
    demo: false,
    collector: 'bench',
    log: QUIET,
  })
  while (forwarder.view().acked < total) await new Promise((resolve) => setTimeout(resolve, 2))
  const took = performance.now() - began
  await forwarder.close(0)
  await bus.close()
  return (total / took) * 1_000
}

async function remove(brokers: readonly string[], topic: string): Promise<void> {
  const admin = toClient(brokers).admin()
  await admin.connect()
  await admin.deleteTopics({ topics: [topic] })
  await admin.disconnect()
}

if (import.meta.main) console.table(await forwardBench(...process.argv.slice(2).map(Number)))
