/** Kraken's values as its servers write them: JSON numbers with all their zeros, times to the microsecond. */

import type { Millis } from '../../../shared/market.ts'
import type { ModelCandle } from '../candles.ts'
import { fixed } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import { SIZE_DIGITS } from './markets.ts'

/** '70000.1' in a market of one decimal: the text of a number. */
export function price({ spec }: MarketModel, units: number): string {
  return fixed(units, spec.scale, spec.scale)
}

/** '0.00044780' */
export function size(units: number | bigint): string {
  return fixed(units, SIZE_DIGITS, SIZE_DIGITS)
}

/** '2026-09-25T17:48:26.844000Z' */
export function time(at: Millis): string {
  return new Date(Math.floor(at)).toISOString().replace('Z', '000Z')
}

/** Worth per size, in the market's decimals. */
export function average(market: MarketModel, { volume, worth, close }: ModelCandle): string {
  return price(market, volume === 0n ? close : Number(worth / volume))
}

/** Since the window's open: in the quote currency, and in percent. */
export function change(
  market: MarketModel,
  { open, close }: ModelCandle,
): { readonly by: string; readonly percent: string } {
  return { by: price(market, close - open), percent: (((close - open) / open) * 100).toFixed(2) }
}
