/**
 * How fast a consumer group takes trades from Kafka into market.db, against one prepared insert of the same rows into the same
 * table. Rounds of both, one after the other; the median ratio counts.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import type { Bus } from '../../src/main/bus/bus.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { openGroup } from '../../src/main/consume/group.ts'
import { createStoreSink } from '../../src/main/consume/store-sink.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { openReadOnly } from '../../src/main/store/read-only.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import { clusterProfileSchema, consumerSchema } from '../../src/shared/kafka-settings.ts'
import type { MarketEvent, Trade } from '../../src/shared/market.ts'
import { encodeEvent } from '../../src/shared/wire.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'
import { bareInsert, makeTrades } from './stored-trades.ts'

const TRADES = 120_000
const PARTITIONS = 3
const BATCH = 1_000
const ROUNDS = 3
const QUIET = { info: () => {}, warn: () => {} }

export async function consumeBench(): Promise<Record<string, Measure>> {
  const given = process.env['KAFKA_BOOTSTRAP_SERVERS']
  const cluster = given ? undefined : await openCluster({ nodes: 1 })
  const brokers = given?.split(',') ?? [...cluster!.brokers]
  const profile = clusterProfileSchema.parse({ id: 'bench', name: 'bench', brokers, compression: 'none' })
  const bus = openBus({ profile, secrets: {}, log: QUIET })
  const topic = `bench-consume-${Date.now()}`
  const trades = makeTrades(TRADES)
  try {
    await fill(bus, topic, trades)
    const rates: number[] = []
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'))
      try {
        const bare = bareInsert(folder, trades)
        const rate = await consumeRate(bus, topic, folder)
        rates.push(rate)
        ratios.push(rate / bare)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    return {
      'consume.rate': { value: Math.round(median(rates)), unit: 'records/s' },
      'consume.into-store': { value: Number(median(ratios).toFixed(2)), unit: 'ratio', of: 'bare insert' },
    }
  } finally {
    await bus.admin.remove(topic).catch(() => undefined)
    await bus.close()
    await cluster?.close()
  }
}

async function fill(bus: Bus, topic: string, trades: readonly MarketEvent<Trade>[]): Promise<void> {
  await bus.admin.create({ name: topic, partitions: PARTITIONS, replication: null, configs: {} })
  const producer = bus.producer()
  const records = trades.map((event) => ({
    key: event.instrument,
    value: encodeEvent(event),
    headers: { collector: 'another' },
    timestamp: event.at,
  }))
  for (let at = 0, turn = 0; at < records.length; at += BATCH, turn += 1)
    await producer.send(topic, turn % PARTITIONS, records.slice(at, at + BATCH))
  await producer.close()
}

/** From the first assignment until every trade and the offset behind it are committed in market.db. */
async function consumeRate(bus: Bus, topic: string, folder: string): Promise<number> {
  const journalFile = join(folder, 'journal.db')
  const journal = await openJournal({ file: journalFile, demo: false, caps: { bytes: 2e9 } })
  const store = await openStore({
    journalFile,
    marketFile: join(folder, 'market.db'),
    demo: false,
    caps: { storeBytes: 20e9, tradeDays: 36_500, secondDays: 36_500 },
    collector: 'bench',
  })
  const id = `bench-${Date.now()}`
  let began = 0
  const group = openGroup({
    spec: consumerSchema.parse({ name: 'bench', group: id, topics: [topic], start: 'earliest' }),
    open: (options) =>
      bus.member({
        ...options,
        onEvent(event) {
          if (event.kind === 'joined') began = performance.now()
          options.onEvent(event)
        },
      }),
    sink: createStoreSink({
      store,
      group: () => Promise.resolve(`kafka:bench:${id}`),
      self: 'bench',
      demo: false,
      log: QUIET,
      onEvents: () => {},
      onReturned: () => {},
    }),
  })
  while (group.totals().processed < TRADES) await new Promise((resolve) => setTimeout(resolve, 5))
  const took = performance.now() - began
  await group.close()
  await store.close()
  await journal.close()
  const db = openReadOnly(join(folder, 'market.db'))
  const { stored } = db.prepare<[], { stored: number }>('SELECT count(*) AS stored FROM trades').get()!
  db.close()
  if (stored !== TRADES) throw new Error(`${stored} of ${TRADES} trades are in the store.`)
  return (TRADES / took) * 1_000
}

if (import.meta.main) console.table(await consumeBench())
