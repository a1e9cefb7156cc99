import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Completeness, ExportFile, ExportRequest } from '../../../shared/export-view.ts'
import { exportedFeeds } from '../../../shared/export-view.ts'
import type { ExportOrigin } from './export-job.ts'
import type { FinishedPart } from './part-file.ts'
import type { MarketFacts } from './row-writer.ts'
import type { Zone } from './zones.ts'

/** What is said of an export besides its rows. */
export interface Facts {
  /** Fields of the sidecar and rows of SQLite's `meta`. */
  readonly meta: Readonly<Record<string, unknown>>
  readonly markets: readonly MarketFacts[]
}

/** Most gaps that a sidecar lists; `gaps.count` says how many there are. */
export const LISTED_GAPS = 1_000

export interface FactsInput {
  readonly request: ExportRequest
  readonly origin: ExportOrigin
  readonly zone: Zone
  readonly markets: readonly MarketFacts[]
  readonly rows: number
  readonly createdAt: string
}

/** The facts of a finished export. */
export function toFacts({ request, origin, zone, markets, rows, createdAt }: FactsInput): Facts {
  return {
    markets: exportedFeeds(request.kind) ? [] : markets,
    meta: {
      product: 'Tapedeck',
      version: origin.version,
      collector: origin.collector,
      demo: origin.demo,
      createdAt,
      kind: request.kind,
      ...(request.kind === 'bars' ? { interval: request.interval } : {}),
      preset: request.preset,
      format: request.format,
      zone: zone.name,
      language: request.language,
      emptySeconds: request.emptySeconds,
      from: request.from,
      to: request.to,
      fromIso: new Date(request.from).toISOString(),
      toIso: new Date(request.to).toISOString(),
      instruments: markets.map(({ market }) => market.key),
      rows,
    },
  }
}

/** Writes '<name>.meta.json' (as a part): what the files beside it hold, of where, and how complete it is. */
export function writeSidecar(
  folder: string,
  name: string,
  facts: Facts,
  files: readonly ExportFile[],
): FinishedPart & { readonly name: string } {
  const sidecar = `${name}.meta.json`
  const part = join(folder, `${sidecar}.part`)
  const text = Buffer.from(
    `${JSON.stringify({ ...facts.meta, files, ...toGapList(facts), completeness: toShares(facts) }, undefined, 2)}\n`,
  )
  const descriptor = openSync(part, 'w')
  try {
    for (let at = 0; at < text.length;) at += writeSync(descriptor, text, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return { part, name: sidecar, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') }
}

function toGapList({ markets }: Facts) {
  const all = markets.flatMap(({ market, watched }) =>
    watched.coverage.gaps.map((gap) => ({ instrument: market.key, ...gap })),
  )
  return { gaps: { count: all.length, list: all.slice(0, LISTED_GAPS) } }
}

function toShares({ markets }: Facts) {
  return markets.map(
    ({
      watched: {
        coverage,
        completeness: { runs: _runs, ...counted },
      },
    }) => ({
      ...counted,
      percent: {
        live: percentOf(counted, 'live'),
        backfilled: percentOf(counted, 'backfilled'),
        missing: percentOf(counted, 'missing'),
        unwatched: percentOf(counted, 'unwatched'),
      },
      ...(coverage.watched ? { watched: coverage.watched } : {}),
    }),
  )
}

/** What part of the seconds is in a state, in percent, to four digits. */
export function percentOf(
  counted: Pick<Completeness, 'seconds' | 'live' | 'backfilled' | 'missing' | 'unwatched'>,
  state: 'live' | 'backfilled' | 'missing' | 'unwatched',
): number {
  return counted.seconds === 0 ? 0 : Math.round((counted[state] / counted.seconds) * 1_000_000) / 10_000
}
