import type { Handlers, Sink } from '../shared/bridge.ts'
import type { AppContract } from '../shared/contract.ts'
import type { AppInfo, DiagnosticsReport, Health, LogLine, Mode, Notice, SettingsView } from '../shared/engine-view.ts'
import { FaultError } from '../shared/faults.ts'
import type { accessContract } from '../shared/access-contract.ts'
import type { backupContract } from '../shared/backup-contract.ts'
import type { itemsContract } from '../shared/items-contract.ts'
import type { kafkaContract } from '../shared/kafka-contract.ts'
import type { Instrument, InstrumentKey } from '../shared/market.ts'
import type { Collector } from './feed/collector.ts'
import type { History } from './history.ts'
import { SPARK } from './history.ts'
import type { HostPort } from './host-port.ts'
import type { Hub } from './hub.ts'
import { latest } from './latest.ts'
import type { Log } from './log.ts'
import type { SettingsFile } from './settings-file.ts'
import type { Exports } from './store/export/exports.ts'
import type { Tickets } from './store/export/tickets.ts'
import type { Reader } from './store/store.ts'
import type { Watchlist } from './watchlist.ts'

/** What the handlers stand on: the engine's parts, by their ports. */
export interface Parts {
  readonly info: AppInfo
  readonly host: HostPort
  readonly mode: () => Mode
  readonly probe: () => Promise<Mode>
  readonly settings: SettingsFile
  readonly watchlist: Watchlist
  readonly instruments: () => readonly Instrument[]
  readonly collector: Collector
  readonly health: { now(): Health; onChange(listener: (health: Health) => void): () => void }
  readonly hub: Hub
  readonly reader: Reader
  readonly history: History
  readonly exports: Exports
  readonly tickets: Tickets
  readonly kafka: Handlers<typeof kafkaContract>
  readonly log: Log
  readonly news: Handlers<typeof itemsContract>
  readonly access: Handlers<typeof accessContract>
  readonly backups: Handlers<typeof backupContract>
  readonly notices: { onNotice(listener: (notice: Notice) => void): () => void }
  readonly diagnostics: (view: SettingsView) => DiagnosticsReport
}

/** Sends all of a list that grows, in pieces, as the page takes them. At most the newest 1,000 wait. */
function appended<V>(sink: Sink<readonly V[]>): (values: readonly V[]) => void {
  let waiting: V[] = []
  const flush = () => {
    if (!sink.ready || waiting.length === 0) return
    const values = waiting
    waiting = []
    sink.send(values)
  }
  sink.onReady(flush)
  return (values) => {
    waiting.push(...values)
    if (waiting.length > 1_000) waiting.splice(0, waiting.length - 1_000)
    flush()
  }
}

/** The engine's answers to everything in the contract. A missing one does not compile. */
export function createHandlers(parts: Parts): Handlers<AppContract> {
  const view = (): SettingsView => ({ ...parts.settings.state, watchlist: parts.watchlist.now() })
  const sparks = new Map<InstrumentKey, { at: number; closes: readonly number[] }>()

  return {
    ...parts.kafka,
    'app.info': () => parts.info,
    'mode.switch': ({ to }) => parts.host.switchMode(to),
    'mode.probe': () => parts.probe(),

    'settings.get': view,
    'settings.set': async (patch) => {
      await parts.settings.set(patch)
      return view()
    },
    settings: (_params, sink) => {
      const send = latest(sink)
      const tell = () => send(view())
      tell()
      const leaves = [parts.settings.onChange(tell), parts.watchlist.onRelisted(tell)]
      return () => {
        for (const leave of leaves) leave()
      }
    },

    'instruments.list': () => parts.instruments(),

    health: (_params, sink) => {
      const send = latest(sink)
      send(parts.health.now())
      return parts.health.onChange(send)
    },
    'health.samples': ({ venue }) => parts.collector.samples(venue),
    'health.reconnect': ({ venue }) => parts.collector.reconnect(venue),
    log: (_params, sink: Sink<readonly LogLine[]>) => {
      const send = appended(sink)
      send(parts.log.recent())
      return parts.log.onLine((line) => send([line]))
    },

    notices: (_params, sink) => parts.notices.onNotice((notice) => sink.send(notice)),
    'diagnostics.report': () => parts.diagnostics(view()),

    market: (want, sink) => parts.hub.open(want, sink),
    'history.bars': ({ to, ...query }) => parts.history(to === undefined ? query : { ...query, to }),
    'history.trades': ({ before, ...query }) =>
      parts.reader.trades(before === undefined ? query : { ...query, before }),
    'history.coverage': (query) => parts.reader.coverage(query),
    'history.sparks': async ({ instruments }) => {
      const found: Record<InstrumentKey, readonly number[]> = {}
      for (const instrument of instruments) {
        let spark = sparks.get(instrument)
        if (!spark || Date.now() - spark.at > 600_000) {
          const { bars } = await parts.history({ instrument, interval: SPARK.interval, count: SPARK.count })
          spark = { at: Date.now(), closes: bars.close.filter((close) => close !== '').map(Number) }
          if (spark.closes.length > 1) sparks.set(instrument, spark)
        }
        found[instrument] = spark.closes
      }
      return found
    },

    ...parts.news,
    ...parts.access,
    ...parts.backups,

    'export.preview': (request) => parts.exports.preview(request),
    'export.start': (request) => parts.exports.start(request),
    'export.progress': ({ id }, sink) => {
      const send = latest(sink)
      return parts.exports.watch(id, (progress) => {
        send(progress)
      })
    },
    'export.cancel': ({ id }) => parts.exports.cancel(id),
    'export.ticket': ({ id, name }) => {
      const path = parts.exports.path(id, name)
      if (path === undefined)
        throw new FaultError('not-found', `There is no finished export file "${name}". Export it again.`)
      return { path: `/exports/${parts.tickets.issue(path, name)}` }
    },
  }
}
