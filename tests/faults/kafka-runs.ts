/** The runs that describe, short or as written: what went wrong on purpose, and what each part has afterwards. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '../../scripts/kafka/cluster.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { EMULATED } from '../../src/main/emulator/venues.ts'
import type { Gap, VenueId } from '../../src/shared/market.ts'
import { checkHistory } from './history-checker.ts'
import type { Verdict } from './history-checker.ts'
import { watchedShare } from '../watched-share.ts'
import type { App } from './kafka-app.ts'
import { startKafkaApp } from './kafka-app.ts'
import {
  leaderOfTrades,
  namesOfJournal,
  namesOfTopic,
  readJournal,
  readTopic,
  tradesOfEmulator,
  tradesOfJournal,
  tradesOfStore,
  tradesOfTopic,
} from './kafka-histories.ts'
import type { JournalRecord, TopicRecord } from './kafka-histories.ts'

/** What a run left behind, judged. */
export interface Outcome {
  /** Every record of the journal's trades topic against the topic's, by name. */
  readonly topic: Verdict
  /** What the emulator sent while the app ran against the topic's trades, by id. */
  readonly emulator: Verdict
  /** The journal's trades against the store's. */
  readonly store: Verdict
  /** Trades a second that the exchanges sent while the cluster was away. */
  readonly rate: number
  readonly records: readonly TopicRecord[]
  readonly journal: readonly JournalRecord[]
  /** Records in the outbox when the cluster came back, and how long until it was empty, in ms. */
  readonly outbox: number
  readonly drained: number
  /** Memory beyond that before the trouble, in bytes; longest stall of the engine's thread, in ms. */
  readonly growth: number
  readonly stall: number
  readonly dropped: number
}

export interface KillOutcome extends Outcome {
  /** From arrival to commitment, of the slowest trade and of 99 % of those before the kill, in ms: what a kill can cost. */
  readonly uncommitted: { readonly most: number; readonly p99: number }
  /** When nobody collected, and the gaps that say so. */
  readonly down: { readonly from: number; readonly to: number }
  readonly gaps: readonly Gap[]
}

const MARKET = 'upbit:BTC/KRW'
/** Exchanges that give each trade an id and never gather several into one: what was sent can be told from what arrived. */
const COUNTED: readonly VenueId[] = ['upbit', 'binance', 'bybit', 'gateio']
/** Around a kill the emulator's sockets are being closed or opened: what it sent then need not have arrived. */
const AROUND = 3_000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Stage {
  readonly emulator: Emulator
  readonly folder: string
  readonly collector: string
  start(): App
}

