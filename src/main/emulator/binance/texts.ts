/** Binance's values as its servers write them: text with eight fractional digits, whatever the market's step. */

import type { ModelBook, Order } from '../book.ts'
import type { ModelCandle } from '../candles.ts'
import { fixed } from '../digits.ts'
import { hash } from '../hash.ts'
import type { MarketModel } from '../model.ts'

const DIGITS = 8

/** '73409.99000000' */
export function price(market: MarketModel, units: number): string {
  return fixed(units, market.spec.scale, DIGITS)
}

/** '0.00007000' */
export function size(units: number | bigint): string {
  return fixed(units, DIGITS, DIGITS)
}

/** A worth in the quote currency, cut to eight digits. */
export function worth(market: MarketModel, units: bigint): string {
  return fixed(units / 10n ** BigInt(market.spec.scale), DIGITS, DIGITS)
}

/** Worth per size: '67834.63514256'. */
export function average(market: MarketModel, candle: ModelCandle): string {
  if (candle.volume === 0n) return price(market, candle.close)
  const units = (candle.worth * 10n ** BigInt(DIGITS)) / (candle.volume * 10n ** BigInt(market.spec.scale))
  return fixed(units, DIGITS, DIGITS)
}

/** Change since the window's open: in the quote currency, and in percent. */
export function change(
  market: MarketModel,
  { open, close }: ModelCandle,
): { readonly by: string; readonly percent: string } {
  return { by: price(market, close - open), percent: (((close - open) / open) * 100).toFixed(3) }
}

export function levels(market: MarketModel, orders: readonly Order[]): readonly (readonly [string, string])[] {
  return orders.map(([at, amount]) => [price(market, at), size(amount)])
}

/** The book's update id: rising by a few with every step of the grid, so that every stretch of ids is known without memory. */
export function updateId(market: MarketModel, { step }: ModelBook): number {
  return step * (2 + (hash(market.seed, 30) % 4)) + (hash(market.seed, 31) % 1_000_000)
}

/** Ids count on from here, so that they are of the size that the venue's are. */
export function firstTradeId(market: MarketModel): number {
  return 100_000_000 + (hash(market.seed, 32) % 1_000_000_000)
}
