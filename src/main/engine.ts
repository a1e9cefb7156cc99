import { join } from 'node:path'
import type { Port } from '../shared/bridge.ts'
import { serve } from '../shared/bridge.ts'
import type { Health } from '../shared/engine-view.ts'
import { contract } from '../shared/contract.ts'
import type { ItemFeedState } from '../shared/items-contract.ts'
import type { Instrument, MarketEvent } from '../shared/market.ts'
import { SECOND, venueOf } from '../shared/market.ts'
import { WON_PER_DOLLAR } from '../shared/premium.ts'
import { createCollector } from './feed/collector.ts'
import { toAppInfo } from './app-info.ts'
import { openBackups } from './backup/backups.ts'
import { createDiagnostics } from './diagnostics.ts'
import { drained } from './drained.ts'
import type { EngineOptions } from './engine-options.ts'
import { followSettings } from './follow-settings.ts'
import { createHandlers } from './handlers.ts'
import { createHealth } from './health.ts'
import { createHistory } from './history.ts'
import { createHub } from './hub.ts'
import { createInstruments } from './instruments.ts'
import { openJournal } from './journal/open-journal.ts'
import { openKafkaPart } from './kafka/part.ts'
import type { EngineFacts } from './metrics/facts.ts'
import { createClock } from './pipeline/watermarks.ts'
import { createRecorder } from './recorder.ts'
import { runBars } from './roles/bars.ts'
import type { CsvSink } from './roles/csv.ts'
import { runCsv } from './roles/csv.ts'
import { downGaps, readEnd } from './roles/resume.ts'
import { openAccess } from './open-access.ts'
import { openNews } from './open-news.ts'
import { createNotices, watchSleep } from './roles/sleep.ts'
import { createRedactedLog } from './secrets/redacted-log.ts'
import { createRedactor } from './secrets/redactor.ts'
import { tellSecrets } from './secrets/told-secrets.ts'
import type { Opened } from './opened.ts'
import { createOpened } from './opened.ts'
import { openSettings } from './settings-file.ts'
import { createSources } from './sources.ts'
import { openExports } from './store/export/exports.ts'
import { createTickets } from './store/export/tickets.ts'
import { lockFolder } from './store/folder.ts'
import { followJournal } from './store/follow-journal.ts'
import { openReader } from './store/open-reader.ts'
import { openStore } from './store/open-store.ts'
import { toTickerRow } from './ticker-row.ts'
import { createWatchlist } from './watchlist.ts'

export interface Engine {
  readonly folder: string
  serve(port: Port): void
  /** The file behind a download ticket, once. */
  redeem(ticket: string): { readonly path: string; readonly name: string } | undefined
  health(): Health
  /** How the feeds of news and sentiment stand. */
  feeds(): readonly ItemFeedState[]
  instruments(): readonly Instrument[]
  /** All that is known now of how it does, without a secret in any sentence: for those who watch it from outside. */
  facts(): EngineFacts
  /** Ends in the order of the pipeline: intake, journal, folds, store, files. */
  close(): Promise<void>
}

