/**
 * Digital X's WebSocket frames, the former Korbit's. Data has a type, an answer a status. Every order book is a whole one.
 * https://docs.digitalx.miraeasset.com
 */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Book, Decimal, Level, Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { createDecoder, present } from '../reader.ts'
import { LAYOUTS } from './layouts.ts'

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [toTrade(frame.text('symbol'), frame)] },
    { layout: LAYOUTS.trades, decode: decodeTrades },
    { layout: LAYOUTS.book, decode: (frame) => [toBook(frame.text('symbol'), frame)] },
    { layout: LAYOUTS.ticker, decode: (frame) => decodeTicker(frame, frame) },
  ],
  decodeFrame,
)

/** By type. */
const TYPES: Readonly<Record<string, (frame: Fields) => readonly Message[]>> = {
  trade: decodeTrades,
  orderbook: (frame) => [marked(frame, toBook(frame.text('symbol'), frame.object('data')))],
  ticker: (frame) => decodeTicker(frame, frame.object('data')),
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (!frame.isList && frame.has('type')) {
    const type = frame.text('type')
    const decodeType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
    if (decodeType !== undefined) return decodeType(frame)
    throw new FrameError('unknown-shape', `Digital X sends no frames of type "${type}" that are read here.`)
  }
  if (!frame.isList && frame.has('status')) return [decodeAnswer(frame)]
  throw new FrameError('unknown-shape', 'The frame is of no kind that Digital X is known to send.')
}

/** A refusal names its market in words: 'The symbol does not exist (nope_krw)'. */
function decodeAnswer(frame: Fields): Message {
  const id = frame.has('requestId') ? frame.id('requestId') : undefined
  const status = frame.text('status')
  if (status === 'success') return present({ control: 'ack' as const, id })
  if (status !== 'fail') throw frame.wrong('unknown-shape', 'status', `is neither success nor fail but ${status}`)
  const code = frame.optionalText('code')
  const message = frame.optionalText('message') ?? 'no reason given'
  const market = code === 'INVALID_SYMBOL' ? /\(([^\s()]+)\)$/.exec(message)?.[1] : undefined
  const reason = code === undefined ? message : `${code}: ${message}`
  return present({ control: 'refused' as const, market, id, reason })
}

/** The state on subscribing is marked; later frames have no such key, or false or null in it. */
function marked<D extends Decoded>(frame: Fields, decoded: D): D {
  return frame.has('snapshot') && frame.flag('snapshot') ? { ...decoded, snapshot: true } : decoded
}

function decodeTrades(frame: Fields): readonly Decoded<Trade>[] {
  const market = frame.text('symbol')
  return frame.list('data').map((row) => marked(frame, toTrade(market, row)))
}

/** The time beside the symbol is that of sending. REST gives the same fields. */
export function toTrade(market: string, row: Fields): Decoded<Trade> {
  return {
    market,
    at: row.millis('timestamp'),
    data: {
      kind: 'trade',
      id: row.id('tradeId'),
      price: row.positive('price'),
      size: row.positive('qty'),
      side: row.flag('isBuyerTaker') ? 'buy' : 'sell',
    },
  }
}

/** A stopped market has an empty book of days ago. REST gives the same fields, but no market. */
export function toBook(market: string, data: Fields): Decoded<Book> {
  return {
    market,
    at: data.millis('timestamp'),
    data: {
      kind: 'book',
      snapshot: true,
      bids: asBids(data.list('bids').map(toLevel)),
      asks: asAsks(data.list('asks').map(toLevel)),
    },
  }
}

function toLevel(level: Fields): Level {
  return [level.positive('price'), level.positive('qty')]
}

function decodeTicker(frame: Fields, data: Fields): readonly Decoded<Ticker>[] {
  const ticker = tickerOf(data)
  if (ticker === undefined) return []
  return [marked(frame, { market: frame.text('symbol'), at: frame.millis('timestamp'), data: ticker })]
}

/** Undefined for a market that has not traded yet. A stopped one has a last price, and no bid or ask. */
export function tickerOf(data: Fields): Ticker | undefined {
  const last = data.amount('close')
  if (last === '0') return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: data.optionalPrice('bestBidPrice'),
    ask: data.optionalPrice('bestAskPrice'),
    open24h: data.optionalPrice('open'),
    high24h: data.optionalPrice('high'),
    low24h: data.optionalPrice('low'),
    volume24h: data.optionalAmount('volume'),
    quoteVolume24h: data.optionalAmount('quoteVolume'),
    change: data.has('priceChangePercent') ? changeOf(data) : undefined,
  })
}

/** Against the close of yesterday, as a fraction: the venue tells percent. */
function changeOf(data: Fields): Decimal {
  const percent = data.decimal('priceChangePercent')
  try {
    return toDecimal(`${percent}e-2`)
  } catch {
    throw data.wrong('bad-number', 'priceChangePercent', 'has too many digits')
  }
}
