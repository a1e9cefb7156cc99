/** What Binance's streams say of a book: its touch, its top, its changes. */

import type { Order } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Moment } from '../venue.ts'
import type { Said, Speak } from './stream.ts'
import { levels, updateId } from './texts.ts'

export function sayTouch({ scene, memory }: Moment, market: MarketModel): Said | undefined {
  const book = scene.book(market, 1)
  const [bid = ['', '']] = levels(market, book.bids)
  const [ask = ['', '']] = levels(market, book.asks)
  const touch = { s: market.spec.symbol, b: bid[0], B: bid[1], a: ask[0], A: ask[1] }
  const state = JSON.stringify(touch)
  return state === memory ? undefined : { data: { u: updateId(market, book), ...touch }, memory: state }
}

export function sayTop(depth: number): Speak {
  return ({ scene, memory }, market) => {
    const book = scene.book(market, depth)
    const sides = { bids: levels(market, book.bids), asks: levels(market, book.asks) }
    const state = JSON.stringify(sides)
    return state === memory ? undefined : { data: { lastUpdateId: updateId(market, book), ...sides }, memory: state }
  }
}

/** A book as a client of the changes knows it. */
interface Known {
  readonly last: number
  readonly bids: ReadonlyMap<number, number>
  readonly asks: ReadonlyMap<number, number>
}

/** The chain: `U` is one more than the `u` before, however long nothing changed. REST's book of that moment has `lastUpdateId` = `u`. */
export function sayChanges({ scene, memory }: Moment, market: MarketModel): Said | undefined {
  const book = scene.book(market, market.spec.depth)
  const now: Known = { last: updateId(market, book), bids: new Map(book.bids), asks: new Map(book.asks) }
  const known = memory as Known | undefined
  if (known === undefined) return { memory: now }
  const b = levels(market, changes(known.bids, now.bids))
  const a = levels(market, changes(known.asks, now.asks))
  if (b.length === 0 && a.length === 0) return undefined
  return {
    data: { e: 'depthUpdate', E: scene.now, s: market.spec.symbol, U: known.last + 1, u: now.last, b, a },
    memory: now,
  }
}

/** Orders that are new or of another size; those that are gone with size 0. */
function changes(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): readonly Order[] {
  const changed: Order[] = []
  for (const [units, amount] of now) if (before.get(units) !== amount) changed.push([units, amount])
  for (const units of before.keys()) if (!now.has(units)) changed.push([units, 0])
  return changed
}