/**
 * Opens the whole engine over a data folder. One engine per folder: a second one is refused. The composition, in the
 * order of the flow: settings, files, collector → journal → store, bars, CSV; beside them the hub and its pages.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const opened = createOpened()
  try {
    return await compose(options, opened)
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function compose(options: EngineOptions, opened: Opened): Promise<Engine> {
  const { folder, demo } = options
  const redactor = createRedactor()
  const log = createRedactedLog(options.log, redactor)
  const secrets = tellSecrets(options.host.secrets, redactor)
  const startedAt = Date.now()
  const lock = lockFolder(folder)
  opened.add(lock.release)
  const settings = await openSettings(options.settingsFolder)
  const initial = settings.state.settings
  for (const problem of settings.state.problems) log.warn(`Setting ${problem.field}: ${problem.message}`)

  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  const journal = await openJournal({ file: files.journalFile, demo, caps: { bytes: initial.caps.journalBytes } })
  opened.add(journal.close)
  const began = await journal.ends()
  const store = await openStore({ ...files, demo, caps: initial.caps, collector: lock.collector })
  opened.add(store.close)
  opened.add(() => drained(journal)) // before the store reads the journal for the last time
  const reader = await openReader({ marketFile: files.marketFile })
  opened.add(reader.close)
  const exports = openExports({
    marketFile: files.marketFile,
    folder: join(folder, 'exports'),
    demo,
    version: options.version,
    collector: lock.collector,
  })
  opened.add(exports.close)
  const tickets = createTickets()
  const hub = createHub()
  opened.add(hub.close)
  const known = await reader.instruments()
  const ended = await readEnd(journal, demo)
  const instruments = createInstruments(known)

  const clock = createClock(ended.watermarks)
  const recorder = createRecorder(journal, clock)
  const take = (events: readonly MarketEvent[]) => {
    recorder.record(events)
    hub.push(events)
  }
  take(downGaps(ended, Date.now())) // now, not when we started: the first market is watched from here on

  const aborter = new AbortController()
  opened.add(() => aborter.abort())
  const sources = createSources(options, settings)
  const access = openAccess({ ...options, hostSecrets: secrets, onChange: (venue) => collector.reconnect(venue) })
  const collector = createCollector({
    ...access,
    exchanges: sources.feeds(),
    enabled: sources.enabled(),
    network: sources.network(),
    watch: sources.watch(),
    knownInstruments: known,
    signal: aborter.signal,
    onEvents: take,
    onAllTickers: (_venue, events) => hub.pushTickers(events.map(toTickerRow)),
    onLastPrice(event) {
      const { instrument, at, receivedAt, origin, data } = event
      hub.pushTickers([{ instrument, at, receivedAt, origin, last: data.price }])
    },
    onKeys: () => watchlist.relist(),
    onInstruments(venue, list) {
      instruments.replace(venue, list)
      watchlist.relist()
      store
        .putInstruments(venue, list)
        .catch((error: unknown) => log.error(`The market list of ${venue} was not stored: ${String(error)}`))
    },
    onFault: (venue, fault) => log.warn(`${venue}: ${fault.message}`),
  })

  const watchlist = createWatchlist({
    chosen: sources.watch,
    venues: () => sources.enabled().filter(collector.hasKeys),
    instruments: instruments.all,
  })
  const rewatch = () => {
    // Premiums need the rate on whatever list.
    collector.setWatch(sources.watch(), options.watch ? [...hub.focused()] : [...hub.focused(), WON_PER_DOLLAR])
  }
  rewatch()
  hub.onFocusChange(rewatch)

  const notices = createNotices()
  const endSleepWatch = watchSleep({
    onPower: options.host.onPower,
    onWake(since, at) {
      log.info(`The machine slept for ${Math.round((at - since) / SECOND)} s. All connections are made anew.`)
      collector.wake()
      notices.tell({ kind: 'woke', at, since })
    },
  })
  opened.add(endSleepWatch)

  const bars = await runBars({ journal, store, reader, demo, log })
  opened.add(bars.close)
  followJournal(store, journal)
  const news = await openNews({
    store,
    reader,
    demo,
    log,
    settings: initial.news,
    network: sources.network(),
    secrets,
    asked: options.news !== false,
    onEvents: recorder.record,
  })
  opened.add(news.close)
  const ticking = setInterval(() => {
    const record = clock.tick(collector.watermarks(), Date.now())
    if (record) journal.appendToAll('trades', record)
  }, SECOND)
  opened.add(() => clearInterval(ticking))

  const kafka = openKafkaPart({
    folder,
    demo,
    collector: lock.collector,
    journal,
    began,
    store,
    reader,
    settings,
    secrets,
    redactor,
    log,
    watched: collector.watched,
    onEvents: hub.push,
  })
  opened.add(kafka.close)

  let csv: CsvSink | undefined
  const recsv = async () => {
    const wanted = settings.state.settings.csv
    await csv?.close()
    csv = wanted.on
      ? await runCsv({ journal, settings: wanted, zone: settings.state.settings.zone, folder, demo, log })
      : undefined
  }
  opened.add(() => csv?.close())
  await recsv()

  const history = createHistory(reader, (instrument) => {
    const exchange = sources.feeds().find((each) => each.id === venueOf(instrument))
    const native = instruments.find(instrument)?.native ?? exchange?.toNative?.(instrument)
    if (!exchange || native === undefined) return undefined
    const run = collector.rest(exchange.id)
    return run && { exchange, native, run }
  })
  const backups = openBackups({ ...options, settings, log })
  opened.add(backups.close)
  const health = createHealth({
    startedAt,
    mode: options.mode,
    collector,
    journal,
    store,
    hub,
    csv: () => csv,
    backupFault: backups.fault,
    trades: recorder.trades,
    gaps: recorder.gapsToday,
    instrumentsRevision: instruments.revision,
  })
  opened.add(health.close)

  opened.add(followSettings({ settings, sources, journal, store, collector, news, csv: recsv, watch: rewatch }))

  const info = toAppInfo(options, { folder, collector: lock.collector, startedAt })
  const handlers = createHandlers({
    info,
    host: options.host,
    mode: options.mode,
    probe: options.probe,
    settings,
    watchlist,
    instruments: instruments.all,
    collector,
    health,
    hub,
    reader,
    history,
    exports,
    tickets,
    kafka: kafka.handlers,
    log,
    news: news.handlers,
    access: access.handlers,
    backups: backups.handlers,
    notices,
    diagnostics: createDiagnostics({
      info,
      health: health.now,
      feeds: news.states,
      samples: collector.samples,
      log,
      redactor,
    }),
  })

  return {
    folder,
    serve: (port) => serve(contract, handlers, port),
    redeem: (ticket) => tickets.redeem(ticket),
    health: health.now,
    feeds: news.states,
    instruments: instruments.all,
    facts: () => redactor.value({ info, health: health.now(), feeds: news.states(), kafka: kafka.now() }),
    close() {
      aborter.abort() // intake first; the order of the pipeline is the opposite of the order of opening
      return opened.close()
    },
  }
}
