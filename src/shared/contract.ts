/**
 * Everything a page may ask of the engine, in every host: what is not here does not cross the bridge.
 * Reads as the table of contents of the application. Parameters are validated on arrival.
 */

import { z } from 'zod'
import { accessContract } from './access-contract.ts'
import type { Contract } from './bridge.ts'
import { command, stream } from './contract-makers.ts'
import type { Fault } from './faults.ts'
import { itemsContract } from './items-contract.ts'
import { kafkaContract } from './kafka-contract.ts'
import type {
  BarState,
  BookStale,
  Decimal,
  GapReason,
  Instrument,
  InstrumentKey,
  Millis,
  Origin,
  Phase,
  VenueId,
} from './market.ts'
import { VENUES } from './market.ts'
import type { Settings, SettingsSource } from './settings.ts'

// ---------- parameters ----------

const instrument = z
  .string()
  .regex(/^[a-z0-9]+:[^\s]{1,60}$/, 'must be a market key such as "upbit:BTC/KRW"')
  .transform((text) => text as InstrumentKey)
const instant = z.number().int().min(0).max(8.64e15)
const interval = z
  .number()
  .int()
  .min(1_000)
  .max(86_400_000)
  .refine((value) => value % 1_000 === 0 && 86_400_000 % value === 0, 'must be whole seconds that divide a day')
const nothing = z.strictObject({})

export const EXPORT_KINDS = ['trades', 'bars-1s', 'bars', 'tickers', 'gaps', 'items'] as const
export const exportRequestSchema = z
  .strictObject({
    kind: z.enum(EXPORT_KINDS),
    /** Of kind 'items': the feeds, as 'news:coinness'. */
    instruments: z.array(instrument).min(1, 'choose at least one market').max(500),
    /** Inclusive. */
    from: instant,
    /** Exclusive. */
    to: instant,
    /** Only for kind 'bars'. */
    interval: interval.optional(),
    format: z.enum(['csv', 'sqlite']).default('csv'),
    /** 's0': exactly ticker,avg_price,total_volume,batch_size,timestamp (kind 'bars-1s' only). */
    preset: z.enum(['tapedeck', 's0']).default('tapedeck'),
    zone: z.enum(['KST', 'UTC', 'local']).default('UTC'),
    language: z.enum(['ko', 'en']).default('en'),
    bom: z.boolean().default(true),
    /** Keep quiet and missing seconds as rows without values. */
    emptySeconds: z.boolean().default(true),
    /** Long ids as text and a new file at 1,048,576 rows. */
    spreadsheet: z.boolean().default(false),
    gzip: z.boolean().default(false),
  })
  .refine((request) => request.from < request.to, { path: ['to'], message: 'must be later than "from"' })
  .refine((request) => request.kind !== 'bars' || request.interval !== undefined, {
    path: ['interval'],
    message: 'is needed for kind "bars"',
  })
  .refine((request) => request.preset !== 's0' || (request.kind === 'bars-1s' && request.format === 'csv'), {
    path: ['preset'],
    message: '"s0" goes with kind "bars-1s" and format "csv"',
  })
export type ExportRequest = z.output<typeof exportRequestSchema>

// ---------- results ----------

export interface AppInfo {
  readonly version: string
  readonly host: 'electron' | 'headless'
  readonly mode: Mode
  readonly folder: string
  /** This data folder's uuid: marks every record it collects. */
  readonly collector: string
  readonly startedAt: Millis
  readonly zone: string
  readonly languages: readonly string[]
}

export interface Mode {
  readonly mode: 'live' | 'demo'
  /** Why the demo runs: nobody answered on a first run, or it was asked for. */
  readonly reason?: 'unreachable' | 'asked'
  /** In the demo: the real venues that answered the last probe, and when it was and will be. */
  readonly probe?: {
    readonly answered: readonly VenueId[]
    readonly tried: readonly VenueId[]
    readonly lastAt?: Millis
    readonly nextAt?: Millis
  }
}

