/** Bybit's values as its servers write them: plain decimals as text. */

import type { ModelBook, Order } from '../book.ts'
import { plain } from '../digits.ts'
import { hash } from '../hash.ts'
import type { MarketModel } from '../model.ts'

const SIZE_SCALE = 8

export function price(market: MarketModel, units: number): string {
  return plain(units, market.spec.scale)
}

export function size(units: number | bigint): string {
  return plain(units, SIZE_SCALE)
}

/** Of a worth in the quote currency. */
export function worth(market: MarketModel, units: bigint): string {
  return plain(units, market.spec.scale + SIZE_SCALE)
}

export function levels(market: MarketModel, orders: readonly Order[]): readonly (readonly [string, string])[] {
  return orders.map(([at, amount]) => [price(market, at), size(amount)])
}

/** The number that grows over all that happens in a market. */
export function crossSequence(market: MarketModel, { step }: ModelBook): number {
  return step * 3 + (hash(market.seed, 31) % 1_000)
}

/** Ids of 19 digits. */
export function tradeId(market: MarketModel, index: number): string {
  return `2290000${String(hash(market.seed, 32) % 1_000).padStart(3, '0')}${String(index % 1_000_000_000).padStart(9, '0')}`
}
