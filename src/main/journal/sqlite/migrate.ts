/** Brings a database file to this version's format, one numbered step at a time. */

import { copyFileSync, constants, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import { FaultError } from '../../../shared/faults.ts'

export interface Migration {
  /** 1, 2, 3 …: the file's `user_version` once it has run. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** The format this version writes. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** The file's format. Throws 'store-newer' where a later version of Tapedeck wrote it: such a file is left as it is. */
export function checkVersion(db: Database, file: string, migrations: readonly Migration[]): number {
  const found = db.pragma('user_version', { simple: true }) as number
  const known = latestVersion(migrations)
  if (found > known)
    throw new FaultError(
      'store-newer',
      `${basename(file)} has format ${found}, this version of Tapedeck knows formats up to ${known}. Install the newer version, or choose another folder with --data.`,
    )
  return found
}

/**
 * Runs the steps that the file lacks, each in a transaction of its own. A file that already holds data is copied first,
 * to `<file>.before-<version>`. A step that fails is rolled back: the file keeps the format it had, and the copy stays.
 */
export function migrate(db: Database, file: string, migrations: readonly Migration[]): void {
  const found = checkVersion(db, file, migrations)
  const steps = migrations.filter((step) => step.version > found)
  const last = steps.at(-1)
  if (last === undefined) return
  if (found > 0) copyBefore(db, file, last.version)
  for (const step of steps) {
    try {
      db.transaction(() => {
        db.exec(step.sql)
        db.pragma(`user_version = ${step.version}`)
      })()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new FaultError(
        'disk-failed',
        `${basename(file)} could not be brought to format ${step.version} (${step.name}: ${reason}). It is unchanged; free some disk space and start again, or go back to the version you had.`,
      )
    }
  }
}

/** The caller is the only writer, so after a full checkpoint the main file alone is the whole database. */
function copyBefore(db: Database, file: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)')
  const copy = `${file}.before-${version}`
  const unfinished = `${copy}.unfinished`
  try {
    copyFileSync(file, unfinished, constants.COPYFILE_FICLONE)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new FaultError(
      'disk-full',
      `${basename(file)} could not be copied to ${basename(copy)} before its format changes (${reason}). Free some disk space and start again.`,
    )
  }
}
