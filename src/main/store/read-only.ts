/** market.db for those who only read it: history queries, exports, backups. */

import type { Connection } from '../journal/sqlite/open.ts'
import { openReading } from '../journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from './migrations/index.ts'

export type { Connection } from '../journal/sqlite/open.ts'

/** Opens market.db for reading. Throws 'not-found', 'store-newer' or 'store-damaged'. Close it when done. */
export function openReadOnly(file: string): Connection {
  return openReading(file, MARKET_MIGRATIONS)
}
