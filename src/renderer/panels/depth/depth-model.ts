/** The depth of a book as two curves: how much can be had up to each price, from the middle outwards. */

import type { BookRow } from '../../../shared/market-view.ts'

/** Up to this price, this much. Plain numbers: they are drawn, not reckoned with. */
export interface DepthPoint {
  readonly price: number
  readonly total: number
}

export interface Depth {
  /** From the middle outwards. */
  readonly bids: readonly DepthPoint[]
  readonly asks: readonly DepthPoint[]
  readonly middle: number
  /** How far from the middle both sides are known; where only one has orders, that one. */
  readonly reach: number
}

/** The part of price and size that is in view. */
export interface DepthView {
  /** Prices on either side of the middle. */
  readonly half: number
  /** The size at the top. */
  readonly most: number
}

/** Undefined where the book has no orders at all. */
export function toDepth(book: Pick<BookRow, 'bids' | 'asks'>): Depth | undefined {
  const bids = toPoints(book.bids)
  const asks = toPoints(book.asks)
  const bid = bids[0]?.price
  const ask = asks[0]?.price
  const middle = bid !== undefined && ask !== undefined ? (bid + ask) / 2 : (bid ?? ask)
  if (middle === undefined) return undefined
  const reaches = [bids, asks].flatMap((side) => Math.abs((side.at(-1)?.price ?? middle) - middle) || [])
  // The shorter side: beyond it the other would stand alone, and look like an imbalance that nobody knows of.
  return { bids, asks, middle, reach: reaches.length === 0 ? Math.abs(middle) * 1e-4 : Math.min(...reaches) }
}

function toPoints(levels: BookRow['bids']): DepthPoint[] {
  let total = 0
  return levels.map(([price, size]) => {
    total += Number(size)
    return { price: Number(price), total }
  })
}

/** How much can be had up to a price. */
export function totalAt(depth: Depth, price: number): number {
  const side = price < depth.middle ? depth.bids : depth.asks
  const isWithin = (point: DepthPoint) => (price < depth.middle ? point.price >= price : point.price <= price)
  return side.findLast(isWithin)?.total ?? 0
}

/** What is in view: it changes in round steps and not with each order, so that the curves can be read. */
export function toView(depth: Depth, before?: DepthView): DepthView {
  const half = steady(depth.reach, before?.half)
  const most = Math.max(totalAt(depth, depth.middle - half), totalAt(depth, depth.middle + half))
  return { half, most: steady(most || 1, before?.most) }
}

const ROUND = [1, 1.5, 2, 3, 5, 7.5, 10]
/** A view holds while at least this much of it is filled. */
const FILLED = 0.45

function steady(wanted: number, before: number | undefined): number {
  if (before !== undefined && wanted <= before && wanted >= before * FILLED) return before
  const unit = 10 ** Math.floor(Math.log10(wanted))
  return (ROUND.find((round) => round * unit >= wanted * 0.999) ?? 10) * unit
}

/** Round values inside a range, about `count` of them. */
export function roundTicks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / count
  if (!(rough > 0)) return []
  const unit = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((round) => round * unit >= rough * 0.999) ?? 10) * unit
  const ticks: number[] = []
  // From whole numbers of steps: sums of a fraction drift.
  for (let nth = Math.ceil(from / step); nth * step <= to; nth += 1) ticks.push(nth * step)
  return ticks
}
