/** One market, as a function of its seed and of time: its trades, its touch and its totals at any moment, past or present. */

import type { Millis, VenueId } from '../../shared/market.ts'
import { hash, hashText, normal, unit } from './hash.ts'
import { basePrice, createPath } from './price.ts'
import { createRhythm } from './rhythm.ts'

/** A market as a venue's table lists it. */
export interface MarketSpec {
  /** The venue's own symbol. */
  readonly symbol: string
  readonly base: string
  readonly quote: string
  /** Prices are whole numbers of 10^-scale. */
  readonly scale: number
  /** The price step at a price, both in units of 10^-scale. */
  tick(price: number): number
  /** Sizes are whole multiples of this, in units of 10^-8. */
  readonly sizeStep: number
  /** Share of the venue's trading, relative to its other markets. */
  readonly weight: number
  /** Median worth of a trade, in the quote currency. */
  readonly worth: number
  /** The most orders per side that its book shows. */
  readonly depth: number
  /** No trade from this moment on. */
  readonly haltedAt?: Millis
  readonly warning?: string
}

/** A trade in whole numbers: price in units of the market's scale, size in units of 10^-8. */
export interface ModelTrade {
  /** Counts the market's trades without a gap. */
  readonly index: number
  /** Counts the trades of the same millisecond, from 0. */
  readonly nth: number
  readonly at: Millis
  readonly price: number
  readonly size: number
  /** The taker's. */
  readonly side: 'buy' | 'sell'
}

export interface Touch {
  readonly bid: number
  readonly ask: number
}

export interface MarketModel {
  readonly venue: VenueId
  readonly spec: MarketSpec
  readonly seed: number
  /** Trades a second, on average. */
  readonly rate: number
  /** Mean size of a trade, in units of 10^-8. */
  readonly meanSize: number
  /** Trades that happen before this second of Unix time. */
  count(second: number): number
  /** The second of Unix time in which the trade of that index happens. */
  secondOf(index: number): number
  /** All trades of one second of Unix time, in order. */
  tradesIn(second: number): readonly ModelTrade[]
  /** At most `limit` trades that happen before `before`, oldest first. */
  tradesBefore(before: Millis, limit: number): readonly ModelTrade[]
  /** The price between bid and ask, in units, not rounded. */
  middle(at: Millis): number
  touch(at: Millis): Touch
}

const SIZE_SCALE = 1e8
/** Spread of the logarithm of trade sizes: most are small, a few are large. */
const SIZE_SPREAD = 1.3
/** Beyond this a size in units would not be an exact number. */
const LARGEST_SIZE = 8e15
/** This part of trades fall into the same millisecond as the one before: one order that meets several. */
const SWEPT = 0.3

/** A size on the market's steps, at least one. */
export function toStep(size: number, step: number): number {
  return Math.max(1, Math.round(Math.min(LARGEST_SIZE, size) / step)) * step
}

export function createMarketModel(seed: number, venue: VenueId, spec: MarketSpec, rate: number): MarketModel {
  const own = hashText(seed, `${venue} ${spec.symbol}`)
  const path = createPath(seed, venue, spec.base, spec.quote)
  const unitsPerPrice = 10 ** spec.scale
  const haltedSecond = spec.haltedAt === undefined ? undefined : Math.floor(spec.haltedAt / 1_000)
  const rhythm = createRhythm(own, rate, haltedSecond)
  const medianSize = (spec.worth / basePrice(venue, spec.base, spec.quote)) * SIZE_SCALE

  // Two neighbouring seconds are asked for again and again; the path is the dear part.
  const known = { second: Number.NaN, from: 0, to: 0 }
  function priceAt(second: number): number {
    return Math.exp(path(haltedSecond === undefined ? second : Math.min(second, haltedSecond))) * unitsPerPrice
  }
  function middle(at: Millis): number {
    const second = Math.floor(at / 1_000)
    if (second !== known.second) {
      known.from = second === known.second + 1 ? known.to : priceAt(second)
      known.to = priceAt(second + 1)
      known.second = second
    }
    return known.from + ((known.to - known.from) * (at - second * 1_000)) / 1_000
  }

  function touch(at: Millis): Touch {
    const price = middle(at)
    const tick = spec.tick(price)
    const bid = Math.max(tick, Math.floor(price / tick) * tick)
    return { bid, ask: bid + tick }
  }

  function sizeOf(bits: number, digits: number): number {
    const raw = medianSize * Math.exp(SIZE_SPREAD * normal(bits)) * (0.8 + (0.4 * (digits & 0xffff)) / 0x10000)
    return toStep(raw, spec.sizeStep)
  }

  function offsetsIn(second: number, count: number): Uint16Array {
    const offsets = new Uint16Array(count)
    for (let nth = 0; nth < count; nth += 1) {
      const bits = hash(own, 1, second, nth)
      const swept = nth > 0 && (bits & 0x3ff) / 0x400 < SWEPT
      offsets[nth] = swept ? (offsets[nth - 1] ?? 0) : ((bits >>> 10) * 1_000) / 0x400000
    }
    return offsets.toSorted()
  }

  function tradesIn(second: number): readonly ModelTrade[] {
    const first = rhythm.count(second)
    const count = rhythm.count(second + 1) - first
    if (count === 0) return []
    const trades: ModelTrade[] = []
    const trend = 0.5 + 0.25 * (unit(own, 2, Math.floor(second / 15)) * 2 - 1)
    let last = -1
    let nth = 0
    for (const [place, offset] of offsetsIn(second, count).entries()) {
      nth = offset === last ? nth + 1 : 0
      last = offset
      const at = second * 1_000 + offset
      const { bid, ask } = touch(at)
      const buys = unit(own, 3, second, offset) < trend
      const index = first + place
      const size = sizeOf(hash(own, 4, second, place), hash(own, 5, second, place))
      trades.push({ index, nth, at, price: buys ? ask : bid, size, side: buys ? 'buy' : 'sell' })
    }
    return trades
  }

  function tradesBefore(before: Millis, limit: number): readonly ModelTrade[] {
    const runs: (readonly ModelTrade[])[] = []
    let missing = limit
    let index = rhythm.count(Math.floor(before / 1_000) + 1) - 1
    while (missing > 0 && index >= 0) {
      const second = rhythm.secondOf(index)
      const run = tradesIn(second).filter((trade) => trade.at < before)
      runs.push(run)
      missing -= run.length
      index = rhythm.count(second) - 1
    }
    return runs.toReversed().flat().slice(-limit)
  }

  let sum = 0
  for (let draw = 0; draw < 2_048; draw += 1) sum += sizeOf(hash(own, 6, draw), hash(own, 7, draw))

  return {
    venue,
    spec,
    seed: own,
    rate,
    meanSize: sum / 2_048,
    count: (second) => rhythm.count(second),
    secondOf: (index) => rhythm.secondOf(index),
    tradesIn,
    tradesBefore,
    middle,
    touch,
  }
}
