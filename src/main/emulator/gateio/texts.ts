/** Gate.io's values as its servers write them: plain decimals as text, and times in every unit. */

import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { ModelBook, Order } from '../book.ts'
import { plain } from '../digits.ts'
import { hash } from '../hash.ts'
import type { MarketModel } from '../model.ts'
import type { Print } from '../venue.ts'

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

export function seconds(at: Millis): number {
  return Math.floor(at / SECOND)
}

/** Milliseconds with decimals: '1790359171119.653000'. */
export function finely(market: MarketModel, { at, index }: Print): string {
  return `${Math.floor(at)}.${String(hash(market.seed, 33, index) % 1_000).padStart(3, '0')}000`
}

/** The book's update id: rising by a few with every step of the grid, so that every stretch of ids is known without memory. */
export function updateId(market: MarketModel, { step }: ModelBook): number {
  return step * (1 + (hash(market.seed, 30) % 4)) + (hash(market.seed, 31) % 1_000_000)
}

export function firstTradeId(market: MarketModel): number {
  return 100_000_000 + (hash(market.seed, 32) % 1_000_000_000)
}

/** Change since the open of the rolling day, in percent. */
export function percent(open: number, close: number): string {
  return String(Number((((close - open) / open) * 100).toFixed(4)))
}
