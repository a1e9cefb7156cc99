/** The exchanges that Tapedeck knows: one line each. */

import type { VenueId } from '../../shared/market.ts'
import { binance } from './binance/index.ts'
import { bithumb } from './bithumb/index.ts'
import { bybit } from './bybit/index.ts'
import { coinbaseAdvanced } from './coinbase/advanced/index.ts'
import { coinbase } from './coinbase/index.ts'
import { coinone } from './coinone/index.ts'
import type { Exchange } from './exchange.ts'
import { gateio } from './gateio/index.ts'
import { korbit } from './korbit/index.ts'
import { kraken } from './kraken/index.ts'
import { okx } from './okx/index.ts'
import { upbit } from './upbit/index.ts'

export const EXCHANGES: Readonly<Partial<Record<VenueId, Exchange>>> = {
  upbit,
  bithumb,
  coinone,
  korbit,
  binance,
  okx,
  bybit,
  gateio,
  kraken,
  coinbase,
}

/** All of them, in that order. */
export const exchanges: readonly Exchange[] = Object.values(EXCHANGES)

/** Other public feeds of a venue, by the name that the settings give them: the same markets, read in another way. */
export const ALTERNATIVES: Readonly<Partial<Record<VenueId, Readonly<Record<string, Exchange>>>>> = {
  coinbase: { advanced: coinbaseAdvanced },
}

/** Every one of them, alternatives too, under the name of its folder: 'kraken', 'coinbase/advanced'. */
export const adapters: readonly { readonly name: string; readonly exchange: Exchange }[] = exchanges.flatMap(
  (exchange) => [
    { name: exchange.id, exchange },
    ...Object.entries(ALTERNATIVES[exchange.id] ?? {}).map(([feed, other]) => ({
      name: `${exchange.id}/${feed}`,
      exchange: other,
    })),
  ],
)

/** The exchange of this id, by its usual feed or another; undefined where there is none. A feed that it does not have: the usual one. */
export function exchangeOf(id: string, feed?: string): Exchange | undefined {
  if (!Object.hasOwn(EXCHANGES, id)) return undefined
  const others = ALTERNATIVES[id as VenueId] ?? {}
  return (feed !== undefined && Object.hasOwn(others, feed) ? others[feed] : undefined) ?? EXCHANGES[id as VenueId]
}