/** 'needs-key': nothing is asked until its keys are entered. */
export const VENUE_STATES = ['off', 'connecting', 'live', 'polled', 'silent', 'down', 'paused', 'needs-key'] as const
export interface VenueHealth {
  readonly venue: VenueId
  readonly state: (typeof VENUE_STATES)[number]
  /** State entered. */
  readonly since: Millis
  readonly fault?: Fault
  readonly attempt: number
  readonly nextAttemptAt?: Millis
  readonly lastDataAt?: Millis
  readonly messagesPerSecond: number
  readonly tradesPerSecond: number
  /** Arrival minus venue time, of the last minute, skew not removed. */
  readonly delay?: { readonly p50: Millis; readonly p99: Millis }
  /** Estimated offset of the venue's clock against ours. */
  readonly skew?: Millis
  readonly reconnects: number
  readonly gaps: number
  /** Malformed frames by rule. */
  readonly malformed: Readonly<Record<string, number>>
  readonly markets: number
  /** Subscriptions silent against their rhythm, or refused, and order books that are asked for anew. */
  readonly troubled: readonly {
    readonly instrument: InstrumentKey
    readonly fault: Fault
    readonly since: Millis
    readonly nextAttemptAt?: Millis
  }[]
  /** Share of the tightest limit in use, 0 … 1. */
  readonly budget: number
  /** The source's limits that Tapedeck keeps to of its own accord, and how much of each is in use. */
  readonly limits: readonly LimitUse[]
  /** Host in use. */
  readonly endpoint?: string
  /** Of venues that carry few subscriptions: how many, of how many, and the markets that found no room and are polled. */
  readonly registrations?: { readonly used: number; readonly most: number; readonly polled: number }
}

/** One limit of a source: at most `count` in any window of `per`. What has no room waits. */
export interface LimitUse {
  /** REST calls by weight, connections dialled, frames sent on one connection (the fullest). */
  readonly of: 'calls' | 'connects' | 'frames'
  /** Which calls, where the source counts kinds of them apart. */
  readonly group?: string
  readonly used: number
  readonly count: number
  readonly per: Millis
  /** The source asked for silence (Retry-After, a ban): nothing more for so long. */
  readonly heldFor?: Millis
}

/** This machine's clock against those of the sources, the median of all that can be told. */
export interface ClockCheck {
  /** Positive: ours is ahead. */
  readonly offset: Millis
  readonly sources: number
}

export interface Health {
  readonly at: Millis
  readonly mode: Mode
  readonly venues: readonly VenueHealth[]
  /** Absent while no source's time is known. */
  readonly clock?: ClockCheck
  readonly engine: {
    readonly startedAt: Millis
    readonly rss: number
    readonly messagesPerSecond: number
    readonly tradesPerSecond: number
    readonly delay?: { readonly p50: Millis; readonly p99: Millis }
    /** From a trade's arrival to the frame that takes it to a page, over the last minute. */
    readonly toHub?: { readonly p50: Millis; readonly p99: Millis }
    /** Longest stall of the engine's thread in the last second. */
    readonly stall: Millis
  }
  readonly journal: {
    readonly bytes: number
    readonly records: number
    readonly pending: number
    readonly dropped: number
    readonly fault?: Fault
  }
  readonly store: {
    readonly bytes: number
    readonly trades: number
    /** Journal records not yet stored. */
    readonly behind: number
    readonly fault?: Fault
  }
  readonly csv?: { readonly file: string; readonly written: number; readonly lastAt?: Millis; readonly fault?: Fault }
  readonly gapsToday: number
  readonly faults: readonly Fault[]
  /** Grows when the list of instruments changes. */
  readonly instrumentsRevision: number
}

/** A trade on the tape. */
export interface TapeRow {
  readonly id: string
  readonly at: Millis
  readonly price: Decimal
  readonly size: Decimal
  readonly side?: 'buy' | 'sell'
  readonly origin: Origin
}

/** Bars for drawing: one array per value, oldest first. Values of quiet and missing bars are '' (never 0). */
export interface BarColumns {
  readonly openAt: readonly Millis[]
  readonly open: readonly Decimal[]
  readonly high: readonly Decimal[]
  readonly low: readonly Decimal[]
  readonly close: readonly Decimal[]
  readonly volume: readonly Decimal[]
  readonly quoteVolume: readonly Decimal[]
  readonly buyVolume: readonly Decimal[]
  readonly trades: readonly number[]
  readonly state: readonly BarState[]
  /** 'venue' where the bar is the venue's own candle. */
  readonly origin: readonly Origin[]
}

export interface GapRow {
  readonly since: Millis
  readonly until?: Millis
  readonly reason: GapReason
  /** Filled afterwards. */
  readonly filledBy?: Origin
}

/** What is known of each second of a range: outside `watched` nothing is stored; inside, what no gap covers was live. */
export interface Coverage {
  /** From when to when this market was watched: whole seconds, `to` exclusive. */
  readonly watched?: { readonly from: Millis; readonly to: Millis }
  readonly gaps: readonly GapRow[]
}

