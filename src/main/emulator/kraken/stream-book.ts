/** Kraken's book channel: a snapshot, then changes, each with the checksum of what the client must now hold. */

import { crc32 } from 'node:zlib'
import type { Order } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment } from '../venue.ts'
import { price, size, time } from './texts.ts'

interface Known {
  readonly bids: readonly Order[]
  readonly asks: readonly Order[]
}

const CHECKED_LEVELS = 10

/** What the topic says of its book to that depth, from what it said last. */
export function sayBook(depth: number): (moment: Moment, market: MarketModel) => Frame | undefined {
  return ({ scene, cause, memory }, market) => {
    const known = memory as Known | undefined
    if (cause === 'snapshot' || known === undefined) {
      // Who comes later gets the book that the next change is one of.
      const book = known ?? scene.book(market, depth)
      return { text: frame('snapshot', market, book, book, scene.now), memory: book }
    }
    const book = scene.book(market, depth)
    const changes = { bids: changed(known.bids, book.bids, depth, -1), asks: changed(known.asks, book.asks, depth, 1) }
    if (changes.bids.length === 0 && changes.asks.length === 0) return undefined
    return { text: frame('update', market, changes, book, scene.now), memory: book }
  }
}

/** Levels that are new or of another size; those that are gone with size 0, unless they were only pushed out of a full side. */
function changed(before: readonly Order[], now: readonly Order[], depth: number, direction: 1 | -1): readonly Order[] {
  const sizes = new Map(before)
  const held = new Set(now.map(([units]) => units))
  const worst = now.length < depth ? direction * Number.POSITIVE_INFINITY : (now.at(-1)?.[0] ?? 0)
  return [
    ...before
      .filter(([units]) => !held.has(units) && (units - worst) * direction < 0)
      .map(([units]): Order => [units, 0]),
    ...now.filter(([units, amount]) => sizes.get(units) !== amount),
  ]
}

function frame(type: 'snapshot' | 'update', market: MarketModel, said: Known, whole: Known, at: number): string {
  return (
    `{"channel":"book","type":"${type}","data":[{"symbol":"${market.spec.symbol}","bids":[${levels(market, said.bids)}],` +
    `"asks":[${levels(market, said.asks)}],"checksum":${checksum(whole)},"timestamp":"${time(at)}"}]}`
  )
}

function levels(market: MarketModel, orders: readonly Order[]): string {
  return orders.map(([units, amount]) => `{"price":${price(market, units)},"qty":${size(amount)}}`).join(',')
}

/** Prices and sizes in their smallest units are what is left of them without point and leading zeros. */
function checksum({ bids, asks }: Known): number {
  const texts = [asks, bids].flatMap((side) =>
    side.slice(0, CHECKED_LEVELS).map(([units, amount]) => `${units}${amount}`),
  )
  return crc32(texts.join(''))
}
