/**
 * Kraken's books: a whole one, then changes of single levels, each with a checksum of the ten best levels after it.
 * https://docs.kraken.com/api/docs/guides/spot-ws-book-v2
 */

import type { Book, Decimal, Instrument, Level } from '../../../shared/market.ts'
import type { BookRule, Decoded } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'
import { crc32 } from './crc32.ts'

/** Levels a side to subscribe to: more than a page draws, at a quarter of the next step's frames. */
export const DEPTH = 25

/** The checksum covers so many levels, whatever the depth. */
const CHECKED_LEVELS = 10

/** There is no count of updates: the checksum alone tells a loss. */
export const BOOK_RULE: BookRule = { depth: DEPTH, start: 'stream', checksum }

/** One market's book, whole or changed. A price may come several times in one change: the last holds. */
export function decodeBook(book: Fields, snapshot: boolean): Decoded<Book> {
  const toLevel = snapshot ? heldLevel : changedLevel
  const bids = book.list('bids').map(toLevel)
  const asks = book.list('asks').map(toLevel)
  const timed = book.has('timestamp')
  return present({
    market: book.text('symbol'),
    at: timed ? book.millis('timestamp') : undefined,
    atText: timed ? book.finerTime('timestamp') : undefined,
    data: {
      kind: 'book' as const,
      snapshot,
      bids: snapshot ? asBids(bids) : bids,
      asks: snapshot ? asAsks(asks) : asks,
    },
    checksum: book.id('checksum'),
  })
}

function heldLevel(level: Fields): Level {
  return [level.positive('price'), level.positive('qty')]
}

/** Size 0 removes the level. */
function changedLevel(level: Fields): Level {
  return [level.positive('price'), level.amount('qty')]
}

/**
 * CRC32 of the ten best asks, then bids, where each number is printed with all fractional digits of its market, without
 * point and leading zeros. The market's steps show how many those are.
 */
function checksum({ bids, asks }: Pick<Book, 'bids' | 'asks'>, { tickSize, sizeStep }: Instrument): string | undefined {
  if (tickSize === undefined || sizeStep === undefined) return undefined
  const priceDigits = fractionOf(tickSize).length
  const sizeDigits = fractionOf(sizeStep).length
  let text = ''
  for (const side of [asks, bids])
    for (const [price, size] of side.slice(0, CHECKED_LEVELS)) {
      const printed = printedAs(price, priceDigits)
      const amount = printedAs(size, sizeDigits)
      if (printed === undefined || amount === undefined) return undefined
      text += printed + amount
    }
  return String(crc32(text))
}

/** '0.0004478' with 8 fractional digits is '44780'. Undefined: it has more of them, so the market's steps are not what we think. */
function printedAs(value: Decimal, digits: number): string | undefined {
  const fraction = fractionOf(value)
  if (fraction.length > digits) return undefined
  const whole = fraction === '' ? value : value.slice(0, -fraction.length - 1)
  return (whole + fraction.padEnd(digits, '0')).replace(/^0+/, '')
}

function fractionOf(value: Decimal): string {
  const point = value.indexOf('.')
  return point === -1 ? '' : value.slice(point + 1)
}