export interface BarHistory {
  readonly instrument: InstrumentKey
  readonly interval: Millis
  /** Closed bars and, last, the running one as far as it is stored. */
  readonly bars: BarColumns
  /**
   * What the running bar is made of: shorter bars that tile it without overlap up to `through`. Live seconds that open
   * at or after `through` come on top.
   */
  readonly through: Millis
  readonly coverage: Coverage
  /** Nothing older is to be had. */
  readonly complete: boolean
}

/** A 1-second bar, running or closed. */
export interface LiveSecond {
  readonly openAt: Millis
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  readonly volume: Decimal
  readonly quoteVolume: Decimal
  readonly buyVolume: Decimal
  readonly trades: number
}

export interface TickerRow {
  readonly instrument: InstrumentKey
  readonly at: Millis
  readonly receivedAt: Millis
  readonly last: Decimal
  readonly bid?: Decimal
  readonly ask?: Decimal
  readonly open24h?: Decimal
  readonly high24h?: Decimal
  readonly low24h?: Decimal
  readonly volume24h?: Decimal
  readonly quoteVolume24h?: Decimal
  readonly change?: Decimal
  /** As on a ticker: the feed's own lag, the phase of the day, the source asked in its place. */
  readonly delay?: Millis
  readonly phase?: Phase
  readonly source?: string
  readonly origin: Origin
}

export interface BookRow {
  readonly instrument: InstrumentKey
  readonly at: Millis
  readonly receivedAt: Millis
  readonly bids: readonly (readonly [Decimal, Decimal])[]
  readonly asks: readonly (readonly [Decimal, Decimal])[]
  /** Not known any more: the last levels are shown dimmed, and feed nothing. */
  readonly stale: boolean
  /** Why and since when, and when it is asked for anew. Absent where only the market's stream is broken. */
  readonly rebuilding?: BookStale
  readonly crossed: boolean
}

/** One cut of the market for one page. Newer state, never a queue. */
export interface MarketFrame {
  readonly at: Millis
  /** Of the focused market, oldest first; at most 200, `skipped` says how many older ones were left out. */
  readonly trades: readonly TapeRow[]
  readonly skipped: number
  /** Of the focused market: seconds touched since the last frame, whole values. */
  readonly seconds: readonly LiveSecond[]
  /** Of the focused market: gaps opened or closed since the last frame. */
  readonly gaps: readonly GapRow[]
  /** Of the followed markets, those that changed. */
  readonly tickers: readonly TickerRow[]
  readonly book?: BookRow
}

export interface ExportPreview {
  readonly name: string
  readonly columns: readonly string[]
  /** Header and first lines as they will stand in the file. */
  readonly lines: readonly string[]
  readonly rows: number
  readonly bytes: number
  readonly completeness: readonly Completeness[]
}

/** Seconds of a range, by state. `unwatched` seconds are in none of the others. */
export interface Completeness {
  readonly instrument: InstrumentKey
  readonly seconds: number
  readonly live: number
  readonly backfilled: number
  readonly missing: number
  readonly unwatched: number
  /** For a strip: up to 200 runs, in order. */
  readonly runs: readonly {
    readonly from: Millis
    readonly to: Millis
    readonly state: 'live' | 'backfilled' | 'missing' | 'unwatched'
  }[]
}

export interface ExportFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export interface ExportProgress {
  readonly id: string
  readonly state: 'writing' | 'done' | 'failed' | 'cancelled'
  readonly rows: number
  readonly totalRows: number
  readonly bytes: number
  readonly rowsPerSecond: number
  readonly files: readonly ExportFile[]
  readonly fault?: Fault
}

export interface SettingsView {
  readonly settings: Settings
  /** Per top-level field. */
  readonly sources: Readonly<Partial<Record<keyof Settings, SettingsSource>>>
  /** The markets on the watch list as it now is: the chosen ones, or the default of each enabled venue. */
  readonly watchlist: readonly InstrumentKey[]
  /** A field of the file that is not valid and was replaced by its default. */
  readonly problems: readonly { readonly field: string; readonly message: string }[]
}

export interface MalformedSample {
  readonly at: Millis
  readonly rule: string
  readonly message: string
  /** The frame, cut at 2,000 characters. */
  readonly frame: string
}

export interface LogLine {
  readonly at: Millis
  readonly level: 'info' | 'warn' | 'error'
  readonly text: string
}

