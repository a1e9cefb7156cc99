/** Frames of Coinbase's Exchange feed. https://docs.cdp.coinbase.com/exchange/docs/websocket-channels */

import type { Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeSnapshot, decodeUpdate, readSnapshot } from './book.ts'
import { takerSide, whenOf } from './fields.ts'
import { LAYOUTS } from './layouts.ts'

/** All messages in a frame. */
export function decode(frame: string): readonly Message[] {
  const snapshot = readSnapshot(frame)
  return snapshot === undefined ? decodeOther(frame) : [snapshot]
}

const decodeOther = createDecoder(
  [
    { layout: LAYOUTS.match, decode: (frame) => [decodeMatch(frame)] },
    { layout: LAYOUTS.bookUpdate, decode: (frame) => [decodeUpdate(frame)] },
    { layout: LAYOUTS.ticker, decode: decodeTicker },
  ],
  decodeFrame,
)

const TYPES: Readonly<Record<string, (frame: Fields) => readonly Message[]>> = {
  match: (frame) => [decodeMatch(frame)],
  last_match: (frame) => [{ ...decodeMatch(frame), snapshot: true }], // of before the subscription, and once more on each
  ticker: decodeTicker,
  snapshot: (frame) => [decodeSnapshot(frame)],
  l2update: (frame) => [decodeUpdate(frame)],
  heartbeat: () => [{ control: 'heartbeat' }],
  subscriptions: () => [{ control: 'ack' }], // all that there are, under names that need not be those asked for
  error: (frame) => [decodeError(frame)],
  status: () => [],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !frame.has('type'))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Coinbase is known to send.')
  const type = frame.text('type')
  const decodeTyped = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (decodeTyped === undefined)
    throw new FrameError('unknown-shape', `Coinbase sends no frames of type "${type}" that are read here.`)
  return decodeTyped(frame)
}

/** The reason names a product in words, if it names one at all. */
function decodeError(frame: Fields): Message {
  const reason = frame.optionalText('reason')
  return present({
    control: 'refused' as const,
    market: /^(\S+) is not a valid product/.exec(reason ?? '')?.[1],
    reason: reason === undefined ? frame.text('message') : `${frame.text('message')}: ${reason}`,
  })
}

function decodeMatch(frame: Fields): Decoded<Trade> {
  const market = frame.text('product_id')
  const { at, atText } = whenOf(frame, 'time')
  const data: Trade = {
    kind: 'trade',
    id: frame.id('trade_id'),
    price: frame.positive('price'),
    size: frame.positive('size'),
    side: takerSide(frame),
  }
  if (at === undefined) return { market, data }
  return atText === undefined ? { market, at, data } : { market, at, atText, data }
}

/** Its `side` is the taker's, unlike that of the match of the same trade; neither is needed here. Volume is base only. */
function decodeTicker(frame: Fields): readonly Decoded<Ticker>[] {
  const last = frame.amount('price')
  if (last === '0') return []
  const data: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: frame.optionalPrice('best_bid'),
    ask: frame.optionalPrice('best_ask'),
    open24h: frame.optionalPrice('open_24h'),
    high24h: frame.optionalPrice('high_24h'),
    low24h: frame.optionalPrice('low_24h'),
    volume24h: frame.optionalAmount('volume_24h'),
  })
  return [{ market: frame.text('product_id'), ...whenOf(frame, 'time'), data }]
}
