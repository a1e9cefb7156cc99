import { openReadOnly } from '../read-only.ts'
import type { Connection } from '../read-only.ts'
import { LAYOUTS } from './columns.ts'
import { countRows } from './count.ts'
import { createCsv } from './csv.ts'
import { openCsvWriter, SHEET_ROWS } from './csv-writer.ts'
import type { ExportJob, ExportRows, WrittenExport } from './export-job.ts'
import { Cancelled } from './export-job.ts'
import { readMarkets } from './markets.ts'
import { abandonParts, publish } from './part-file.ts'
import type { MarketFacts, RowWriter } from './row-writer.ts'
import { marketRows } from './rows.ts'
import { toFacts, writeSidecar } from './sidecar.ts'
import { openSqliteWriter } from './sqlite-writer.ts'
import { readWatched } from './watched.ts'
import type { Zone } from './zones.ts'
import { toZone } from './zones.ts'

export interface WriteHooks {
  /** Asked at least every thousand rows. */
  readonly stopped: () => boolean
  readonly onRows: (progress: ExportRows) => void
}

/** Runs something on one unchanging state of the store, read in one transaction. */
export async function withSnapshot<R>(marketFile: string, run: (db: Connection) => Promise<R> | R): Promise<R> {
  const db = openReadOnly(marketFile)
  try {
    // Pages mapped into memory would count as ours, and a whole table passes by here once.
    db.pragma('mmap_size = 0')
    db.pragma('cache_size = -8192')
    db.exec('BEGIN')
    return await run(db)
  } finally {
    db.close()
  }
}

/** What is known of a request's markets in its range. */
export function readMarketFacts(db: Connection, { request }: ExportJob): readonly MarketFacts[] {
  return readMarkets(db, request.instruments).map((market) => ({ market, watched: readWatched(db, market, request) }))
}

/** Writes an export's files and their sidecar. They appear under their names together and complete, or not at all. */
export function writeExport(job: ExportJob, hooks: WriteHooks): Promise<WrittenExport> {
  return withSnapshot(job.marketFile, async (db) => {
    const { request, folder, name } = job
    const zone = toZone(request.zone)
    const markets = readMarketFacts(db, job)
    let totalRows = 0
    for (const { market, watched } of markets) {
      totalRows += countRows(db, request, market, watched, hooks.stopped)
      goOn(hooks)
    }
    const writer = openWriter(job, zone)
    try {
      let rows = 0
      for (const { market, watched } of markets) {
        writer.begin(market)
        for (const batch of marketRows(db, LAYOUTS[request.kind], request, market, watched)) {
          goOn(hooks)
          await writer.write(batch)
          rows += batch.length
          hooks.onRows({ rows, totalRows: Math.max(totalRows, rows), bytes: writer.bytes })
        }
      }
      const facts = toFacts({ request, origin: job.origin, zone, markets, rows, createdAt: new Date().toISOString() })
      const parts = await writer.finish(facts)
      goOn(hooks)
      const sidecar = writeSidecar(
        folder,
        name,
        facts,
        parts.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
      )
      const files = publish(folder, [...parts, sidecar])
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
      return { rows, bytes, files }
    } catch (error) {
      writer.abandon()
      abandonParts(folder, [`${name}.meta.json`])
      throw error
    }
  })
}

function goOn(hooks: WriteHooks): void {
  if (hooks.stopped()) throw new Cancelled()
}

function openWriter({ request, folder, name, origin }: ExportJob, zone: Zone): RowWriter {
  const layout = LAYOUTS[request.kind]
  if (request.format === 'sqlite') return openSqliteWriter({ folder, name, layout, request, zone, demo: origin.demo })
  return openCsvWriter({
    folder,
    name,
    style: createCsv(layout, request, zone, origin.demo),
    // S0's consumers look for a header that begins with "ticker".
    bom: request.bom && request.preset !== 's0',
    gzip: request.gzip,
    fileRows: request.spreadsheet ? SHEET_ROWS : Infinity,
  })
}
