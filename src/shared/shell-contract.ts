/**
 * Everything a page may ask of the shell around it: windows, dialogs, notices of the system, updates. The desktop shell
 * answers all of it; in a browser the page answers for itself what a browser can do, and refuses the rest.
 */

import { z } from 'zod'
import type { Contract } from './bridge.ts'
import { command, stream } from './contract-makers.ts'
import type { Fault } from './faults.ts'
import type { InstrumentKey, Millis } from './market.ts'

/** The main window's pages. */
export const PAGES = ['trade', 'news', 'kafka', 'health', 'data', 'settings', 'about'] as const
export type PageId = (typeof PAGES)[number]

/** Panels that can stand in a window of their own. */
export const PANES = ['chart', 'book', 'tape'] as const
export type Pane = (typeof PANES)[number]

const instrument = z
  .string()
  .regex(/^[a-z0-9]+:[^\s]{1,60}$/, 'must be a market key such as "upbit:BTC/KRW"')
  .transform((text) => text as InstrumentKey)
const nothing = z.strictObject({})

/** One pane for one market. */
export const paneViewSchema = z.strictObject({
  pane: z.enum(PANES),
  instrument,
  /** Of a chart, in ms. Absent: the main window's. */
  interval: z.number().int().min(1_000).max(86_400_000).optional(),
})
export type PaneView = z.output<typeof paneViewSchema>

const coordinate = z.number().int().min(-100_000).max(100_000)
export const boundsSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
})
/** A window's place on the desktop, in device-independent pixels. */
export type Bounds = z.output<typeof boundsSchema>

/** Where all windows stand: kept in window-state.json, and the first half of an exported layout. */
export const windowStateSchema = z.strictObject({
  version: z.literal(1),
  main: z.strictObject({ bounds: boundsSchema, maximized: z.boolean().default(false) }).optional(),
  panes: z
    .array(z.strictObject({ view: paneViewSchema, bounds: boundsSchema.optional() }))
    .max(24)
    .default([]),
})
export type WindowState = z.output<typeof windowStateSchema>

/** A layout as a file: windows, and what the main window shows. Holds nothing of who made it. */
export const layoutSchema = z.strictObject({
  kind: z.literal('tapedeck-layout'),
  version: z.literal(1),
  windows: windowStateSchema,
  chart: z.strictObject({ instrument: instrument.nullable(), interval: z.number().int().positive() }),
  watchlist: z.array(instrument).max(500).nullable(),
})
export type Layout = z.output<typeof layoutSchema>

/** Extension of layout files. */
export const LAYOUT_EXTENSION = 'tapedeck-layout'

export interface ShellInfo {
  readonly host: 'electron' | 'browser'
  readonly platform: string
  /** Electron, Chromium and Node; empty in a browser. */
  readonly versions: Readonly<Record<string, string>>
  /** What of the desktop settings works here. */
  readonly can: Readonly<Record<ShellAbility, boolean>>
  /** How passwords and keys are kept, where the shell knows. */
  readonly secrets?: SecretsKept
}

/** In the system's key store, in a file that TAPEDECK_PASSPHRASE seals, or in memory until Tapedeck ends. */
export type SecretsKept =
  /** `backend`: the platform, on Linux the name of the key store. */
  | { readonly kept: 'key-store'; readonly backend: string }
  | { readonly kept: 'passphrase' }
  | { readonly kept: 'this-run' }

export const SHELL_ABILITIES = [
  'tray',
  'openAtLogin',
  'keepAwake',
  'notify',
  'updates',
  'layoutFiles',
  'popOut',
] as const
export type ShellAbility = (typeof SHELL_ABILITIES)[number]

export interface ShownWindow {
  readonly id: number
  /** Absent: the main window. */
  readonly view?: PaneView
}

/** How the engine's process is. 'failed': it ended again and again; it is tried again each half minute. */
export interface EngineState {
  readonly phase: 'starting' | 'running' | 'restarting' | 'failed' | 'closing'
  readonly since: Millis
  /** Unexpected ends since Tapedeck started. */
  readonly ends: number
  /** The newest unexpected end. `fault`: why it could not open, by its own word. */
  readonly last?: { readonly at: Millis; readonly code: number; readonly text: string; readonly fault?: Fault }
}

/** 'off': not in this build, or switched off. Nothing is installed before somebody asks. */
export type UpdateState =
  | { readonly state: 'off' | 'idle' | 'checking' }
  | { readonly state: 'downloading'; readonly version: string; readonly share: number }
  | { readonly state: 'ready'; readonly version: string }
  | { readonly state: 'failed'; readonly message: string }

/** What happened to a file dialog. */
export type Saved = { readonly saved: false } | { readonly saved: true; readonly path: string }

/** What the shell asks of the page: from its menus, its tray, a link. */
export type ShellRequest =
  | { readonly kind: 'command'; readonly command: 'export.open' | 'search.open' | 'keys.open' | 'theme.toggle' }
  | { readonly kind: 'page'; readonly page: PageId }
  | { readonly kind: 'market'; readonly instrument: InstrumentKey }
  | { readonly kind: 'layout'; readonly chart: Layout['chart'] }

export const shellContract = {
  'shell.info': command(nothing).returns<ShellInfo>(),
  /** Opens a pane in a window of its own, or brings the one that shows it to the front. */
  'window.popOut': command(paneViewSchema).returns<void>(),
  /** What this window, a popped-out pane, shows now: it is restored so. */
  'window.shows': command(paneViewSchema).returns<void>(),
  'window.list': command(nothing).returns<readonly ShownWindow[]>(),
  'layout.export': command(nothing).returns<Saved>(),
  /** False where no file was chosen. Rejects with 'bad-request' naming what is wrong with the file. */
  'layout.import': command(nothing).returns<boolean>(),
  /** Saves what a helper needs to know: no secret, no market data. */
  'diagnostics.save': command(nothing).returns<Saved>(),
  notify: command(z.strictObject({ title: z.string().min(1).max(120), text: z.string().max(400) })).returns<void>(),
  engine: stream(nothing).of<EngineState>(),
  update: stream(nothing).of<UpdateState>(),
  'update.check': command(nothing).returns<void>(),
  /** Quits, installs and starts again. Only ever because somebody asked. */
  'update.install': command(nothing).returns<void>(),
  /** For the main window: what menus, tray and links ask for. */
  requests: stream(nothing).of<ShellRequest>(),
} satisfies Contract

export type ShellContract = typeof shellContract
