import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import type { Connection } from '../read-only.ts'
import type { Market } from './rows.ts'

/** The markets of a request, each once, in its order. One that the store has never seen gives no rows, and says 'unwatched'. */
export function readMarkets(db: Connection, keys: readonly InstrumentKey[]): readonly Market[] {
  const statement = db.prepare<unknown[], { id: number; base: string | null; quote: string | null }>(
    'SELECT id, base, quote FROM instruments WHERE key = ?',
  )
  return [...new Set(keys)].map((key) => {
    const found = statement.get(key)
    const pair = pairOf(key)
    const named = found?.base && found.quote ? `${found.base}-${found.quote}` : pair.replaceAll('/', '-')
    return { key, ...(found ? { id: found.id } : {}), venue: venueOf(key), pair, ticker: named }
  })
}
