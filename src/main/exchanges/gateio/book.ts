/** Gate.io's books: `spot.obu` begins with a whole one; the older channels and REST are read too. */

import type { Book, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'

export const DEPTH = 50

/**
 * Each change covers the numbers from the one after the last. A whole book may come at any time.
 * https://www.gate.com/docs/developers/apiv4/ws/en/#order-book-v2-api
 */
export const BOOK_RULE: BookRule = {
  depth: DEPTH,
  start: 'stream',
  joins(last, { first }) {
    if (last === undefined || first === undefined || !isNumber(last) || !isNumber(first)) return 'broken'
    return BigInt(first) === BigInt(last) + 1n ? 'apply' : 'broken'
  },
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id)
}

const STREAM = /^ob\.(.+)\.\d+$/

/** Whole or changes, of the market in the stream's name: 'ob.BTC_USDT.50'. */
export function decodeBook(result: Fields): Decoded<Book> {
  const name = result.text('s')
  const market = STREAM.exec(name)?.[1]
  if (market === undefined) throw result.wrong('bad-value', 's', `names no book: ${name}`)
  return { market, at: result.millis('t'), data: bookOf(result) }
}

/** `spot.order_book_update`, in which `s` is the market. */
export function decodeUpdate(result: Fields): Decoded<Book> {
  return { market: result.text('s'), at: result.millis('t'), data: bookOf(result) }
}

/** `spot.order_book`: the whole top. */
export function decodeTop(result: Fields): Decoded<Book> {
  return { market: result.text('s'), at: result.millis('t'), data: wholeBook(result, 'lastUpdateId') }
}

/** A whole book under long names, as REST gives it too; `key` is that of its number. */
export function wholeBook(book: Fields, key: string): Book {
  return {
    kind: 'book',
    snapshot: true,
    bids: asBids(book.list('bids').map(heldLevel)),
    asks: asAsks(book.list('asks').map(heldLevel)),
    sequence: { last: book.id(key) },
  }
}

function bookOf(result: Fields): Book {
  const last = result.id('u')
  if (result.has('full') && result.flag('full'))
    return {
      kind: 'book',
      snapshot: true,
      bids: asBids(sideOf(result, 'b', heldLevel)),
      asks: asAsks(sideOf(result, 'a', heldLevel)),
      sequence: { last },
    }
  return {
    kind: 'book',
    snapshot: false,
    bids: sideOf(result, 'b', changedLevel),
    asks: sideOf(result, 'a', changedLevel),
    sequence: { first: result.id('U'), last },
  }
}

/** In a change a side that is not there has not changed; in a whole book it is empty. */
function sideOf(result: Fields, key: string, toLevel: (level: Fields) => Level): readonly Level[] {
  return result.has(key) ? result.list(key).map(toLevel) : []
}

function heldLevel(level: Fields): Level {
  return [level.positive('0'), level.positive('1')]
}

/** Size 0 removes the level. */
function changedLevel(level: Fields): Level {
  return [level.positive('0'), level.amount('1')]
}
