/**
 * The half of the engine that collects, keeps, stores and forwards, as a process that can be killed: emulator → collector →
 * journal → store and Kafka. Argument: `ChildSettings` as JSON. Tells how it is each 200 ms over its IPC channel.
 */

import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { exchanges } from '../../src/main/exchanges/registry.ts'
import { createCollector } from '../../src/main/feed/collector.ts'
import { FEED_LIMITS } from '../../src/main/feed/feed-limits.ts'
import { runForwarder } from '../../src/main/forward/forwarder.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { createLog } from '../../src/main/log.ts'
import { createClock } from '../../src/main/pipeline/watermarks.ts'
import { downGaps, readEnd } from '../../src/main/roles/resume.ts'
import { followJournal } from '../../src/main/store/follow-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import { clusterProfileSchema, DEFAULT_KAFKA } from '../../src/shared/kafka-settings.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import type { ChildReport, ChildSettings } from './kafka-app.ts'
import { CAPS } from './store-setup.ts'

const settings = JSON.parse(process.argv[2] ?? '{}') as ChildSettings
const files = { journalFile: join(settings.folder, 'journal.db'), marketFile: join(settings.folder, 'market.db') }
const log = createLog()
const journal = await openJournal({ file: files.journalFile, demo: false, caps: { bytes: 4e9 } })
const store = await openStore({ ...files, demo: false, caps: CAPS, collector: settings.collector })
followJournal(store, journal)

const ended = await readEnd(journal, false)
const clock = createClock(ended.watermarks)
let trades = 0
const take = (events: readonly MarketEvent[]) => {
  const kept = events.filter(({ data }) => data.kind === 'trade' || data.kind === 'gap')
  for (const { data } of kept) if (data.kind === 'trade') trades += 1
  clock.observe(kept)
  journal.append('trades', kept)
}

const bus = openBus({
  profile: clusterProfileSchema.parse({
    id: 'faults',
    name: 'faults',
    brokers: settings.brokers,
    compression: 'none',
    replication: Math.min(3, settings.brokers.length),
  }),
  secrets: {},
  log,
})
const forwarder = runForwarder({
  journal,
  bus,
  settings: DEFAULT_KAFKA.forward,
  demo: false,
  collector: settings.collector,
  log,
})
// The groups must be known before the first record: a new one begins with what comes from then on.
while (forwarder.view().presets.length === 0) await new Promise(setImmediate)

take(downGaps(ended, Date.now()))
const emulated = exchanges.filter(({ id }) => settings.endpoints[id] !== undefined)
const collector = createCollector({
  exchanges: emulated,
  enabled: emulated.map(({ id }) => id),
  network: { endpoints: settings.endpoints },
  // Emulator, brokers and app share one machine: a venue that takes its time here is not to be paused.
  limits: { ...FEED_LIMITS, perSecond: { frames: Infinity, decode: Infinity, malformed: Infinity } },
  onEvents: take,
  onAllTickers: () => {},
  onLastPrice: () => {},
  onInstruments: () => {},
})
const ticking = setInterval(() => {
  const record = clock.tick(collector.watermarks(), Date.now())
  if (record) journal.appendToAll('trades', record)
}, SECOND)

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()
const report = (): ChildReport => ({
  outbox: forwarder.view(),
  trades,
  pending: journal.stats().pending,
  dropped: journal.stats().dropped,
  behind: store.stats().behind,
  rss: process.memoryUsage.rss(),
  stall: delay.max / 1e6,
})
const telling = setInterval(() => {
  process.send?.(report())
  delay.reset()
}, 200)

const close = async () => {
  await collector.close()
  clearInterval(ticking)
  await forwarder.close(60 * SECOND)
  await bus.close()
  await store.close()
  clearInterval(telling)
  process.send?.(report())
  await journal.close()
  process.disconnect()
}
process.on('message', (message) => {
  if (message === 'close') void close()
})
process.on('disconnect', () => process.exit())
