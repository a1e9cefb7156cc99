/**
 * Upbit's WebSocket frames. Every orderbook frame is a whole book; there are no deltas to apply.
 * https://docs.upbit.com/kr/reference/websocket-guide
 */

import type { Book, Level, Ticker, Trade } from '../../../shared/market.ts'
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
  ],
  (frame) => (frame.isList ? frame.all().flatMap(decodeFrame) : decodeFrame(frame)), // JSON_LIST and SIMPLE_LIST wrap frames
  SHORT_KEYS,
)

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.has('type')) return decodeData(frame)
  if (frame.has('status')) return [{ control: 'pong' }]
  if (frame.has('error')) return [decodeError(frame.object('error'))]
  if (frame.has('method')) return [{ control: 'ack' }]
  throw new FrameError('unknown-shape', 'The frame is of no kind that Upbit is known to send.')
}

function decodeData(frame: Fields): readonly Message[] {
  const type = frame.text('type')
  if (type === 'trade') return [decodeTrade(frame)]
  if (type === 'orderbook') return [decodeBook(frame)]
  if (type === 'ticker') return decodeTicker(frame)
  if (type.startsWith('candle.')) return [] // bars are made of trades
  throw new FrameError('unknown-shape', `Upbit sends no frames of type "${type}" that are read here.`)
}

/** An error costs the whole subscription of the socket, and names no market. */
function decodeError(error: Fields): Message {
  return { control: 'refused', reason: `${error.id('name')}: ${error.optionalText('message') ?? 'no reason given'}` }
}

function decodeTrade(frame: Fields): Decoded<Trade> {
  const market = frame.text('code')
  const at = frame.millis('trade_timestamp')
  const data: Trade = {
    kind: 'trade',
    id: frame.id('sequential_id'), // above 2^53
    price: frame.positive('trade_price'),
    size: frame.positive('trade_volume'),
    side: takerSide(frame),
  }
  return isSnapshot(frame) ? { market, at, data, snapshot: true } : { market, at, data }
}

/** Opening, high and low price run from 00:00 UTC and are no 24-hour values; there is no bid or ask. */
function decodeTicker(frame: Fields): readonly Decoded<Ticker>[] {
  const ticker = tickerOf(frame)
  if (ticker === undefined) return []
  return [
    present({
      market: frame.text('code'),
      at: frame.millis('timestamp'),
      atText: frame.finerTime('timestamp'),
      data: ticker,
      snapshot: isSnapshot(frame) ? (true as const) : undefined,
    }),
  ]
}

/** Undefined for a market that has not traded yet. REST gives the same fields. */
export function tickerOf(frame: Fields): Ticker | undefined {
  const last = frame.amount('trade_price')
  if (last === '0') return undefined
  return present({
    kind: 'ticker' as const,
    last,
    volume24h: frame.optionalAmount('acc_trade_volume_24h'),
    quoteVolume24h: frame.optionalAmount('acc_trade_price_24h'),
    change: frame.has('signed_change_rate') ? frame.decimal('signed_change_rate') : undefined,
  })
}

function decodeBook(frame: Fields): Decoded<Book> {
  return present({
    market: frame.text('code'),
    at: frame.millis('timestamp'),
    atText: frame.finerTime('timestamp'),
    data: bookOf(frame),
    snapshot: isSnapshot(frame) ? (true as const) : undefined,
  })
}

/** A side with fewer orders than the other is padded with levels of price 0 and size 0. REST gives the same fields. */
export function bookOf(frame: Fields): Book {
  const bids: Level[] = []
  const asks: Level[] = []
  for (const unit of frame.list('orderbook_units')) {
    addLevel(bids, unit, 'bid_price', 'bid_size')
    addLevel(asks, unit, 'ask_price', 'ask_size')
  }
  return { kind: 'book', snapshot: true, bids: asBids(bids), asks: asAsks(asks) }
}

function addLevel(levels: Level[], unit: Fields, priceKey: string, sizeKey: string): void {
  const price = unit.amount(priceKey)
  const size = unit.amount(sizeKey)
  if (price === '0' && size === '0') return
  if (price === '0') throw unit.wrong('bad-value', priceKey, 'is 0 beside a size that is not')
  if (size === '0') throw unit.wrong('bad-value', sizeKey, 'is 0 beside a price that is not')
  levels.push([price, size])
}

/** ASK: the taker sold into the bids. */
export function takerSide(frame: Fields): 'buy' | 'sell' {
  const side = frame.text('ask_bid')
  if (side === 'ASK') return 'sell'
  if (side === 'BID') return 'buy'
  throw frame.wrong('bad-value', 'ask_bid', `is neither ASK nor BID but ${side}`)
}

function isSnapshot(frame: Fields): boolean {
  return frame.has('stream_type') && frame.text('stream_type') === 'SNAPSHOT'
}
