/**
 * Everything a page may ask of the engine, in every host: what is not here does not cross the bridge.
 * Reads as the table of contents of the application. Parameters are validated on arrival.
 */

import { z } from 'zod'
import { accessContract } from './access-contract.ts'
import { backupContract } from './backup-contract.ts'
import type { Contract } from './bridge.ts'
import { command, stream } from './contract-makers.ts'
import { instant, instrument, interval, nothing } from './contract-parameters.ts'
import type {
  AppInfo,
  Mode,
  Health,
  SettingsView,
  MalformedSample,
  LogLine,
  Notice,
  DiagnosticsReport,
} from './engine-view.ts'
import type { ExportPreview, ExportProgress } from './export-view.ts'
import { exportRequestSchema } from './export-view.ts'
import { itemsContract } from './items-contract.ts'
import { kafkaContract } from './kafka-contract.ts'
import type { Instrument, InstrumentKey } from './market.ts'
import { VENUES } from './market.ts'
import type { TapeRow, Coverage, BarHistory, MarketFrame } from './market-view.ts'

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
  ...backupContract,
  ...itemsContract,
  ...kafkaContract,
} satisfies Contract

export type AppContract = typeof contract
