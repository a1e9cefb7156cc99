/** OKX's books: 400 levels whole, then changes, each naming the one before it. */

import type { Book, BookSequence, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'

/**
 * Only the link to the one before counts: ids rise by any step, stay while a book is quiet, and fall after maintenance.
 * Its checksum is 0 since 2026 and means nothing.
 * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
 */
export const BOOK_RULE: BookRule = {
  depth: 400,
  start: 'stream',
  joins: (last, { previous }) => (last !== undefined && previous === last ? 'apply' : 'broken'),
}

export function decodeBooks(frame: Fields, market: string): readonly Decoded<Book>[] {
  const isSnapshot = isWhole(frame)
  return frame.list('data').map((row) => ({
    market,
    at: row.millis('ts'),
    data: isSnapshot ? wholeBook(row) : changedBook(row),
  }))
}

/** A whole book as `books5` and REST say it too. */
export function wholeBook(row: Fields): Book {
  return present({
    kind: 'book' as const,
    snapshot: true,
    bids: asBids(row.list('bids').map(heldLevel)),
    asks: asAsks(row.list('asks').map(heldLevel)),
    sequence: row.has('seqId') ? { last: row.id('seqId') } : undefined,
  })
}

function changedBook(row: Fields): Book {
  return present({
    kind: 'book' as const,
    snapshot: false,
    bids: row.list('bids').map(changedLevel),
    asks: row.list('asks').map(changedLevel),
    sequence: row.has('seqId') ? sequenceOf(row) : undefined,
  })
}

function sequenceOf(row: Fields): BookSequence {
  return { last: row.id('seqId'), previous: row.id('prevSeqId') }
}

function isWhole(frame: Fields): boolean {
  const action = frame.text('action')
  if (action === 'snapshot') return true
  if (action === 'update') return false
  throw frame.wrong('bad-value', 'action', `is neither snapshot nor update but ${action}`)
}

/** A row: [price, size, always 0, number of orders]. */
function heldLevel(level: Fields): Level {
  return [level.positive('0'), level.positive('1')]
}

/** Size 0 removes the level. */
function changedLevel(level: Fields): Level {
  return [level.positive('0'), level.amount('1')]
}
