import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ExportRequest } from '../../../shared/export-view.ts'
import type { Layout } from './columns.ts'
import { SIMULATED, toHeadings } from './columns.ts'
import type { Row } from './rows.ts'
import type { RowWriter } from './row-writer.ts'
import type { Facts } from './sidecar.ts'
import { percentOf } from './sidecar.ts'
import { createIso } from './zones.ts'
import type { Zone } from './zones.ts'

/** Rows written in one transaction. */
const COMMIT_ROWS = 50_000

export interface SqliteWriterOptions {
  readonly folder: string
  readonly name: string
  readonly layout: Layout
  readonly request: ExportRequest
  readonly zone: Zone
  readonly demo: boolean
}

/**
 * Writes one self-contained SQLite file: a table named after the kind ('trades', 'bars', …) with the CSV's columns under
 * their English names, `gaps_of_range`, `completeness`, and `meta` with everything that the sidecar says of the export.
 */
export function openSqliteWriter(options: SqliteWriterOptions): RowWriter {
  const { layout, zone } = options
  const part = join(options.folder, `${options.name}.part`)
  rmSync(part, { force: true })
  const db = new Database(part)
  // Nobody else reads a part, and a failed one is removed whole: no journal, no waiting for the disk until the end.
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -8192')
  const headings = toHeadings(layout, zone, 'en', options.demo)
  const table = tableName(options.request)
  const columns = headings.map(({ name, type }) => `"${name}" ${type}`).join(', ')
  db.exec(`CREATE TABLE "${table}" (${columns})`)
  const insert = db.prepare(`INSERT INTO "${table}" VALUES (${headings.map(() => '?').join(', ')})`)
  const instant = createInstants(layout, zone)
  const tail = options.demo ? [SIMULATED] : []
  let head: readonly string[] = []
  let uncommitted = 0
  const commit = (): void => {
    if (db.inTransaction) db.exec('COMMIT')
    uncommitted = 0
  }
  return {
    get bytes() {
      return (
        (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)
      )
    },
    begin(market) {
      head = [market.venue, market.pair]
    },
    write(rows) {
      if (!db.inTransaction) db.exec('BEGIN')
      for (const row of rows) insert.run(toValues(row, layout, instant, head, tail))
      uncommitted += rows.length
      if (uncommitted >= COMMIT_ROWS) commit()
    },
    async finish(facts) {
      commit()
      writeFacts(db, facts)
      db.pragma('journal_mode = DELETE')
      db.close()
      const descriptor = openSync(part, 'r+')
      fsyncSync(descriptor)
      closeSync(descriptor)
      return [{ part, name: options.name, ...(await hashFile(part)) }]
    },
    abandon() {
      if (db.open) db.close()
      for (const path of [part, `${part}-journal`]) rmSync(path, { force: true })
    },
  }
}

function tableName(request: ExportRequest): string {
  return request.kind === 'bars-1s' ? 'bars' : request.kind
}

type Instant = (at: number | null) => readonly (string | number | null)[]

function createInstants(layout: Layout, zone: Zone): Instant {
  const style = { digits: layout.fraction ? 3 : 0, suffix: true } as const
  const utc = createIso({ name: 'UTC', offset: () => 0 }, style)
  if (zone.name === 'UTC') return (at) => (at === null ? [null, null] : [utc(at), at])
  const local = createIso(zone, style)
  return (at) => (at === null ? [null, null, null] : [local(at), utc(at), at])
}

function toValues(
  row: Row,
  layout: Layout,
  instant: Instant,
  head: readonly string[],
  tail: readonly string[],
): (string | number | null)[] {
  const values: (string | number | null)[] = [...instant(row[0] as number), ...head]
  layout.rest.forEach((column, index) => {
    const value = row[index + 1] ?? null
    if (column.type === 'instant') values.push(...instant(value as number | null))
    else values.push(value)
  })
  values.push(...tail)
  return values
}

function writeFacts(db: Database.Database, facts: Facts): void {
  db.exec(`BEGIN;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE completeness (exchange TEXT, market TEXT, seconds INTEGER, live INTEGER, backfilled INTEGER, missing INTEGER, unwatched INTEGER,
      live_percent REAL, backfilled_percent REAL, missing_percent REAL, unwatched_percent REAL);
    CREATE TABLE gaps_of_range (exchange TEXT, market TEXT, since_ms INTEGER, until_ms INTEGER, reason TEXT, filled_by TEXT);`)
  const meta = db.prepare('INSERT INTO meta VALUES (?, ?)')
  for (const [name, value] of Object.entries(facts.meta))
    meta.run(name, typeof value === 'string' ? value : JSON.stringify(value))
  const completeness = db.prepare('INSERT INTO completeness VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const gaps = db.prepare('INSERT INTO gaps_of_range VALUES (?, ?, ?, ?, ?, ?)')
  for (const { market, watched } of facts.markets) {
    const counted = watched.completeness
    completeness.run(
      market.venue,
      market.pair,
      counted.seconds,
      counted.live,
      counted.backfilled,
      counted.missing,
      counted.unwatched,
      percentOf(counted, 'live'),
      percentOf(counted, 'backfilled'),
      percentOf(counted, 'missing'),
      percentOf(counted, 'unwatched'),
    )
    for (const gap of watched.coverage.gaps)
      gaps.run(market.venue, market.pair, gap.since, gap.until ?? null, gap.reason, gap.filledBy ?? null)
  }
  db.exec('COMMIT')
}

async function hashFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
