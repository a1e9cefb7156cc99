/**
 * A test double of the engine: the whole contract served in memory, with a seeded market that moves. For developing and
 * testing the page; nothing here is shipped.
 */

import type { Handlers, Sink } from '../src/shared/bridge.ts'
import type {
  AppContract,
  BarColumns,
  BarHistory,
  Completeness,
  Coverage,
  ExportProgress,
  ExportRequest,
  Health,
  LiveSecond,
  LogLine,
  MarketFrame,
  Mode,
  SettingsView,
  TapeRow,
  TickerRow,
} from '../src/shared/contract.ts'
import { FaultError } from '../src/shared/faults.ts'
import type { Instrument, InstrumentKey, Millis, VenueId } from '../src/shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND, VENUES } from '../src/shared/market.ts'
import type { Settings } from '../src/shared/settings.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '../src/shared/settings.ts'

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

const KOREAN: readonly VenueId[] = ['upbit', 'bithumb', 'coinone', 'korbit']
const COINS = [
  ['BTC', '비트코인', 'Bitcoin', 98_668_000, 68_412.3],
  ['ETH', '이더리움', 'Ethereum', 3_195_000, 2_214.8],
  ['XRP', '리플', 'XRP', 2_066, 1.4322],
  ['SOL', '솔라나', 'Solana', 131_900, 91.42],
  ['DOGE', '도지코인', 'Dogecoin', 150.2, 0.10412],
] as const

const quoteOf = (venue: VenueId): string =>
  KOREAN.includes(venue) ? 'KRW' : venue === 'kraken' || venue === 'coinbase' ? 'USD' : 'USDT'

const instruments: readonly Instrument[] = VENUES.flatMap((venue) =>
  COINS.map(([base, ko, en, krw]): Instrument => {
    const quote = quoteOf(venue)
    return {
      key: `${venue}:${base}/${quote}`,
      venue,
      native: `${base}${quote}`,
      base,
      quote,
      names: { ko, en },
      tickSize: tickOf(quote === 'KRW' ? krw : krw / 1442),
      status: 'trading',
    }
  }),
)

function tickOf(price: number): string {
  if (price >= 1_000_000) return '1000'
  if (price >= 1_000) return price > 50_000 ? '0.1' : '1'
  return price >= 10 ? '0.01' : '0.0001'
}

