/** Stocks that no list holds: whoever knows a code can open it all the same. */

import type { Instrument, InstrumentKey, VenueId } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'

/** What a code looks like, and the markets that it may be. */
const CODES: readonly (readonly [looks: RegExp, keys: (code: string) => readonly InstrumentKey[]])[] = [
  // In Seoul; with '.NX' on its second market.
  [/^(\d[0-9A-Z]{5}|Q\d{6})(\.NX)?$/, (code) => [`kis:${code}`]],
  [/^\d[0-9A-Z]{5}$/, (code) => [`yahoo:${code}.KS`, `yahoo:${code}.KQ`]],
  [/^D(NAS|NYS|AMS|HKS|TSE|SHS|SZS|HSX|HNX)[A-Z0-9./-]{1,12}$/, (code) => [`kis:${code}`]],
  [/^(\^[A-Z0-9.]{1,12}|[A-Z0-9]{1,12}=F|[A-Z0-9]{1,12}\.(?!NX$)[A-Z]{1,3})$/, (code) => [`yahoo:${code}`]],
  [/^[A-Z]{3}\/[A-Z]{3}$/, (code) => [`yahoo:${code}`]],
]

/** The markets that a query may name by their code and that are not listed, at venues that are. */
export function codedMarkets(query: string, byKey: ReadonlyMap<InstrumentKey, Instrument>): readonly Instrument[] {
  const code = query.trim().toUpperCase()
  const keys = CODES.flatMap(([looks, toKeys]) => (looks.test(code) ? toKeys(code) : []))
  if (keys.length === 0) return []
  const venues = new Set<VenueId>()
  /** Venues at which a share of this code is listed, on whatever board. */
  const holders = new Set<VenueId>()
  for (const { venue, base } of byKey.values()) {
    venues.add(venue)
    if (base === code) holders.add(venue)
  }
  return keys.flatMap((key): Instrument[] => {
    const venue = venueOf(key) as VenueId
    if (byKey.has(key) || holders.has(venue) || !venues.has(venue)) return []
    return [{ key, venue, native: pairOf(key), names: {}, status: 'trading' }]
  })
}
