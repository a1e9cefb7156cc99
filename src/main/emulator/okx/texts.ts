/** OKX's values as its servers write them: plain decimals as text, times in milliseconds as text. */

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

export type LevelText = readonly [price: string, size: string, deprecated: '0', orders: string]

export function levels(market: MarketModel, orders: readonly Order[]): readonly LevelText[] {
  return orders.map(([at, amount]) => [
    price(market, at),
    size(amount),
    '0',
    amount === 0 ? '0' : String(1 + (amount % 7)),
  ])
}

/** The book's number: rising by some steps at a time, so that only the link to the one before tells a loss. */
export function bookId(market: MarketModel, { step }: ModelBook): number {
  return step * (7 + (hash(market.seed, 30) % 20)) + (hash(market.seed, 31) % 1_000_000)
}

/** A trade has so many ids to spend on its fills. */
const IDS_PER_TRADE = 4

/** The id of a trade's last fill, which the stream gives. */
export function lastFillId(market: MarketModel, index: number): number {
  return 100_000_000 + (hash(market.seed, 32) % 1_000_000_000) + (index + 1) * IDS_PER_TRADE - 1
}

/** How many fills a trade had, oldest first their sizes. */
export function fillsOf(
  market: MarketModel,
  { index, size: amount }: Pick<Print, 'index' | 'size'>,
): readonly number[] {
  const { sizeStep } = market.spec
  const steps = Math.round(amount / sizeStep)
  const count = Math.min(1 + (hash(market.seed, 33, index) % 3), steps)
  const part = Math.floor(steps / count)
  return Array.from({ length: count }, (_, nth) => (nth === 0 ? steps - part * (count - 1) : part) * sizeStep)
}

/** Neighbours of one moment met orders of different kinds, or they would have been told as one trade. */
export function sourceOf({ nth }: Pick<Print, 'nth'>): string {
  return String(nth % 2)
}