/** Sets up emulator and folder, runs, ends the app in order, and judges what is there. */
async function onStage<E extends object>(
  cluster: Cluster,
  rate: number,
  act: (stage: Stage) => Promise<{ readonly app: App; readonly figures: E; readonly gone?: readonly [number, number] }>,
): Promise<Omit<Outcome, 'outbox' | 'drained' | 'growth' | 'rate'> & E> {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-kafka-run-'))
  const collector = `run-${process.pid}-${Date.now()}`
  const emulator = await spawnEmulator({
    rate: Math.round(rate / watchedShare(EMULATED.filter(({ id }) => COUNTED.includes(id)))),
    seed: 7,
    limits: false,
    record: 2_000_000,
    venues: COUNTED,
  })
  const apps: App[] = []
  const start = () => {
    const app = startKafkaApp({ folder, brokers: cluster.brokers, endpoints: emulator.endpoints, collector })
    apps.push(app)
    return app
  }
  try {
    const { app, figures, gone } = await act({ emulator, folder, collector, start })
    await emulator.inject({ kind: 'silence', for: 300_000 })
    await app.quiet()
    const { trades, dropped } = await emulator.sent()
    if (dropped > 0) throw new Error(`The emulator's record was too short by ${dropped} trades.`)
    await app.close()
    const records = await readTopic(cluster.brokers, collector)
    const journal = readJournal(join(folder, 'journal.db'))
    const ours = trades.filter(({ at }) => !(gone && at > gone[0] - AROUND && at < gone[1] + AROUND))
    return {
      topic: checkHistory(namesOfJournal(journal), namesOfTopic(records)),
      emulator: checkHistory(tradesOfEmulator(ours), tradesOfTopic(records)),
      store: checkHistory(tradesOfJournal(journal), tradesOfStore(join(folder, 'market.db'))),
      records,
      journal,
      stall: Math.max(...apps.map(({ worst }) => worst.stall)),
      dropped: app.report()?.dropped ?? 0,
      ...figures,
    }
  } finally {
    for (const app of apps) await app.kill()
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const flows = (app: App) => app.until('records are acknowledged', ({ outbox }) => outbox.acked > 0, 60_000)
const isEmpty = (rate: number) => (report: { outbox: { records: number } }) => report.outbox.records < rate / 2

/** the broker is stopped for a while under load. `warmUp` seconds before it, so that memory has its usual size. */
export async function outageRun(cluster: Cluster, rate: number, seconds: number, warmUp = 3): Promise<Outcome> {
  return onStage(cluster, rate, async ({ start }) => {
    const app = start()
    await flows(app)
    await sleep(warmUp * 1_000)
    const before = app.report()!.rss
    await cluster.stop(1)
    const away = tradesSince(app)
    await sleep(seconds * 1_000)
    const perSecond = away()
    await cluster.start(1)
    const { outbox, drained } = await drain(app, rate)
    await sleep(2_000)
    return { app, figures: { outbox, drained, rate: perSecond, growth: app.worst.rss - before } }
  })
}

/** as A-26, and in the middle of it the app is killed and started again. */
export async function killRun(cluster: Cluster, rate: number, seconds: number, warmUp = 3): Promise<KillOutcome> {
  const outcome = await onStage(cluster, rate, async ({ start }) => {
    const first = start()
    await flows(first)
    await sleep(warmUp * 1_000)
    const before = first.report()!.rss
    await cluster.stop(1)
    const away = tradesSince(first)
    await sleep(seconds * 500)
    const perSecond = away()
    const from = Date.now()
    await first.kill()
    await sleep(1_000)
    const app = start()
    await app.until(
      'records are journaled again',
      ({ outbox, pending }) => outbox.inPerSecond > 0 && pending >= 0,
      60_000,
    )
    const to = Date.now()
    await sleep(seconds * 500)
    await cluster.start(1)
    const { outbox, drained } = await drain(app, rate)
    await sleep(2_000)
    const figures = { outbox, drained, rate: perSecond, growth: app.worst.rss - before, down: { from, to } }
    return { app, figures, gone: [from, to] }
  })
  const gaps = outcome.journal.flatMap(({ event: { data } }) =>
    data.kind === 'gap' && data.reason === 'engine-down' ? [data] : [],
  )
  const waits = outcome.journal
    .filter(({ event, writtenAt }) => event.data.kind === 'trade' && writtenAt < outcome.down.from)
    .map(({ event, writtenAt }) => writtenAt - event.receivedAt)
    .toSorted((a, b) => a - b)
  const uncommitted = { most: waits.at(-1) ?? 0, p99: waits[Math.floor(waits.length * 0.99)] ?? 0 }
  return { ...outcome, gaps, uncommitted }
}

/** of three brokers, the leader of a busy partition is killed while batches are under way, `kills` times. */
export async function leaderRun(cluster: Cluster, rate: number, kills: number): Promise<Outcome> {
  return onStage(cluster, rate, async ({ start }) => {
    const app = start()
    await flows(app)
    await sleep(2_000)
    const before = app.report()!.rss
    const all = tradesSince(app)
    let outbox = 0
    let drained = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const leader = await leaderOfTrades(cluster.brokers, MARKET)
      await cluster.kill(leader)
      await sleep(4_000)
      outbox = Math.max(outbox, app.report()!.outbox.records)
      drained = Math.max(drained, (await drain(app, rate)).drained)
      // The last one stays down: two of three hold everything.
      if (kill === kills - 1) break
      await cluster.start(leader)
      await sleep(3_000)
    }
    await sleep(2_000)
    return { app, figures: { outbox, drained, rate: all(), growth: app.worst.rss - before } }
  })
}

/** Trades a second from now until it is asked. */
function tradesSince(app: App): () => number {
  const from = performance.now()
  const { trades } = app.report()!
  return () => Math.round((app.report()!.trades - trades) / ((performance.now() - from) / 1_000))
}

async function drain(app: App, rate: number): Promise<{ outbox: number; drained: number }> {
  const from = Date.now()
  const outbox = app.report()!.outbox.records
  await app.until('the outbox is empty', isEmpty(rate), 300_000)
  return { outbox, drained: Date.now() - from }
}
