/** The data folder: one engine at a time, and the name under which it collects. */

import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { FaultError } from '../../shared/faults.ts'

export interface FolderLock {
  readonly folder: string
  /** This folder's uuid, kept for good: marks every record that it collects. */
  readonly collector: string
  /** Lets another engine have the folder. */
  release(): void
}

/** Kept reachable: a connection that is garbage-collected is closed, and its lock would be free while its engine runs. */
const held = new Set<Database.Database>()

/** Of the data folder: is there while restored files are put in place. */
export const RESTORING = 'restoring'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Takes a data folder for this process, making it (for its user alone) where there is none. Throws 'folder-locked' with
 * the pid of whoever has it.
 *
 * The lock is the system's own lock on `engine.lock`, taken through SQLite, which knows how on every platform. So two
 * starts at once cannot both succeed, and the lock of an engine that was killed is free at that moment: nothing has to
 * guess whether a pid is stale. `engine.pid` only tells who it is.
 *
 * Throws 'store-damaged' where a restore was cut off while it put its files in place, unless `restoring` says that this is
 * one: half of the old and half of the new would go on as if they belonged together.
 */
export function lockFolder(folder: string, { restoring = false } = {}): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = takeLock(folder)
  try {
    if (!restoring && existsSync(join(folder, RESTORING)))
      throw new FaultError(
        'store-damaged',
        `A restore of ${folder} was cut off. Run it again (tapedeck restore): what was there before is kept beside.`,
      )
    const pidFile = join(folder, 'engine.pid')
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
    return {
      folder,
      collector: readCollector(folder),
      release() {
        if (!held.delete(lock)) return
        rmSync(pidFile, { force: true })
        lock.close()
      },
    }
  } catch (error) {
    held.delete(lock)
    lock.close()
    throw error
  }
}

function takeLock(folder: string): Database.Database {
  const lock = new Database(join(folder, 'engine.lock'), { timeout: 0 })
  try {
    // Never committed: the transaction is the lock. In memory, so that no journal file lies about.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    held.add(lock)
    return lock
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
    const pid = readPid(folder)
    throw new FaultError(
      'folder-locked',
      `${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. Close it, or choose another folder with --data.`,
    )
  }
}

function readPid(folder: string): number | undefined {
  const text = readText(join(folder, 'engine.pid'))
  return text !== undefined && /^\d+\n$/.test(text) ? Number(text) : undefined
}

/** Called with the lock held. Written beside and renamed, so that a crash never leaves half a name. */
function readCollector(folder: string): string {
  const file = join(folder, 'collector')
  const known = readText(file)?.trim()
  if (known !== undefined && UUID.test(known)) return known
  const made = randomUUID()
  writeFileSync(`${file}.unfinished`, `${made}\n`, { mode: 0o600 })
  renameSync(`${file}.unfinished`, file)
  return made
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
