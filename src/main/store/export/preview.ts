import { gzipSync } from 'node:zlib'
import type { ExportPreview, ExportRequest } from '../../../shared/export-view.ts'
import { exportedFeeds } from '../../../shared/export-view.ts'
import { LAYOUTS, S0_HEADER, toHeadings } from './columns.ts'
import { countRows } from './count.ts'
import type { CsvStyle } from './csv.ts'
import { createCsv } from './csv.ts'
import type { ExportJob } from './export-job.ts'
import type { Connection } from '../read-only.ts'
import type { MarketFacts } from './row-writer.ts'
import { marketRows } from './rows.ts'
import { readMarketFacts, withSnapshot } from './write-export.ts'
import { toZone } from './zones.ts'

/** Data lines shown. */
const SHOWN = 5
/** Lines that the size of a file is judged by. */
const SAMPLED = 1_000
/** A count that takes longer than this is estimated from what has been counted. */
const COUNT_MILLIS = 250
/** SQLite's pages and record heads, against the text of the same rows. */
const SQLITE_SHARE = 1.15

/** What an export would be: its first lines as they will stand in the file, its size, and how complete it is. */
export function previewExport(job: ExportJob): Promise<ExportPreview> {
  return withSnapshot(job.marketFile, (db) => {
    const { origin } = job
    // Languages, spreadsheets and their like are matters of CSV.
    const request =
      job.request.format === 'csv' ? job.request : { ...job.request, language: 'en' as const, spreadsheet: false }
    const zone = toZone(request.zone)
    const csv = createCsv(LAYOUTS[request.kind], request, zone, origin.demo)
    const markets = readMarketFacts(db, job)
    const sample = sampleLines(db, csv, request, markets)
    const deadline = performance.now() + COUNT_MILLIS
    let rows = 0
    for (const { market, watched } of markets)
      rows += countRows(db, request, market, watched, () => performance.now() > deadline)
    return {
      name: job.name,
      columns:
        request.preset === 's0'
          ? S0_HEADER
          : toHeadings(LAYOUTS[request.kind], zone, request.language, origin.demo).map(({ name }) => name),
      lines: [csv.header, ...sample.slice(0, SHOWN)].map((line) => line.trimEnd()),
      rows,
      bytes: estimateBytes(request, csv.header, sample, rows),
      completeness: exportedFeeds(request.kind) ? [] : markets.map(({ watched }) => watched.completeness),
    }
  })
}

function sampleLines(
  db: Connection,
  csv: CsvStyle,
  request: ExportRequest,
  markets: readonly MarketFacts[],
): readonly string[] {
  const sample: string[] = []
  for (const { market, watched } of markets) {
    const line = csv.lines(market)
    for (const batch of marketRows(db, LAYOUTS[request.kind], request, market, watched)) {
      for (const row of batch) sample.push(line(row))
      break
    }
    if (sample.length >= SAMPLED) break
  }
  return sample
}

function estimateBytes(request: ExportRequest, header: string, sample: readonly string[], rows: number): number {
  const head = Buffer.byteLength(header)
  if (sample.length === 0) return head
  const text = sample.join('')
  const size = request.format === 'csv' && request.gzip ? gzipSync(text).length : Buffer.byteLength(text)
  const body = (size / sample.length) * rows
  return Math.round(request.format === 'sqlite' ? body * SQLITE_SHARE : head + body)
}
