/** Binance's books: the top twenty whole, changes by number, and the same fields over REST. */

import type { Book, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'

/**
 * How `@depth` changes make a book: the first number may follow REST's `lastUpdateId` directly, or lie before it.
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#how-to-manage-a-local-order-book-correctly
 * Not what is subscribed to: docs/decisions/0009.
 */
export const changesRule: BookRule = {
  start: 'rest',
  joins(last, { first, last: to }) {
    if (last === undefined || first === undefined) return 'broken'
    const known = BigInt(last)
    if (BigInt(to) <= known) return 'drop'
    return BigInt(first) <= known + 1n ? 'apply' : 'broken'
  },
}

/** The top levels. Only the stream's name says whose they are, and nothing says when. */
export function decodePartialBook(stream: string, data: Fields): Decoded<Book> {
  const at = stream.indexOf('@')
  if (at < 1 || !stream.startsWith('depth', at + 1))
    throw new FrameError('unknown-shape', `A book came under the stream "${stream}".`)
  return { market: stream.slice(0, at).toUpperCase(), data: bookOf(data) }
}

/** A whole book, or its top. REST gives the same fields. */
export function bookOf(book: Fields): Book {
  return {
    kind: 'book',
    snapshot: true,
    bids: asBids(book.list('bids').map(heldLevel)),
    asks: asAsks(book.list('asks').map(heldLevel)),
    sequence: { last: book.id('lastUpdateId') },
  }
}

/** Levels changed since the update before `first`. */
export function decodeChanges(event: Fields): Decoded<Book> {
  return {
    market: event.text('s'),
    at: event.millis('E'),
    data: {
      kind: 'book',
      snapshot: false,
      bids: event.list('b').map(changedLevel),
      asks: event.list('a').map(changedLevel),
      sequence: { first: event.id('U'), last: event.id('u') },
    },
  }
}

function heldLevel(level: Fields): Level {
  return [level.positive('0'), level.positive('1')]
}

/** Size 0 removes the level. */
function changedLevel(level: Fields): Level {
  return [level.positive('0'), level.amount('1')]
}
