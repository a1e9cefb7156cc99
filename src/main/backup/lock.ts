import { join } from 'node:path'
import Database from 'better-sqlite3'
import { FaultError } from '../../shared/faults.ts'

/**
 * Takes a folder of backups for the one process that writes into it; returns what gives it back. Throws 'backup-running'.
 * It is the system's lock, as that of the data folder: who is killed holds it no longer, so whatever is unfinished while
 * we hold it is left over and may go.
 */
export function lockBackups(folder: string): () => void {
  const lock = new Database(join(folder, 'backup.lock'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
    throw new FaultError(
      'backup-running',
      `A backup is being written to ${folder} already. Wait until it is done, or choose another folder with --to.`,
    )
  }
}
