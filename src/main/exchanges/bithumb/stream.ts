/**
 * Bithumb's WebSocket frames: Upbit's shapes with other times. Every orderbook frame is a whole book.
 * https://apidocs.bithumb.com
 */

import type { Book, Level, Millis, Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { createDecoder, present } from '../reader.ts'
import { LAYOUTS, SHORT_KEYS } from './layouts.ts'

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [decodeTrade(frame)] },
    { layout: LAYOUTS.book, decode: (frame) => [decodeBook(frame)] },
    { layout: LAYOUTS.ticker, decode: (frame) => decodeTicker(frame) },
    { layout: LAYOUTS.tickerWithDate, decode: (frame) => decodeTicker(frame) },
  ],
  decodeFrame,
  SHORT_KEYS,
)

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList) throw unknown()
  if (frame.has('type')) return decodeData(frame)
  if (frame.has('error')) return [decodeError(frame.object('error'))]
  // The retired API spoke of its status too, in other words.
  if (frame.has('status') && frame.text('status') === 'UP') return [{ control: 'pong' }]
  throw unknown()
}

function decodeData(frame: Fields): readonly Message[] {
  const type = frame.text('type')
  if (type === 'trade') return [decodeTrade(frame)]
  if (type === 'orderbook') return [decodeBook(frame)]
  if (type === 'ticker') return decodeTicker(frame)
  throw new FrameError('unknown-shape', `Bithumb sends no frames of type "${type}" that are read here.`)
}

function unknown(): FrameError {
  return new FrameError('unknown-shape', 'The frame is of no kind that Bithumb is known to send.')
}

/** An error costs the whole subscription of the socket, and names no market. */
function decodeError(error: Fields): Message {
  return { control: 'refused', reason: `${error.id('name')}: ${error.optionalText('message') ?? 'no reason given'}` }
}

/** Only the timestamps are Unix time: date and time in words are Korean time. */
function decodeTrade(frame: Fields): Decoded<Trade> {
  const market = frame.text('code')
  const at = frame.millis('trade_timestamp')
  const data = tradeOf(frame, at)
  // Spelt out for speed: no field is looked at twice.
  if (!frame.has('sequential_id'))
    return isSnapshot(frame) ? { market, at, data, snapshot: true } : { market, at, data }
  const serial = frame.id('sequential_id')
  return isSnapshot(frame) ? { market, at, data, serial, snapshot: true } : { market, at, data, serial }
}

/**
 * The id is made of the trade's values: `sequential_id` is of one form on the stream (18 or 19 digits) and of another
 * over REST (17 digits), so one trade would be two.
 */
export function tradeOf(row: Fields, at: Millis): Trade {
  const price = row.positive('trade_price')
  const size = row.positive('trade_volume')
  const side = takerSide(row)
  return { kind: 'trade', id: `${at}/${price}/${size}/${side}`, price, size, side }
}

/** ASK: the taker sold into the bids. */
function takerSide(row: Fields): 'buy' | 'sell' {
  const side = row.text('ask_bid')
  if (side === 'ASK') return 'sell'
  if (side === 'BID') return 'buy'
  throw row.wrong('bad-value', 'ask_bid', `is neither ASK nor BID but ${side}`)
}

function decodeTicker(frame: Fields): readonly Decoded<Ticker>[] {
  const data = tickerOf(frame)
  if (data === undefined) return []
  return [
    present({
      market: frame.text('code'),
      at: frame.millis('timestamp'),
      atText: frame.finerTime('timestamp'),
      data,
      snapshot: isSnapshot(frame) ? (true as const) : undefined,
    }),
  ]
}

/**
 * Undefined for a market that has not traded yet. Opening, high and low run from 00:00 Korean time and are no 24-hour
 * values; there is no bid or ask. REST gives the same fields.
 */
export function tickerOf(row: Fields): Ticker | undefined {
  const last = row.amount('trade_price')
  if (last === '0') return undefined
  return present({
    kind: 'ticker' as const,
    last,
    volume24h: row.optionalAmount('acc_trade_volume_24h'),
    quoteVolume24h: row.optionalAmount('acc_trade_price_24h'),
    change: row.has('signed_change_rate') ? row.decimal('signed_change_rate') : undefined,
  })
}

/** The only frame whose time is in microseconds; in SIMPLE format it was seen without any. */
function decodeBook(frame: Fields): Decoded<Book> {
  const isTimed = frame.has('timestamp')
  return present({
    market: frame.text('code'),
    at: isTimed ? frame.millis('timestamp') : undefined,
    atText: isTimed ? frame.finerTime('timestamp') : undefined,
    data: bookOf(frame),
    snapshot: isSnapshot(frame) ? (true as const) : undefined,
  })
}

/** Both sides of the units. REST gives the same fields. */
export function bookOf(row: Fields): Book {
  const bids: Level[] = []
  const asks: Level[] = []
  for (const unit of row.list('orderbook_units')) {
    addLevel(bids, unit, 'bid_price', 'bid_size')
    addLevel(asks, unit, 'ask_price', 'ask_size')
  }
  return { kind: 'book', snapshot: true, bids: asBids(bids), asks: asAsks(asks) }
}

/**
 * Two things are no levels: price 0, which pads the shorter side, and size 0. Sizes are rounded to four digits, so there
 * is something at such a price, but too little for an order; a level of size 0 is none everywhere else here.
 */
function addLevel(levels: Level[], unit: Fields, priceKey: string, sizeKey: string): void {
  const price = unit.amount(priceKey)
  const size = unit.amount(sizeKey)
  if (size === '0') return
  if (price === '0') throw unit.wrong('bad-value', priceKey, 'is 0 beside a size that is not')
  levels.push([price, size])
}

function isSnapshot(frame: Fields): boolean {
  return frame.has('stream_type') && frame.text('stream_type') === 'SNAPSHOT'
}
