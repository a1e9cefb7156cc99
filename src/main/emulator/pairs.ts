/** Market tables of the venues that quote in dollars and in bitcoin, whose price steps follow the price. */

import type { VenueId } from '../../shared/market.ts'
import { assetOf } from './assets.ts'
import type { MarketSpec } from './model.ts'
import { basePrice } from './price.ts'

export interface PairTable {
  readonly venue: VenueId
  spell(base: string, quote: string): string
  /** By quote currency: bases by their names with spaces between, share of trading, median worth of a trade. */
  readonly quotes: Readonly<Record<string, { readonly bases: string; readonly weight: number; readonly worth: number }>>
  /** Suspended: listed, with a last price, and nobody trades any more. */
  readonly halted: Readonly<Record<string, number>>
  /** Orders that a book holds on each side. */
  readonly depth: number
  /** Fractional digits of sizes, at most. */
  readonly sizeDigits: number
}

/** Price steps in decimals: from this price on, so many. */
const DECIMALS: readonly (readonly [from: number, decimals: number])[] = [
  [1_000, 1],
  [10, 2],
  [1, 4],
  [0.1, 5],
  [0.001, 6],
  [0, 9],
]

/** A spec for each pair of the table, in its order. */
export function toSpecs(table: PairTable): readonly MarketSpec[] {
  return Object.entries(table.quotes).flatMap(([quote, { bases, weight, worth }]) =>
    bases.split(' ').map((base) => {
      const symbol = table.spell(base, quote)
      const price = basePrice(table.venue, base, quote)
      // One step of the size is worth about a cent.
      const digits = Math.min(table.sizeDigits, Math.max(0, Math.ceil(Math.log10(assetOf(base).usd * 100))))
      const haltedAt = table.halted[symbol]
      return {
        symbol,
        base,
        quote,
        scale: DECIMALS.find(([from]) => price >= from)?.[1] ?? 9,
        tick: () => 1,
        sizeStep: 10 ** (8 - digits),
        weight: haltedAt === undefined ? assetOf(base).weight * weight : 0.1,
        worth,
        depth: table.depth,
        ...(haltedAt !== undefined && { haltedAt }),
      }
    }),
  )
}
