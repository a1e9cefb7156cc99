import Database from 'better-sqlite3'
import type { Millis } from '../../shared/market.ts'
import type { BackupHooks } from './hooks.ts'
import { checkStopped } from './hooks.ts'
import type { Snapshot } from './snapshot.ts'

/** Pages of one step: 1 MiB, some milliseconds. */
const STEP_PAGES = 256
const LONGEST_REST: Millis = 50

const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

/** Holds this thread still. It is the backup's own; the disk is everybody's. */
function rest(length: Millis): void {
  Atomics.wait(bell, 0, 0, Math.min(length, LONGEST_REST))
}

/**
 * Copies a database as it was at its moment, with SQLite's online backup. In small steps, and after each as much rest as
 * it took, so that half of the disk's time stays with those who write and with the page.
 */
export async function copySnapshot({ db }: Snapshot, target: string, hooks: BackupHooks): Promise<void> {
  const pageSize = db.pragma('page_size', { simple: true }) as number
  let copied = 0
  const tell = (pages: number) => {
    hooks.onBytes((pages - copied) * pageSize)
    copied = pages
  }
  let since = performance.now()
  const { totalPages } = await db.backup(target, {
    progress({ totalPages: total, remainingPages }) {
      checkStopped(hooks)
      tell(total - remainingPages)
      rest(performance.now() - since)
      since = performance.now()
      return STEP_PAGES
    },
  })
  tell(totalPages)
  seal(target)
}

/** Makes it one file, which can be read without another one being made beside it; whoever writes to it later sets that again. */
function seal(file: string): void {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}
