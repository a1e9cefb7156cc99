import type { KnownCoin } from '../../../shared/default-markets.ts'
import { DEFAULT_COINS, DEFAULT_STOCKS, KNOWN_COINS, mainMarket } from '../../../shared/default-markets.ts'
import type { Instrument, InstrumentKey, VenueId } from '../../../shared/market.ts'
import { VENUES, venueOf } from '../../../shared/market.ts'

/** The watch list as the welcome asks for it: coins, each on every venue that is on. */
export interface CoinChoice {
  readonly coins: readonly KnownCoin[]
  /** Markets of the list that no coin stands for; they stay. */
  readonly others: readonly InstrumentKey[]
}

/** What a watch list is in coins. */
export function toCoinChoice(watchlist: readonly InstrumentKey[]): CoinChoice {
  const isOf = (coin: KnownCoin) => (key: InstrumentKey) => VENUES.some((venue) => key === mainMarket(venue, coin))
  return {
    coins: KNOWN_COINS.filter((coin) => watchlist.some(isOf(coin))),
    others: watchlist.filter((key) => !KNOWN_COINS.some((coin) => isOf(coin)(key))),
  }
}

/**
 * The watch list to save, venue by venue. Null, which is the default, where it is that: then it follows what the venues list.
 * A venue that has not told its markets yet is taken to have them all.
 */
export function toWatchlist(
  { coins, others }: CoinChoice,
  venues: readonly VenueId[],
  listed: ReadonlyMap<InstrumentKey, Instrument>,
): InstrumentKey[] | null {
  const stocks = Object.values(DEFAULT_STOCKS).flat()
  if (others.every((key) => stocks.includes(key)) && coins.join() === DEFAULT_COINS.join()) return null
  const told = new Set([...listed.keys()].map(venueOf))
  const chosen = venues.flatMap((venue) =>
    coins.flatMap((coin) => mainMarket(venue, coin) ?? []).filter((key) => listed.has(key) || !told.has(venue)),
  )
  return [...chosen, ...others]
}
