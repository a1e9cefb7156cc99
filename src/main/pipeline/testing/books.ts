/** A book that does everything the slow and obvious way, and the streams that a venue would make of it. */

import { compareDecimals } from '../../../shared/decimal.ts'
import type { Book, BookSequence, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../../exchanges/exchange.ts'

export interface ReferenceBook {
  apply(book: Pick<Book, 'bids' | 'asks'>): void
  whole(sequence?: BookSequence): Book
}

/** Sorts all levels again at each look. `depth`: cut after each change, for good. */
export function createReferenceBook(depth = Infinity): ReferenceBook {
  const sides = { bids: new Map<string, string>(), asks: new Map<string, string>() }
  const sorted = (side: 'bids' | 'asks'): Level[] =>
    [...sides[side]].toSorted(([a], [b]) => compareDecimals(a, b) * (side === 'asks' ? 1 : -1)).slice(0, depth)
  return {
    apply(book) {
      for (const side of ['bids', 'asks'] as const) {
        for (const [price, size] of book[side])
          if (size === '0') sides[side].delete(price)
          else sides[side].set(price, size)
        sides[side] = new Map(sorted(side))
      }
    },
    whole: (sequence) => ({
      kind: 'book',
      snapshot: true,
      bids: sorted('bids'),
      asks: sorted('asks'),
      ...(sequence ? { sequence } : {}),
    }),
  }
}

/** Changes as a message of a stream. */
export function toUpdate(
  changes: Pick<Book, 'bids' | 'asks'>,
  sequence?: BookSequence,
  checksum?: string,
): Decoded<Book> {
  return {
    market: 'BTC',
    data: { kind: 'book', snapshot: false, ...changes, ...(sequence ? { sequence } : {}) },
    ...(checksum === undefined ? {} : { checksum }),
  }
}

export function toWhole(book: Book): Decoded<Book> {
  return { market: 'BTC', data: book }
}

/** Numbers that go up by one: `first`…`last` of an update begin right after the book's. */
export const counted: BookRule = {
  start: 'stream',
  joins(last, { first, last: to }) {
    if (last === undefined || first === undefined) return 'broken'
    if (Number(to) <= Number(last)) return 'drop'
    return Number(first) <= Number(last) + 1 ? 'apply' : 'broken'
  },
}
/** Each update names the one before it. */
export const chained: BookRule = {
  start: 'stream',
  joins: (last, { previous }) => (previous === last ? 'apply' : 'broken'),
}
/** As `counted`, with a whole book that is asked for. */
export const asked: BookRule = { ...counted, start: 'rest' }
