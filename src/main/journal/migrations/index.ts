import type { Migration } from '../sqlite/migrate.ts'
import { journal } from './0001-journal.ts'
import { deliveries } from './0002-deliveries.ts'

/** All formats of journal.db, oldest first. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [journal, deliveries]
