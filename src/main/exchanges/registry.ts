/** The exchanges that Tapedeck knows: one line each. */

import type { VenueId } from '../../shared/market.ts'
import { binance } from './binance/index.ts'
import type { Exchange } from './exchange.ts'
import { upbit } from './upbit/index.ts'

export const EXCHANGES: Readonly<Partial<Record<VenueId, Exchange>>> = {
  upbit,
  binance,
}

/** All of them, in that order. */
export const exchanges: readonly Exchange[] = Object.values(EXCHANGES)

/** The exchange of this id, or undefined where there is none. */
export function exchangeOf(id: string): Exchange | undefined {
  return Object.hasOwn(EXCHANGES, id) ? EXCHANGES[id as VenueId] : undefined
}
