/**
 * A test double of the engine: the whole contract served in memory, with a seeded market that moves. For developing and
 * testing the page; nothing here is shipped.
 */

import type { Handlers, Sink } from '../src/shared/bridge.ts'
import type { AppContract } from '../src/shared/contract.ts'
import type { Health, LogLine, Mode, SettingsView } from '../src/shared/engine-view.ts'
import type { ExportProgress, ExportRequest } from '../src/shared/export-view.ts'
import { FaultError } from '../src/shared/faults.ts'
import type { InstrumentKey, Millis } from '../src/shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND, VENUES } from '../src/shared/market.ts'
import type { Settings } from '../src/shared/settings.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '../src/shared/settings.ts'
import { fakeAccess } from './fake-access.ts'
import { createFakeBackups } from './fake-backups.ts'
import { FAKE_KAFKA } from './fake-cluster.ts'
import { fakeItems } from './fake-items.ts'
import { healthAt, linesUpTo, samplesOf } from './fake-health.ts'
import { createFakeKafka } from './fake-kafka.ts'
import { completeness, coverage, frame, history, instruments, priceAt, trade } from './fake-market.ts'

export interface FakeEngine {
  readonly handlers: Handlers<AppContract>
  /** Changes what the engine says of itself from now on. */
  change(change: FakeChange): void
  close(): void
}

export interface FakeChange {
  readonly mode?: Mode
  readonly settings?: Partial<Settings>
  readonly health?: (health: Health) => Health
}

/** Sends now and then as often as `every` says, while the page takes it. */
function repeat<V>(sink: Sink<V>, every: Millis, make: () => V): () => void {
  const send = () => {
    if (sink.ready) sink.send(make())
  }
  send()
  const timer = setInterval(send, every)
  return () => clearInterval(timer)
}

const HEADER = 'time_kst,time_utc,epoch_ms,exchange,market,open,high,low,close,vwap,avg_price,volume,state,origin'

const rowsOf = (request: ExportRequest): number =>
  request.instruments.length * Math.max(1, Math.round((request.to - request.from) / (request.interval ?? SECOND)))

const unchanged = (health: Health): Health => health

