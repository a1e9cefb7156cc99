/** Looks at a copy as a stranger would: is it sound, what does it hold, which bytes is it made of. */

import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { FaultError } from '../../shared/faults.ts'
import { isDamage } from '../journal/sqlite/open.ts'
import type { Connection } from '../store/read-only.ts'
import type { BackupHooks } from './hooks.ts'
import { checkStopped } from './hooks.ts'
import type { DatabaseFacts, FileFacts } from './manifest.ts'

const CHUNK = 1024 * 1024

/**
 * Opens a database read-only, checks it whole, counts its tables and hashes its bytes. Throws 'backup-damaged'.
 *
 * The hash is of the file: it sees every byte, also those that no row uses, needs one pass, and a restored file has the
 * same until it is written to. A hash of rows would say no more and would read each table in the order of its key.
 */
export async function inspectDatabase(file: string, hooks: BackupHooks): Promise<DatabaseFacts> {
  const { name, bytes, sha256 } = await inspectFile(file, hooks)
  const { schema, rows, tables } = countDatabase(file, hooks)
  return { name, schema, bytes, sha256, rows, tables }
}

/** Format and rows of a database that is sound. Throws 'backup-damaged' where it is not. */
export function countDatabase(file: string, hooks: BackupHooks): Pick<DatabaseFacts, 'schema' | 'rows' | 'tables'> {
  checkStopped(hooks)
  const db = open(file)
  try {
    const found = db.pragma('integrity_check(1)', { simple: true }) as string
    if (found !== 'ok') throw unsound(file, found)
    const tables: Record<string, number> = {}
    for (const table of tablesOf(db)) {
      checkStopped(hooks)
      tables[table] = db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0
    }
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
    const schema = db.pragma('user_version', { simple: true }) as number
    return { schema, rows, tables }
  } catch (error) {
    throw isDamage(error) ? unsound(file, error instanceof Error ? error.message : String(error)) : error
  } finally {
    db.close()
  }
}

/** Name, size and hash of a file. */
export async function inspectFile(file: string, hooks: BackupHooks): Promise<FileFacts> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    checkStopped(hooks)
    hash.update(chunk)
    hooks.onBytes(chunk.length)
  }
  return { name: basename(file), bytes: statSync(file).size, sha256: hash.digest('hex') }
}

function open(file: string): Connection {
  return new Database(file, { readonly: true, fileMustExist: true })
}

function tablesOf(db: Connection): readonly string[] {
  const names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
  return db.prepare<[], string>(names).pluck().all()
}

function unsound(file: string, found: string): FaultError {
  return new FaultError(
    'backup-damaged',
    `The copy of ${basename(file)} is damaged (${found.split('\n', 1)[0] ?? ''}). See whether the disk is sound, and try again.`,
  )
}
