/** Exports: what may be asked for, and what is told of one. */

import { z } from 'zod'
import { instant, instrument, interval } from './contract-parameters.ts'
import type { Fault } from './faults.ts'
import type { ItemFeedId } from './items.ts'
import { INDEX_FEEDS, NEWS_FEEDS } from './items.ts'
import type { InstrumentKey, Millis } from './market.ts'

export const EXPORT_KINDS = ['trades', 'bars-1s', 'bars', 'tickers', 'gaps', 'items', 'indices'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** A feed, and the key by which it is exported. */
export interface ExportedFeed {
  readonly feed: ItemFeedId
  readonly key: InstrumentKey
}

const FEEDS: Readonly<Partial<Record<ExportKind, readonly ExportedFeed[]>>> = {
  items: NEWS_FEEDS.map((feed) => ({ feed, key: `news:${feed}` })),
  indices: INDEX_FEEDS.map((feed) => ({ feed, key: `index:${feed}` })),
}

/**
 * The feeds whose rows a kind writes; undefined for a kind that is of markets. What a feed has not told nobody knows: of
 * these kinds nothing is said of how complete they are.
 */
export function exportedFeeds(kind: ExportKind): readonly ExportedFeed[] | undefined {
  return FEEDS[kind]
}

export const exportRequestSchema = z
  .strictObject({
    kind: z.enum(EXPORT_KINDS),
    /** Of kinds 'items' and 'indices': the feeds, as 'news:coinness' and 'index:alternative_me'. */
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