/** Something that happened once and that the user should hear of once. */
export interface Notice {
  readonly kind: 'woke'
  readonly at: Millis
  /** The machine slept from `since` until `at`. Connections were made anew and the gap is being filled. */
  readonly since: Millis
}

/** What a helper needs to know of this engine. Secrets, names of people and market data are not in it. */
export interface DiagnosticsReport {
  readonly at: Millis
  readonly version: string
  readonly host: AppInfo['host']
  readonly mode: Mode
  readonly system: {
    readonly platform: string
    readonly release: string
    readonly arch: string
    readonly node: string
    readonly processors: number
    readonly memory: number
  }
  readonly folder: string
  readonly startedAt: Millis
  readonly settings: Settings
  readonly sources: SettingsView['sources']
  readonly problems: SettingsView['problems']
  readonly health: Health
  readonly log: readonly LogLine[]
  /** Frames that could not be read. */
  readonly malformed: Readonly<Partial<Record<VenueId, readonly MalformedSample[]>>>
}

// ---------- the contract ----------

const venue = z.enum(VENUES)

export const contract = {
  'app.info': command(nothing).returns<AppInfo>(),
  /** Restarts the engine in its live or its demo folder; the page loses its connection and comes back. */
  'mode.switch': command(z.strictObject({ to: z.enum(['live', 'demo']) })).returns<void>(),
  /** Demo: tries the real venues now. */
  'mode.probe': command(nothing).returns<Mode>(),

  'settings.get': command(nothing).returns<SettingsView>(),
  /** A part of the settings; groups are merged field by field. Refused whole if any field is not valid. */
  'settings.set': command(z.record(z.string(), z.unknown())).returns<SettingsView>(),
  settings: stream(nothing).of<SettingsView>(),

  /** All listed markets of the enabled venues. */
  'instruments.list': command(nothing).returns<readonly Instrument[]>(),

  health: stream(nothing).of<Health>(),
  'health.samples': command(z.strictObject({ venue })).returns<readonly MalformedSample[]>(),
  /** Reconnects a venue now, whatever its back-off says (its own connect limit still holds). */
  'health.reconnect': command(z.strictObject({ venue })).returns<void>(),
  log: stream(nothing).of<readonly LogLine[]>(),
  /** Each as it happens; nothing of before. */
  notices: stream(nothing).of<Notice>(),
  'diagnostics.report': command(nothing).returns<DiagnosticsReport>(),

  /**
   * The market as one page sees it: the focused market in full (trades, seconds, gaps, book), tickers of those followed.
   * At most 30 frames a second, 1 when hidden.
   */
  market: stream(
    z.strictObject({
      focus: instrument.nullable(),
      follow: z.array(instrument).max(6000),
      hidden: z.boolean().default(false),
    }),
  ).of<MarketFrame>(),
  /** Up to `count` bars that open before `to` (exclusive; absent: up to now), own bars over the venue's candles. */
  'history.bars': command(
    z.strictObject({ instrument, interval, to: instant.optional(), count: z.number().int().min(1).max(5_000) }),
  ).returns<BarHistory>(),
  /** The newest stored trades before `before` (exclusive), oldest first. */
  'history.trades': command(
    z.strictObject({ instrument, before: instant.optional(), count: z.number().int().min(1).max(1_000) }),
  ).returns<readonly TapeRow[]>(),
  'history.coverage': command(z.strictObject({ instrument, from: instant, to: instant })).returns<Coverage>(),
  /** Closing prices of the last 24 h, at most 48 a market, for sparklines; own hours over the venue's candles. */
  'history.sparks': command(z.strictObject({ instruments: z.array(instrument).max(200) })).returns<
    Readonly<Record<InstrumentKey, readonly number[]>>
  >(),

  'export.preview': command(exportRequestSchema).returns<ExportPreview>(),
  /** Begins an export and returns its id. It is written on a thread of its own. */
  'export.start': command(exportRequestSchema).returns<{ readonly id: string }>(),
  'export.progress': stream(z.strictObject({ id: z.string().max(64) })).of<ExportProgress>(),
  'export.cancel': command(z.strictObject({ id: z.string().max(64) })).returns<void>(),
  /** A one-use download path (60 s) for a finished export's file. */
  'export.ticket': command(z.strictObject({ id: z.string().max(64), name: z.string().max(255) })).returns<{
    readonly path: string
  }>(),

  ...accessContract,
  ...itemsContract,
  ...kafkaContract,
} satisfies Contract

export type AppContract = typeof contract