/** Canonical text of a price on its tick. */
function onTick(price: number, tick: string): string {
  const places = tick.includes('.') ? tick.length - tick.indexOf('.') - 1 : 0
  const text = (Math.round(price / Number(tick)) * Number(tick)).toFixed(places)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A number in 0 … 1 that depends on its arguments only. */
function noise(a: number, b = 0): number {
  const x = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453
  return x - Math.floor(x)
}

const seedOf = (key: InstrumentKey): number => [...key].reduce((sum, char) => sum + char.charCodeAt(0), 0)

function priceAt(key: InstrumentKey, at: Millis): { price: number; tick: string } {
  const base = key.slice(key.indexOf(':') + 1).split('/')
  const coin = COINS.find(([name]) => name === base[0]) ?? COINS[0]
  const level = base[1] === 'KRW' ? coin[3] : coin[4]
  const seed = seedOf(key) % 17
  const wave =
    Math.sin(at / 7_000_000 + seed) * 0.006 + Math.sin(at / 900_000 + seed) * 0.002 + Math.sin(at / 61_000) * 0.0004
  const price = level * (1 + wave + (noise(Math.floor(at / 300), seed) - 0.5) * 0.0004)
  return { price, tick: tickOf(level) }
}

function second(key: InstrumentKey, openAt: Millis, length: Millis = SECOND): LiveSecond {
  const { tick } = priceAt(key, openAt)
  const points = [0, 0.3, 0.6, 0.99].map((part) => priceAt(key, openAt + part * length).price)
  const size = (0.2 + noise(openAt / length, 3) * 2) * Math.sqrt(length / SECOND)
  const text = (value: number) => onTick(value, tick)
  return {
    openAt,
    open: text(points[0] ?? 0),
    high: text(Math.max(...points)),
    low: text(Math.min(...points)),
    close: text(points[3] ?? 0),
    volume: canonical(size, 4),
    quoteVolume: canonical(size * (points[0] ?? 0), 2),
    buyVolume: canonical(size * noise(openAt, 5), 4),
    trades: 1 + Math.floor(noise(openAt, 8) * 20),
  }
}

const canonical = (value: number, places: number): string => {
  const text = value.toFixed(places)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function history(key: InstrumentKey, interval: Millis, to: Millis, count: number): BarHistory {
  const last = Math.floor((to - 1) / interval) * interval
  const rows = Array.from({ length: count }, (_, index) => second(key, last - (count - 1 - index) * interval, interval))
  const column = <K extends keyof LiveSecond>(name: K) => rows.map((row) => row[name])
  const bars: BarColumns = {
    openAt: column('openAt'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    quoteVolume: column('quoteVolume'),
    buyVolume: column('buyVolume'),
    trades: column('trades'),
    state: rows.map(() => 'traded'),
    origin: rows.map(() => 'stream'),
  }
  return { instrument: key, interval, bars, through: to, coverage: coverage(last - count * interval, to), complete: false }
}

function coverage(from: Millis, to: Millis): Coverage {
  const length = to - from
  return {
    watched: { from, to },
    gaps: [
      { since: from + length * 0.33, until: from + length * 0.35, reason: 'disconnected', filledBy: 'backfill' },
      { since: from + length * 0.6, until: from + length * 0.605, reason: 'disconnected' },
    ],
  }
}

function trade(key: InstrumentKey, at: Millis): TapeRow {
  const { price, tick } = priceAt(key, at)
  const buy = noise(at, 2) > 0.48
  return {
    id: String(at),
    at,
    price: onTick(price, tick),
    size: canonical(noise(at, 4) ** 6 * 2 + 0.002, 4),
    side: buy ? 'buy' : 'sell',
    origin: 'stream',
  }
}

function ticker(key: InstrumentKey, at: Millis): TickerRow {
  const { price, tick } = priceAt(key, at)
  const seed = seedOf(key)
  const change = (noise(seed) - 0.42) * 0.06
  const text = (value: number) => onTick(value, tick)
  const volume = 300 + noise(seed, 1) * 4000
  return {
    instrument: key,
    at,
    receivedAt: at,
    last: text(price),
    bid: text(price - Number(tick)),
    ask: text(price + Number(tick)),
    open24h: text(price / (1 + change)),
    high24h: text(price * 1.01),
    low24h: text(price * 0.98),
    volume24h: canonical(volume, 3),
    quoteVolume24h: canonical(volume * price, 0),
    change: canonical(change, 4),
    origin: 'stream',
  }
}

function frame(key: InstrumentKey | null, follow: readonly InstrumentKey[], now: Millis): MarketFrame {
  const moved = follow.filter((entry) => noise(now, seedOf(entry)) > 0.7).map((entry) => ticker(entry, now))
  if (!key) return { at: now, trades: [], skipped: 0, seconds: [], gaps: [], tickers: moved }
  const { price, tick } = priceAt(key, now)
  const level = (side: 1 | -1, index: number) =>
    [onTick(price + side * (index + 0.6) * Number(tick), tick), canonical(noise(index, now / 900) ** 3 * 2 + 0.01, 4)] as const
  return {
    at: now,
    trades: noise(now, 9) > 0.6 ? [trade(key, now)] : [],
    skipped: 0,
    seconds: [second(key, Math.floor(now / SECOND) * SECOND)],
    gaps: [],
    tickers: [...moved, ticker(key, now)],
    book: {
      instrument: key,
      at: now,
      receivedAt: now,
      asks: Array.from({ length: 15 }, (_, index) => level(1, index)),
      bids: Array.from({ length: 15 }, (_, index) => level(-1, index)),
      stale: false,
      crossed: false,
    },
  }
}

const FIGURES: Readonly<Partial<Record<VenueId, readonly [number, number, number, number]>>> = {
  upbit: [812, 34, 88, 0.38],
  bithumb: [366, 41, 120, 0.22],
  coinone: [44, 66, 210, 0.18],
  binance: [1604, 96, 184, 0.31],
  okx: [742, 71, 142, 0.12],
  bybit: [651, 78, 150, 0.09],
  gateio: [12, 812, 1904, 0.84],
  kraken: [148, 138, 260, 0.15],
  coinbase: [471, 124, 231, 0.2],
}

function healthAt(now: Millis, startedAt: Millis, mode: Mode, settings: Settings): Health {
  return {
    at: now,
    mode,
    venues: VENUES.map((venue, index) => {
      const figures = FIGURES[venue]
      const off = settings.venues[venue] === false
      const silent = venue === 'korbit'
      return {
        venue,
        state: off ? 'off' : silent ? 'silent' : venue === 'gateio' ? 'polled' : 'live',
        since: startedAt + index * 1_000,
        ...(silent ? { fault: { code: 'socket-dead', message: 'Korbit: open but silent for 14 s.' } as const } : {}),
        attempt: silent ? 3 : 0,
        ...(silent ? { nextAttemptAt: now + 3_000 } : {}),
        lastDataAt: now - (silent ? 14_000 : venue === 'gateio' ? 3_100 : 240),
        messagesPerSecond: figures?.[0] ?? 0,
        tradesPerSecond: (figures?.[0] ?? 0) / 9,
        ...(figures ? { delay: { p50: figures[1], p99: figures[2] } } : {}),
        skew: [4, -6, 12, 9, 2, -3, 5, 31, -11, 7][index] ?? 0,
        reconnects: silent ? 3 : venue === 'gateio' ? 6 : 0,
        gaps: venue === 'gateio' ? 2 : silent ? 1 : 0,
        malformed: venue === 'gateio' ? { 'unknown-channel': 8, 'bad-json': 6 } : {},
        markets: off ? 0 : 5,
        troubled: silent
          ? [
              {
                instrument: 'korbit:XRP/KRW',
                fault: { code: 'market-silent', message: 'No trade for 11 s, 3 times its rhythm.' },
                since: now - 11_000,
              },
            ]
          : [],
        budget: figures?.[3] ?? 0.41,
        endpoint: `stream.${venue}.example`,
      }
    }),
    engine: {
      startedAt,
      rss: 212_000_000,
      messagesPerSecond: 4_984 + Math.round(noise(now) * 60),
      tradesPerSecond: 612,
      delay: { p50: 38, p99: 121 },
      stall: 4,
    },
    journal: { bytes: 1_900_000_000, records: 41_000_000, pending: 3, dropped: 0 },
    store: { bytes: 41_600_000_000, trades: 61_000_000, behind: 12 },
    gapsToday: 3,
    faults: [],
    instrumentsRevision: 1,
  }
}

function completeness(key: InstrumentKey, from: Millis, to: Millis): Completeness {
  const seconds = Math.round((to - from) / SECOND)
  const at = (part: number) => from + (to - from) * part
  return {
    instrument: key,
    seconds,
    live: Math.round(seconds * 0.9961),
    backfilled: Math.round(seconds * 0.0035),
    missing: Math.round(seconds * 0.0004),
    unwatched: 0,
    runs: [
      { from, to: at(0.3), state: 'live' },
      { from: at(0.3), to: at(0.31), state: 'backfilled' },
      { from: at(0.31), to: at(0.52), state: 'live' },
      { from: at(0.52), to: at(0.524), state: 'missing' },
      { from: at(0.524), to, state: 'live' },
    ],
  }
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

/** A fake engine that has run for three hours. */
export function createFakeEngine(now: () => Millis = Date.now): FakeEngine {
  const startedAt = now() - 3 * HOUR - 12 * MINUTE
  let mode: Mode = {
    mode: 'demo',
    reason: 'unreachable',
    probe: { answered: [], tried: [...VENUES], lastAt: now() - 12_000, nextAt: now() + 18_000 },
  }
  let settings: Settings = DEFAULT_SETTINGS
  let healthChange = (health: Health) => health
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
  const rowsOf = (request: ExportRequest) =>
    request.instruments.length * Math.max(1, Math.round((request.to - request.from) / (request.interval ?? SECOND)))
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
    'health.samples': ({ venue }) =>
      Array.from({ length: 14 }, (_, index) => ({
        at: now() - index * 61_000,
        rule: index % 2 ? 'bad-json' : 'unknown-channel',
        message: index % 2 ? 'Not JSON.' : 'Field "channel" is not known: spot.trades_v5',
        frame: `{"time":1795411928,"channel":"spot.trades_v5","event":"update","venue":"${venue}","result":{"id":"30921${index}","price":"68412.3"}}`,
      })),
    'health.reconnect': () => undefined,
    log: (_, sink) => {
      let line = 0
      sink.send(
        Array.from({ length: 40 }, (_, index): LogLine => ({
          at: now() - (40 - index) * 20_000,
          level: index % 9 === 4 ? 'warn' : index % 17 === 11 ? 'error' : 'info',
          text: `${VENUES[index % VENUES.length]}: ${index % 9 === 4 ? 'no data for 11 s, 3 times its rhythm' : index % 17 === 11 ? 'closed by the exchange (1006)' : 'subscribed to 5 markets'}`,
        })),
      )
      return repeat(sink, 5_000, () => [{ at: now(), level: 'info', text: `hub: ${++line} frames sent` }])
    },
    market: ({ focus, follow }, sink) => repeat(sink, 100, () => frame(focus, follow, now())),
    'history.bars': ({ instrument, interval, to, count }) => history(instrument, interval, to ?? now(), Math.min(count, 600)),
    'history.trades': ({ instrument, before, count }) =>
      Array.from({ length: Math.min(count, 100) }, (_, index) => trade(instrument, (before ?? now()) - (100 - index) * 700)),
    'history.coverage': ({ from, to }) => coverage(from, to),
    'history.sparks': ({ instruments: keys }) =>
      Object.fromEntries(
        keys.map((key) => [key, Array.from({ length: 48 }, (_, i) => priceAt(key, now() - DAY + i * 1_800_000).price)]),
      ),
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
