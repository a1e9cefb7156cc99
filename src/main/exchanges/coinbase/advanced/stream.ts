/**
 * Frames of Advanced Trade's feed. `sequence_num` counts the frames of the connection, whatever their channel.
 * https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels
 */

import { compareDecimals, toDecimal } from '../../../../shared/decimal.ts'
import type { Ticker, Trade } from '../../../../shared/market.ts'
import type { Control, Decoded, Message } from '../../exchange.ts'
import { FrameError } from '../../exchange.ts'
import type { Fields } from '../../fields.ts'
import { createDecoder, present } from '../../reader.ts'
import { takerSide, whenOf } from '../fields.ts'
import { decodeBook, readSnapshot } from './book.ts'
import { LAYOUTS } from './layouts.ts'

/** All messages in a frame. */
export function decode(frame: string): readonly Message[] {
  return readSnapshot(frame) ?? decodeOther(frame)
}

const decodeOther = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [countOf(frame), decodeTrade(frame)] },
    { layout: LAYOUTS.bookUpdate, decode: (frame) => [countOf(frame), decodeBook(frame, frame, false)] },
    { layout: LAYOUTS.trades, decode: (frame) => [countOf(frame), ...decodeTrades(frame, false)] },
    { layout: LAYOUTS.ticker, decode: (frame) => [countOf(frame), ...decodeTicker(frame, frame, false)] },
  ],
  decodeFrame,
)

type DecodeEvent = (frame: Fields, event: Fields) => readonly Message[]

const CHANNELS: Readonly<Record<string, DecodeEvent>> = {
  market_trades: (_frame, event) => decodeTrades(event, isSnapshot(event)),
  ticker: decodeTickers,
  ticker_batch: decodeTickers,
  l2_data: (frame, event) => [decodeBook(frame, event, isSnapshot(event))],
  heartbeats: () => [{ control: 'heartbeat' }],
  subscriptions: () => [{ control: 'ack' }],
  candles: () => [], // of five minutes
  status: () => [],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !(frame.has('channel') || frame.has('type')))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Coinbase is known to send.')
  if (!frame.has('channel')) return [decodeError(frame)]
  const name = frame.text('channel')
  const decodeEvent = Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined
  if (decodeEvent === undefined)
    throw new FrameError('unknown-shape', `Coinbase sends no frames on a channel "${name}" that are read here.`)
  return [countOf(frame), ...frame.list('events').flatMap((event) => decodeEvent(frame, event))]
}

function countOf(frame: Fields): Control {
  return { control: 'count', count: frame.count('sequence_num') }
}

function decodeError(frame: Fields): Message {
  if (frame.text('type') !== 'error') throw new FrameError('unknown-shape', 'The frame has no channel and is no error.')
  const reason = frame.text('message')
  return present({ control: 'refused' as const, market: /\b[A-Z0-9]+-[A-Z0-9]+\b/.exec(reason)?.[0], reason })
}

function isSnapshot(event: Fields): boolean {
  const type = event.text('type')
  if (type === 'snapshot') return true
  if (type === 'update') return false
  throw event.wrong('bad-value', 'type', `is neither snapshot nor update but ${type}`)
}

/** They come newest first. A snapshot's are of before the subscription. */
function decodeTrades(event: Fields, snapshot: boolean): readonly Decoded<Trade>[] {
  const trades = event.list('trades').map(decodeTrade)
  trades.sort((left, right) => compareDecimals(left.data.id, right.data.id))
  return snapshot ? trades.map((trade) => ({ ...trade, snapshot: true })) : trades
}

function decodeTrade(trade: Fields): Decoded<Trade> {
  const market = trade.text('product_id')
  const { at, atText } = whenOf(trade, 'time')
  const data: Trade = {
    kind: 'trade',
    id: trade.decimal('trade_id'),
    price: trade.positive('price'),
    size: trade.positive('size'),
    side: takerSide(trade),
  }
  if (at === undefined) return { market, data }
  return atText === undefined ? { market, at, data } : { market, at, atText, data }
}

function decodeTickers(frame: Fields, event: Fields): readonly Decoded<Ticker>[] {
  const snapshot = isSnapshot(event)
  return event.list('tickers').flatMap((ticker) => decodeTicker(frame, ticker, snapshot))
}

/** No time of its own and no opening price; the batched kind has no bid and ask either. */
function decodeTicker(frame: Fields, ticker: Fields, snapshot: boolean): readonly Decoded<Ticker>[] {
  const last = ticker.amount('price')
  if (last === '0') return []
  const change = ticker.optionalText('price_percent_chg_24_h')
  const data: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: ticker.optionalPrice('best_bid'),
    ask: ticker.optionalPrice('best_ask'),
    high24h: ticker.optionalPrice('high_24_h'),
    low24h: ticker.optionalPrice('low_24_h'),
    volume24h: ticker.optionalAmount('volume_24_h'),
    change: change === undefined ? undefined : toDecimal(`${ticker.decimal('price_percent_chg_24_h')}e-2`),
  })
  const decoded = { market: ticker.text('product_id'), ...whenOf(frame, 'timestamp'), data }
  return [snapshot ? { ...decoded, snapshot } : decoded]
}