/** A fake engine that has run for three hours. */
export function createFakeEngine(now: () => Millis = Date.now): FakeEngine {
  const startedAt = now() - 3 * HOUR - 12 * MINUTE
  let mode: Mode = {
    mode: 'demo',
    reason: 'unreachable',
    probe: { answered: [], tried: [...VENUES], lastAt: now() - 12_000, nextAt: now() + 18_000 },
  }
  let settings: Settings = { ...DEFAULT_SETTINGS, kafka: FAKE_KAFKA, welcomed: true }
  let healthChange = unchanged
  const file = new Set<keyof Settings>()
  const settingsSinks = new Set<Sink<SettingsView>>()
  const exports = new Map<string, { readonly request: ExportRequest; readonly startedAt: Millis; cancelled: boolean }>()

  const watchlist = (): readonly InstrumentKey[] =>
    (settings.watchlist as readonly InstrumentKey[] | null) ?? instruments.map((instrument) => instrument.key)
  const view = (): SettingsView => ({
    settings,
    sources: {
      ...Object.fromEntries(Object.keys(settings).map((name) => [name, 'default'])),
      ...Object.fromEntries([...file].map((name) => [name, 'file'])),
      proxy: 'environment',
    },
    problems: [],
    watchlist: watchlist(),
  })
  const tell = () => {
    for (const sink of settingsSinks) sink.send(view())
  }
  const nameOf = (request: ExportRequest) =>
    `${mode.mode === 'demo' ? 'DEMO-' : ''}BTC-${request.kind}-20261122T1432-20261123T1432-${request.zone}.${request.format}`
  const progress = (id: string): ExportProgress => {
    const job = exports.get(id)
    if (!job) throw new FaultError('not-found', `There is no export ${id}.`)
    const total = rowsOf(job.request)
    const rows = Math.min(total, Math.round(((now() - job.startedAt) / 4_000) * total))
    const done = rows === total
    return {
      id,
      state: job.cancelled ? 'cancelled' : done ? 'done' : 'writing',
      rows,
      totalRows: total,
      bytes: rows * 121,
      rowsPerSecond: Math.round(total / 4),
      files: done
        ? [
            { name: nameOf(job.request), bytes: total * 121, sha256: 'a1'.repeat(32) },
            { name: `${nameOf(job.request)}.meta.json`, bytes: 812, sha256: 'b2'.repeat(32) },
          ]
        : [],
    }
  }

  const handlers: Handlers<AppContract> = {
    'app.info': () => ({
      version: '0.1.0',
      host: 'headless',
      mode,
      folder: '/home/user/.config/Tapedeck',
      collector: `fake-${mode.mode}`,
      startedAt,
      zone: 'Asia/Seoul',
      languages: ['ko-KR'],
    }),
    'mode.switch': ({ to }) => {
      mode = to === 'live' ? { mode: 'live' } : { mode: 'demo', reason: 'asked' }
    },
    'mode.probe': () => {
      mode = { ...mode, probe: { answered: ['upbit', 'okx'], tried: [...VENUES], lastAt: now() } }
      return mode
    },
    'settings.get': view,
    'settings.set': (patch) => {
      const merged: Record<string, unknown> = { ...settings }
      for (const [name, value] of Object.entries(patch)) {
        const before = merged[name]
        const group = typeof before === 'object' && before !== null && !Array.isArray(before)
        merged[name] = group && typeof value === 'object' ? { ...before, ...value } : value
      }
      const parsed = settingsSchema.safeParse(merged)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        throw new FaultError('bad-setting', `${issue?.path.join('.')}: ${issue?.message}`)
      }
      settings = parsed.data
      for (const name of Object.keys(patch)) file.add(name as keyof Settings)
      tell()
      return view()
    },
    settings: (_, sink) => {
      settingsSinks.add(sink)
      sink.send(view())
      return () => settingsSinks.delete(sink)
    },
    'instruments.list': () => instruments,
    health: (_, sink) => repeat(sink, SECOND, () => healthChange(healthAt(now(), startedAt, mode, settings))),
    'health.samples': ({ venue }) => samplesOf(venue, now()),
    'health.reconnect': () => undefined,
    log: (_, sink) => {
      let line = 0
      sink.send(linesUpTo(now()))
      return repeat(sink, 5_000, (): readonly LogLine[] => [
        { at: now(), level: 'info', text: `hub: ${++line} frames sent` },
      ])
    },
    notices: () => () => undefined,
    'diagnostics.report': () => ({
      at: now(),
      version: '0.1.0',
      host: 'headless',
      mode,
      system: { platform: 'linux', release: '6.1', arch: 'x64', node: '24.0.0', processors: 2, memory: 8e9 },
      folder: '~/.config/Tapedeck',
      startedAt,
      settings,
      sources: view().sources,
      problems: [],
      health: healthAt(now(), startedAt, mode, settings),
      feeds: [],
      log: linesUpTo(now()),
      malformed: {},
    }),
    market: ({ focus, follow }, sink) => repeat(sink, 100, () => frame(focus, follow, now())),
    'history.bars': ({ instrument, interval, to, count }) =>
      history(instrument, interval, to ?? now(), Math.min(count, 600)),
    'history.trades': ({ instrument, before, count }) =>
      Array.from({ length: Math.min(count, 100) }, (_, index) =>
        trade(instrument, (before ?? now()) - (100 - index) * 700),
      ),
    'history.coverage': ({ from, to }) => coverage(from, to),
    'history.sparks': ({ instruments: keys }) =>
      Object.fromEntries(
        keys.map((key) => [key, Array.from({ length: 48 }, (_, i) => priceAt(key, now() - DAY + i * 1_800_000).price)]),
      ),
    ...fakeAccess(),
    ...createFakeBackups(now),
    ...fakeItems(now),
    'export.preview': (request) => ({
      name: nameOf(request),
      columns: HEADER.split(','),
      lines: [
        HEADER,
        ...Array.from({ length: 5 }, (_, index) => {
          const at = request.from + index * SECOND
          return `${new Date(at + 9 * HOUR).toISOString().slice(0, 19)}+09:00,${new Date(at).toISOString().slice(0, 19)}Z,${at},upbit,BTC/KRW,96885000,96894000,96884000,96891000,96888317.22,96888250,0.41820117,live,stream`
        }),
      ],
      rows: rowsOf(request),
      bytes: rowsOf(request) * 121,
      completeness: request.instruments.map((key) => completeness(key, request.from, request.to)),
    }),
    'export.start': (request) => {
      const id = `export-${exports.size + 1}`
      exports.set(id, { request, startedAt: now(), cancelled: false })
      return { id }
    },
    'export.progress': ({ id }, sink) => {
      const timer = setInterval(() => {
        const value = progress(id)
        if (sink.ready) sink.send(value)
        if (value.state !== 'writing') sink.end()
      }, 100)
      return () => clearInterval(timer)
    },
    'export.cancel': ({ id }) => {
      const job = exports.get(id)
      if (job) job.cancelled = true
    },
    'export.ticket': ({ id, name }) => ({ path: `/exports/${id}-${name}` }),
    ...createFakeKafka({ now, repeat, settings: () => settings.kafka }),
  }

  return {
    handlers,
    change(change) {
      mode = change.mode ?? mode
      healthChange = change.health ?? healthChange
      if (change.settings) settings = { ...settings, ...change.settings }
      tell()
    },
    close: () => settingsSinks.clear(),
  }
}
