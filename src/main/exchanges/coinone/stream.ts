/**
 * Coinone's WebSocket frames, in the long format and the short one. Every order book is a whole one.
 * https://docs.coinone.co.kr
 */

import { addDecimals, divideDecimals } from '../../../shared/exact.ts'
import type { Book, Decimal, Level, Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { createDecoder, present } from '../reader.ts'
import { LAYOUTS, SHORT_KEYS } from './layouts.ts'
import { marketOf } from './symbols.ts'

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [decodeTrade(frame)] },
    { layout: LAYOUTS.book, decode: (frame) => [decodeBook(frame)] },
    { layout: LAYOUTS.ticker, decode: decodeTicker },
  ],
  decodeFrame,
  SHORT_KEYS,
)

/** By channel. Candles are made of trades here. */
const CHANNELS: Readonly<Record<string, (data: Fields) => readonly Message[]>> = {
  TRADE: (data) => [decodeTrade(data)],
  ORDERBOOK: (data) => [decodeBook(data)],
  TICKER: decodeTicker,
  CHART: () => [],
}

/**
 * By type of response. An acknowledgement proves nothing, for a bad topic gets one too before the error that names none:
 * that a market is served is told by its first book, which comes at once.
 */
const RESPONSES: Readonly<Record<string, (frame: Fields) => readonly Message[]>> = {
  DATA: (frame) => decodeData(frame.text('channel'), frame.object('data')),
  CONNECTED: () => [{ control: 'heartbeat' }],
  SUBSCRIBED: () => [{ control: 'heartbeat' }],
  UNSUBSCRIBED: () => [{ control: 'heartbeat' }],
  PONG: () => [{ control: 'pong' }],
  ERROR: (frame) => [
    { control: 'refused', reason: `${frame.id('error_code')}: ${frame.optionalText('message') ?? 'no reason given'}` },
  ],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !frame.has('response_type'))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Coinone is known to send.')
  const type = frame.text('response_type')
  const decodeResponse = Object.hasOwn(RESPONSES, type) ? RESPONSES[type] : undefined
  if (decodeResponse === undefined)
    throw new FrameError('unknown-shape', `Coinone sends no responses "${type}" that are read here.`)
  return decodeResponse(frame)
}

function decodeData(channel: string, data: Fields): readonly Message[] {
  const decodeChannel = Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : undefined
  if (decodeChannel === undefined)
    throw new FrameError('unknown-shape', `Coinone has no channel "${channel}" that is read here.`)
  return decodeChannel(data)
}

function decodeTrade(data: Fields): Decoded<Trade> {
  return { market: marketOf(data), at: data.millis('timestamp'), data: tradeOf(data) }
}

/** REST gives the same fields. */
export function tradeOf(row: Fields): Trade {
  return {
    kind: 'trade',
    id: row.id('id'),
    price: row.positive('price'),
    size: row.positive('qty'),
    side: row.flag('is_seller_maker') ? 'buy' : 'sell', // the order that was there was to sell: the taker bought
  }
}

/**
 * Highs, lows and volumes are those of a calendar day, not of 24 hours. A market that has not traded has no ticker.
 */
function decodeTicker(data: Fields): readonly Decoded<Ticker>[] {
  const last = data.amount('last')
  if (last === '0') return []
  const ticker = present({
    kind: 'ticker' as const,
    last,
    bid: data.optionalPrice('bid_best_price'),
    ask: data.optionalPrice('ask_best_price'),
    change: changeOf(data, last),
  })
  return [{ market: marketOf(data), at: data.millis('timestamp'), data: ticker }]
}

/** Fractional digits of a change. */
const CHANGE_DIGITS = 8

/** Last price against the close of yesterday, of which the venue gives the price only. */
export function changeOf(row: Fields, last: Decimal): Decimal | undefined {
  const close = row.optionalPrice('yesterday_last')
  return close === undefined ? undefined : addDecimals(divideDecimals(last, close, CHANGE_DIGITS), '-1')
}

/** The first book after subscribing is an old one: its time and the time in its id differ. */
function decodeBook(data: Fields): Decoded<Book> {
  const market = marketOf(data)
  const at = data.millis('timestamp')
  const book = bookOf(data, data.list('asks').map(toLevel).toReversed()) // worst first, on the stream alone
  return book.sequence?.last.startsWith(String(at)) === true
    ? { market, at, data: book }
    : { market, at, data: book, snapshot: true }
}

/** A whole book. Its ids rise, but not by one. REST gives the same fields. */
export function bookOf(row: Fields, asks: readonly Level[] = row.list('asks').map(toLevel)): Book {
  return {
    kind: 'book',
    snapshot: true,
    bids: asBids(row.list('bids').map(toLevel)),
    asks: asAsks(asks),
    sequence: { last: row.id('id') },
  }
}

function toLevel(level: Fields): Level {
  return [level.positive('price'), level.positive('qty')]
}
