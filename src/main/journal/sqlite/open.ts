/** Opening SQLite files: one writer per file, any number of readers. */

import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { FaultError } from '../../../shared/faults.ts'
import type { Migration } from './migrate.ts'
import { checkVersion, migrate } from './migrate.ts'

export type Connection = Database.Database
export type Statement<P extends unknown[] = unknown[], R = unknown> = Database.Statement<P, R>

export interface WriterOptions {
  readonly migrations: readonly Migration[]
  /** Called with each statement that runs. */
  readonly verbose?: (sql: unknown) => void
}

/** Frames of the write-ahead log (4 KiB each) after which SQLite moves them into the file. */
const CHECKPOINT_PAGES = 4_000
const WAL_LIMIT = 32 * 1024 * 1024

/**
 * Opens a file as its only writer, in its newest format. Throws 'store-newer' or 'store-damaged' without having touched it.
 * Survives the death of the process at any moment; a power cut may take the last second.
 */
export function openWriter(file: string, options: WriterOptions): Connection {
  if (existsSync(file) && statSync(file).size > 0) checkUntouched(file, options.migrations)
  return guarded(file, () => {
    const db = new Database(file, options.verbose ? { verbose: options.verbose } : {})
    try {
      // Only before the first table is made: it cannot be switched on later without rewriting the file.
      db.pragma('auto_vacuum = INCREMENTAL')
      db.pragma('journal_mode = WAL')
      db.pragma('synchronous = NORMAL')
      db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
      db.pragma(`journal_size_limit = ${WAL_LIMIT}`)
      db.pragma('cache_size = -16384')
      db.pragma('temp_store = MEMORY')
      migrate(db, file, options.migrations)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}

/** Opens a file for reading only; whoever writes it goes on. */
export function openReading(file: string, migrations: readonly Migration[]): Connection {
  if (!existsSync(file)) throw new FaultError('not-found', `There is no ${basename(file)} yet: nothing is stored.`)
  return guarded(file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      db.pragma('query_only = ON')
      db.pragma('cache_size = -8192')
      checkVersion(db, file, migrations)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}

function checkUntouched(file: string, migrations: readonly Migration[]): void {
  guarded(file, () => {
    const db = new Database(file, { readonly: true })
    try {
      checkVersion(db, file, migrations)
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
    } finally {
      db.close()
    }
  })
}

const DAMAGED = new Set(['SQLITE_NOTADB', 'SQLITE_CORRUPT'])

/** True where the file is no (longer a) sound database. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && (DAMAGED.has(error.code) || error.code.startsWith('SQLITE_CORRUPT'))
}

function guarded<T>(file: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!isDamage(error)) throw error
    throw new FaultError(
      'store-damaged',
      `${basename(file)} is damaged and was left as it is. Move it away (or restore a backup) and start again: ${file}`,
    )
  }
}

/** Bytes that a database takes on disk, with its write-ahead log. */
export function bytesOnDisk(file: string): number {
  let bytes = 0
  for (const part of [file, `${file}-wal`]) bytes += statSync(part, { throwIfNoEntry: false })?.size ?? 0
  return bytes
}

/** Bytes in use inside a database: what is freed is used again before the file grows. */
export function bytesInUse(db: Connection): number {
  const pages = db.pragma('page_count', { simple: true }) as number
  const free = db.pragma('freelist_count', { simple: true }) as number
  return (pages - free) * (db.pragma('page_size', { simple: true }) as number)
}
