/**
 * The Exchange feed's books: the whole one, then changes with absolute sizes. Nothing counts them, so a loss shows only
 * in a crossed book. https://docs.cdp.coinbase.com/exchange/docs/websocket-channels
 */

import type { Book, Decimal, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import { owned } from '../fields.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { toWhen, whenOf } from './fields.ts'
import { levelOf, pieceOf, readItems, readPiece } from './long-lists.ts'

/** Both feeds begin with a whole book of any depth. */
export const BOOK_RULE: BookRule = { start: 'stream' }

const SNAPSHOT = {
  head: pieceOf('\\{"type":"snapshot","product_id":"T","asks":\\['),
  level: pieceOf('\\["D","D"\\]'),
  between: pieceOf(',"bids":\\['),
  tail: pieceOf('(?:,"time":"T")?\\}$'),
}

/** A whole book in the usual spelling, in one pass; undefined: it is none. */
export function readSnapshot(frame: string): Decoded<Book> | undefined {
  const bids: Level[] = []
  const asks: Level[] = []
  const takeInto = (side: Level[]) => (groups: readonly string[]) => {
    const level = levelOf(groups[1], groups[2])
    return level !== undefined && side.push(level) > 0
  }
  const head = readPiece(frame, 0, SNAPSHOT.head)
  const asksEnd = head && readItems(frame, head.end, SNAPSHOT.level, takeInto(asks))
  const between = asksEnd === undefined ? undefined : readPiece(frame, asksEnd, SNAPSHOT.between)
  const bidsEnd = between && readItems(frame, between.end, SNAPSHOT.level, takeInto(bids))
  const tail = bidsEnd === undefined ? undefined : readPiece(frame, bidsEnd, SNAPSHOT.tail)
  const market = head?.groups[1]
  const time = tail?.groups[1]
  const when = time === undefined ? {} : toWhen(owned(time))
  if (tail === undefined || market === undefined || market === '' || when === undefined) return undefined
  return {
    market,
    ...when,
    data: { kind: 'book', snapshot: true, bids: asBids(bids), asks: asAsks(asks) },
  }
}

export function decodeSnapshot(frame: Fields): Decoded<Book> {
  return {
    market: frame.text('product_id'),
    ...whenOf(frame, 'time'),
    data: {
      kind: 'book',
      snapshot: true,
      bids: asBids(frame.list('bids').map(heldLevel)),
      asks: asAsks(frame.list('asks').map(heldLevel)),
    },
  }
}

export function decodeUpdate(frame: Fields): Decoded<Book> {
  const bids: Level[] = []
  const asks: Level[] = []
  for (const change of frame.list('changes')) {
    const side = change.text('0')
    const level: Level = [change.positive('1'), sizeOf(change)]
    if (side === 'buy') bids.push(level)
    else if (side === 'sell') asks.push(level)
    else throw change.wrong('bad-value', '0', `is neither buy nor sell but ${side}`)
  }
  return {
    market: frame.text('product_id'),
    ...whenOf(frame, 'time'),
    data: { kind: 'book', snapshot: false, bids, asks },
  }
}

/** Now and then a size is written '0.-10000': something below zero, and so no level any more. */
function sizeOf(change: Fields): Decimal {
  try {
    return change.amount('2')
  } catch (error) {
    if (error instanceof FrameError && /^0\.-\d+$/.test(change.text('2'))) return '0'
    throw error
  }
}

function heldLevel(level: Fields): Level {
  return [level.positive('0'), level.positive('1')]
}
