/** Coinbase's values as its servers write them. */

import type { Millis } from '../../../shared/market.ts'
import type { Order } from '../book.ts'
import { fixed } from '../digits.ts'
import { hash } from '../hash.ts'
import type { MarketModel } from '../model.ts'
import type { Moment, Print } from '../venue.ts'

/** '77572.87' */
export function price({ spec }: MarketModel, units: number): string {
  return fixed(units, spec.scale, spec.scale)
}

/** '0.00000009' */
export function size(units: number | bigint): string {
  return fixed(units, 8, 8)
}

/** '2026-09-02T07:44:10.104000Z' */
export function time(at: Millis): string {
  return new Date(Math.floor(at)).toISOString().replace('Z', '000Z')
}

/** What is told is the maker's side. */
export function makerSide({ side }: Pick<Print, 'side'>): 'buy' | 'sell' {
  return side === 'buy' ? 'sell' : 'buy'
}

/** Ids count on from here, so that they are of the size that the venue's are. One series for both feeds. */
export function firstTradeId(market: MarketModel): number {
  return 100_000_000 + (hash(market.seed, 32) % 900_000_000)
}

/** The product's number in the full feed: grows, not by one. */
export function sequence(market: MarketModel, index: number): number {
  return 130_000_000_000 + index * 7 + (hash(market.seed, 33) % 1_000_000)
}

/** An order's id made of numbers. */
export function orderId(market: MarketModel, index: number, role: number): string {
  const digits = [34, 35, 36, 37].map((stream) =>
    (hash(market.seed, stream + role * 4, index) >>> 0).toString(16).padStart(8, '0'),
  )
  const text = digits.join('')
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `a${text.slice(17, 20)}`, text.slice(20)].join(
    '-',
  )
}

/** The last 24 hours of a market. */
export function dayOf({ scene }: Pick<Moment, 'scene'>, market: MarketModel) {
  const print = scene.last(market)
  const { rolling } = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  const [bid, bidSize] = bids[0] ?? [0, 0]
  const [ask, askSize] = asks[0] ?? [0, 0]
  const percent = (((rolling.close - rolling.open) / rolling.open) * 100).toFixed(14)
  return { print, rolling, bid, bidSize, ask, askSize, percent }
}

/** A book as its topic said it last. */
export interface Known {
  readonly bids: readonly Order[]
  readonly asks: readonly Order[]
}

/** Orders that are new or of another size; those that are gone with size 0. */
export function changed(before: readonly Order[], now: readonly Order[]): readonly Order[] {
  const sizes = new Map(before)
  const held = new Set(now.map(([units]) => units))
  return [
    ...before.filter(([units]) => !held.has(units)).map(([units]): Order => [units, 0]),
    ...now.filter(([units, amount]) => sizes.get(units) !== amount),
  ]
}
