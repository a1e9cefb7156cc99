/** Bybit's books: fifty levels whole, then changes, counted by one for each topic. */

import type { Book, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'

const DEPTH = 50
export const BOOK_TOPIC = `orderbook.${DEPTH}`

/**
 * Updates follow each other by one: seen in every recording, and nowhere promised. A whole book may come at any time.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
 */
export const BOOK_RULE: BookRule = {
  depth: DEPTH,
  start: 'stream',
  joins(last, { last: to }) {
    if (last === to) return 'drop' // a quiet book may be told again
    return last !== undefined && isNumber(last) && isNumber(to) && BigInt(last) + 1n === BigInt(to) ? 'apply' : 'broken'
  },
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id)
}

/** The first update after a restart of the venue's service is a whole book, whatever it calls itself. */
const RESTARTED = '1'

export function decodeBook(frame: Fields, data: Fields): Decoded<Book> {
  const id = data.id('u')
  const isSnapshot = isWhole(frame) || id === RESTARTED
  const toLevel = isSnapshot ? heldLevel : changedLevel
  const bids = data.list('b').map(toLevel)
  const asks = data.list('a').map(toLevel)
  return {
    market: data.text('s'),
    at: frame.millis(frame.has('cts') ? 'cts' : 'ts'), // of the matching engine, else of sending
    data: {
      kind: 'book',
      snapshot: isSnapshot,
      bids: isSnapshot ? asBids(bids) : bids,
      asks: isSnapshot ? asAsks(asks) : asks,
      sequence: { last: id },
    },
  }
}

/** A whole book over REST. Its number belongs to another topic's count, and joins nothing here. */
export function wholeBook(row: Fields): Book {
  return {
    kind: 'book',
    snapshot: true,
    bids: asBids(row.list('b').map(heldLevel)),
    asks: asAsks(row.list('a').map(heldLevel)),
  }
}

function isWhole(frame: Fields): boolean {
  const type = frame.text('type')
  if (type === 'snapshot') return true
  if (type === 'delta') return false
  throw frame.wrong('bad-value', 'type', `is neither snapshot nor delta but ${type}`)
}

function heldLevel(level: Fields): Level {
  return [level.positive('0'), level.positive('1')]
}

/** Size 0 removes the level. */
function changedLevel(level: Fields): Level {
  return [level.positive('0'), level.amount('1')]
}
