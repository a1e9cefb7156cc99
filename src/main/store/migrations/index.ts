import type { Migration } from '../../journal/sqlite/migrate.ts'
import { market } from './0001-market.ts'
import { consumed } from './0002-consumed.ts'
import { items } from './0003-items.ts'

/** All formats of market.db, oldest first. */
export const MARKET_MIGRATIONS: readonly Migration[] = [market, consumed, items]
