import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'

/** Coins that most people look for first, in this order. */
const COINS = ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA'] as const

/**
 * The markets that the welcome offers: those on the list, and the well-known coins against the same money on each venue
 * that has one there. Without a list of markets (no network yet) only those on the list.
 */
export function candidatesOf(
  watchlist: readonly InstrumentKey[],
  listed: ReadonlyMap<InstrumentKey, Instrument>,
): readonly InstrumentKey[] {
  const venues = new Map<string, string>()
  for (const key of watchlist) {
    const [, quote = ''] = pairOf(key).split('/')
    if (!venues.has(venueOf(key))) venues.set(venueOf(key), quote)
  }
  return [...venues].flatMap(([venue, quote]) => {
    const known = COINS.map((coin) => `${venue}:${coin}/${quote}` as InstrumentKey)
    const own = watchlist.filter((key) => venueOf(key) === venue && !known.includes(key))
    return [...known.filter((key) => watchlist.includes(key) || listed.has(key)), ...own]
  })
}
