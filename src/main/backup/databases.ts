import { JOURNAL_MIGRATIONS } from '../journal/migrations/index.ts'
import type { Migration } from '../journal/sqlite/migrate.ts'
import { MARKET_MIGRATIONS } from '../store/migrations/index.ts'

export interface BackedUpDatabase {
  readonly name: string
  /** A folder without it has nothing to back up, or has lost what belongs together. */
  readonly isNeeded: boolean
  /** Absent where a format is the business of the file's own thread alone. */
  readonly migrations?: readonly Migration[]
}

/**
 * What is copied, in the order in which the copies' moments are taken. The store comes before the journal: so the journal
 * is level with the store or ahead of it, and after a restore the store reads on. The other way round the store would
 * have read records that the journal does not hold, and would pass over the next ones that get their offsets.
 */
export const DATABASES: readonly BackedUpDatabase[] = [
  { name: 'market.db', isNeeded: true, migrations: MARKET_MIGRATIONS },
  { name: 'journal.db', isNeeded: true, migrations: JOURNAL_MIGRATIONS },
  { name: 'kafka.db', isNeeded: false },
]

/** Files that belong to the data. Secrets are in none of them, and in no backup. */
export const PLAIN_FILES: readonly string[] = ['settings.json', 'collector']
