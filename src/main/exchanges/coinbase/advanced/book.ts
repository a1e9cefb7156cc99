/** Advanced Trade's books: channel `level2`, whose frames say `l2_data`. The whole book first, then changes. */

import type { Book, Level } from '../../../../shared/market.ts'
import type { Decoded, Message } from '../../exchange.ts'
import { owned } from '../../fields.ts'
import type { Fields } from '../../fields.ts'
import { asAsks, asBids } from '../../levels.ts'
import { toWhen, whenOf } from '../fields.ts'
import { levelOf, pieceOf, readItems, readPiece } from '../long-lists.ts'

/** One product's book, whole or changed. `envelope` has the time: those of the levels may be of 1970. */
export function decodeBook(envelope: Fields, event: Fields, snapshot: boolean): Decoded<Book> {
  const bids: Level[] = []
  const asks: Level[] = []
  for (const update of event.list('updates')) {
    const price = update.positive('price_level')
    const level: Level = [price, snapshot ? update.positive('new_quantity') : update.amount('new_quantity')]
    const side = sideOf(update) === 'bid' ? bids : asks
    side.push(level)
  }
  return {
    market: event.text('product_id'),
    ...whenOf(envelope, 'timestamp'),
    data: {
      kind: 'book',
      snapshot,
      bids: snapshot ? asBids(bids) : bids,
      asks: snapshot ? asAsks(asks) : asks,
    },
  }
}

function sideOf(update: Fields): 'bid' | 'offer' {
  const side = update.text('side')
  if (side === 'bid' || side === 'offer') return side
  throw update.wrong('bad-value', 'side', `is neither bid nor offer but ${side}`)
}

const SNAPSHOT = {
  head: pieceOf(
    '\\{"channel":"l2_data","timestamp":"T","sequence_num":(0|[1-9]\\d{0,14}),"events":\\[\\{"type":"snapshot",' +
      '"product_id":"T","updates":\\[',
  ),
  update: pieceOf(
    '\\{"side":"(bid|offer)","event_time":"(?:[^"\\\\\\x00-\\x1f]*)","price_level":"D","new_quantity":"D"\\}',
  ),
  tail: pieceOf('\\}\\]\\}$'),
}

/** A frame of one whole book in the usual spelling, in one pass; undefined: it is none. */
export function readSnapshot(frame: string): readonly Message[] | undefined {
  const head = readPiece(frame, 0, SNAPSHOT.head)
  if (head === undefined) return undefined
  const bids: Level[] = []
  const asks: Level[] = []
  const end = readItems(frame, head.end, SNAPSHOT.update, ([, side, price, size]) => {
    const level = levelOf(price, size)
    return level !== undefined && (side === 'bid' ? bids : asks).push(level) > 0
  })
  const [, timestamp = '', count = '', market = ''] = head.groups
  const when = toWhen(owned(timestamp))
  if (end === undefined || readPiece(frame, end, SNAPSHOT.tail) === undefined) return undefined
  if (market === '' || when === undefined) return undefined
  const data: Book = { kind: 'book', snapshot: true, bids: asBids(bids), asks: asAsks(asks) }
  return [
    { control: 'count', count: Number(count) },
    { market, ...when, data },
  ]
}
