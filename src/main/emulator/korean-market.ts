/** What the markets in won have in common: which coins, which price steps, how large a trade is. */

import { assetOf } from './assets.ts'
import type { MarketSpec } from './model.ts'
import { basePrice } from './price.ts'
import type { VenueId } from '../../shared/market.ts'

/** From this price on, this step. */
export type Steps = readonly (readonly [from: number, step: number])[]

export interface QuoteTable {
  readonly quote: string
  /** Symbols, separated by spaces. */
  readonly bases: string
  /** Share of the venue's trading. */
  readonly weight: number
  /** Median worth of a trade in this currency. */
  readonly worth: number
  readonly depth: number
  readonly steps: Steps
}

/** The markets of a table, under the symbols that the venue gives them. */
export function toSpecs(
  venue: VenueId,
  table: QuoteTable,
  symbolOf: (base: string, quote: string) => string,
): readonly MarketSpec[] {
  const { quote, steps, weight, worth, depth } = table
  return table.bases.split(' ').map((base) => {
    // Fine enough for the step that would hold if the price fell to a third.
    const finest = stepAt(steps, basePrice(venue, base, quote) / 3)
    const scale = Math.max(0, Math.round(-Math.log10(finest)))
    const units = 10 ** scale
    const inUnits = steps.map(([from, step]) => [from * units, Math.max(1, Math.round(step * units))] as const)
    return {
      symbol: symbolOf(base, quote),
      base,
      quote,
      scale,
      tick: (price) => stepAt(inUnits, price),
      sizeStep: 1,
      weight: assetOf(base).weight * weight,
      worth,
      depth,
    }
  })
}

function stepAt(steps: Steps, price: number): number {
  for (const [from, step] of steps) if (price >= from) return step
  return 1
}
