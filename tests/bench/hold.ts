/**
 * Whether a steady 20,000 records a second get through the journal and the forwarder to one broker: how long an
 * acknowledgement takes, how much waits at most, and how soon nothing waits when it ends. Ten minutes unless told otherwise.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHistogram } from 'node:perf_hooks'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import type { Bus } from '../../src/main/bus/bus.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { runForwarder } from '../../src/main/forward/forwarder.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { clusterProfileSchema, DEFAULT_KAFKA } from '../../src/shared/kafka-settings.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import { CLOCK_KEY } from '../../src/shared/market.ts'
import { TOPICS } from '../../src/shared/topics.ts'
import { createRecords } from './market-records.ts'
import type { Measure } from './measure.ts'

const PER_SECOND = 20_000
/** A socket's turn. */
const TURN = 10
const QUIET = { info: () => {}, warn: () => {} }

export async function holdBench(minutes = 10): Promise<Record<string, Measure>> {
  const given = process.env['KAFKA_BOOTSTRAP_SERVERS']
  const cluster = given ? undefined : await openCluster({ nodes: 1 })
  const brokers = given?.split(',') ?? [...cluster!.brokers]
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'))
  const journal = await openJournal({ file: join(folder, 'journal.db'), demo: false, caps: { bytes: 1e9 } })
  const id = `hold-${Date.now()}`
  const open = openBus({
    profile: clusterProfileSchema.parse({ id, name: id, brokers, compression: 'none', replication: 1 }),
    secrets: {},
    log: QUIET,
  })
  const acks = createHistogram()
  const bus = timed(open, (took) => acks.record(Math.max(1, Math.round(took))))
  for (const topic of Object.values(TOPICS))
    await bus.admin.create({
      name: topic.name,
      partitions: topic.partitions,
      replication: 1,
      // What ten minutes write is 5 GB: the broker need not keep it.
      configs: { 'retention.bytes': '50000000', 'segment.bytes': '25000000' },
    })
  const forwarder = runForwarder({
    journal,
    bus,
    settings: DEFAULT_KAFKA.forward,
    demo: false,
    collector: 'bench',
    log: QUIET,
  })
  try {
    const total = minutes * 60 * PER_SECOND
    const began = performance.now()
    const waited = await append(journal, total, () => forwarder.view().records)
    const took = performance.now() - began
    const ended = performance.now()
    while (journal.stats().pending > 0 || forwarder.view().acked < total) await sleep(5)
    return {
      'hold.rate': { value: Math.round((total / took) * 1_000), unit: 'records/s' },
      'hold.minutes': { value: Number((took / 60_000).toFixed(1)), unit: 'min' },
      'hold.ack.p50': { value: acks.percentile(50), unit: 'ms' },
      'hold.ack.p99': { value: acks.percentile(99), unit: 'ms' },
      'hold.waiting.most': { value: waited, unit: 'records' },
      'hold.emptied': { value: Number(((performance.now() - ended) / 1_000).toFixed(2)), unit: 's' },
      'hold.retries': { value: forwarder.view().retries, unit: 'retries' },
    }
  } finally {
    await forwarder.close(0)
    await bus.close()
    await journal.close()
    await cluster?.close()
    rmSync(folder, { recursive: true })
  }
}

/** Appends as many as are due by now, each turn. Returns how many waited at most, looked at once a second. */
async function append(
  journal: Awaited<ReturnType<typeof openJournal>>,
  total: number,
  waiting: () => number,
): Promise<number> {
  const pattern = createRecords({ trades: PER_SECOND, perSecond: PER_SECOND, start: 0 }).filter(
    ({ instrument }) => instrument !== CLOCK_KEY,
  )
  const began = performance.now()
  let sent = 0
  let most = 0
  let looked = 0
  while (sent < total) {
    const elapsed = performance.now() - began
    const due = Math.min(total, Math.floor((elapsed / 1_000) * PER_SECOND))
    const now = Date.now()
    const events: MarketEvent[] = []
    for (; sent < due; sent += 1) {
      const event = pattern[sent % pattern.length]!
      events.push({
        ...event,
        at: now,
        receivedAt: now,
        data: { ...event.data, id: String(sent) } as typeof event.data,
      })
    }
    if (events.length > 0) journal.append('trades', events)
    if (elapsed - looked >= 1_000) {
      looked = elapsed
      most = Math.max(most, waiting())
    }
    await sleep(TURN)
  }
  return most
}

/** The bus, telling how long each send took until the broker acknowledged it. */
function timed(bus: Bus, onAcked: (took: number) => void): Bus {
  return {
    ...bus,
    producer() {
      const producer = bus.producer()
      return {
        ...producer,
        async send(...args) {
          const began = performance.now()
          const result = await producer.send(...args)
          onAcked(performance.now() - began)
          return result
        },
      }
    },
  }
}

function sleep(length: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, length))
}

if (import.meta.main) console.table(await holdBench(...process.argv.slice(2).map(Number)))
