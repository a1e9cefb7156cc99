/** A market's order book at any moment. Orders sit on fixed prices and live for a while, so that two books a moment apart differ little. */

import type { Millis } from '../../shared/market.ts'
import { hash, normal, unit } from './hash.ts'
import { toStep } from './model.ts'
import type { MarketModel } from './model.ts'

/** A price in units of the market's scale and a size in units of 10^-8. */
export type Order = readonly [price: number, size: number]

export interface ModelBook {
  /** When it became this, on the grid. */
  readonly at: Millis
  /** The grid's steps up to then, by the model's clock. */
  readonly step: number
  /** Best (highest) first. */
  readonly bids: readonly Order[]
  /** Best (lowest) first. */
  readonly asks: readonly Order[]
}

/** Books change on this grid only. */
export const BOOK_GRID: Millis = 100

/** Levels lie about this far apart, as a part of the price. */
const SPACING = 2.5e-5
/** This part of the places behind the touch hold an order. */
const FILLED = 0.85
const BID = 10
const ASK = 11

/** The best `depth` levels of both sides; the book holds no more than `spec.depth`. */
export function bookAt(market: MarketModel, moment: Millis, depth: number): ModelBook {
  const { spec } = market
  const at = Math.floor(Math.min(moment, spec.haltedAt ?? moment) / BOOK_GRID) * BOOK_GRID
  const touch = market.touch(at)
  const tick = spec.tick(touch.bid)
  const width = Math.max(1, Math.round((touch.bid * SPACING) / tick)) * tick
  // The width of a place must not follow the price closely, or every order would move with it.
  const place = 2 ** Math.round(Math.log2(width / tick)) * tick
  const levels = Math.min(depth, spec.depth)
  return {
    at,
    step: at / BOOK_GRID,
    bids: side(market, BID, touch.bid, -1, place, tick, at, levels),
    asks: side(market, ASK, touch.ask, 1, place, tick, at, levels),
  }
}

/** The best order of each side at any moment, on the grid or off. */
export function touchAt(market: MarketModel, at: Millis): { readonly bid: Order; readonly ask: Order } {
  const { bid, ask } = market.touch(at)
  return { bid: [bid, sizeAt(market, BID, bid, at)], ask: [ask, sizeAt(market, ASK, ask, at)] }
}

function side(
  market: MarketModel,
  stream: number,
  best: number,
  step: 1 | -1,
  place: number,
  tick: number,
  at: Millis,
  levels: number,
): readonly Order[] {
  const orders: Order[] = [[best, sizeAt(market, stream, best, at)]]
  const spots = place / tick
  for (let cell = Math.floor(best / place) + step; cell > 0 && orders.length < levels; cell += step) {
    if (unit(market.seed, stream, cell) >= FILLED) continue
    const price = cell * place + (hash(market.seed, stream + 2, cell) % spots) * tick
    orders.push([price, sizeAt(market, stream, price, at)])
  }
  return orders
}

function sizeAt(market: MarketModel, stream: number, price: number, at: Millis): number {
  const { sizeStep } = market.spec
  const life = lifeOf(market) * (0.3 + 1.7 * unit(market.seed, stream + 4, price))
  const age = Math.floor(at / life)
  const bits = hash(market.seed, stream + 6, price, age)
  const size = market.meanSize * 1.5 * Math.exp(1.2 * normal(bits))
  return toStep(size, sizeStep)
}

/** Orders in busy markets change twice a second, in idle ones twice a minute. */
function lifeOf(market: MarketModel): Millis {
  return Math.min(30_000, Math.max(1_500, 6_000 / Math.max(market.rate, 0.01)))
}
