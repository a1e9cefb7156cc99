/**
 * Binance's spot stream frames, in the combined form { stream, data } and bare.
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
 */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeChanges, decodePartialBook } from './book.ts'
import { LAYOUTS } from './layouts.ts'

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [decodeTrade(frame)] },
    { layout: LAYOUTS.partialBook, decode: (frame) => [decodePartialBook(frame.text('stream'), frame)] },
    { layout: LAYOUTS.ticker, decode: decodeTicker },
  ],
  decodeFrame,
)

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList) return frame.all().flatMap(decodeEvent)
  if (frame.has('stream')) return decodeData(frame, frame.inner('data'))
  if (frame.has('e') || frame.has('u')) return decodeEvent(frame)
  if (frame.has('lastUpdateId'))
    throw frame.wrong('missing-field', 'stream', 'is missing, and nothing else names the market')
  return [decodeAnswer(frame)]
}

function decodeData(frame: Fields, data: Fields): readonly Message[] {
  if (data.isList) return data.all().flatMap(decodeEvent)
  return data.has('lastUpdateId') ? [decodePartialBook(frame.text('stream'), data)] : decodeEvent(data)
}

/** By event name. Those that carry nothing kept here: trades come one by one, bars are made of them. */
const EVENTS: Readonly<Record<string, (event: Fields) => readonly Message[]>> = {
  trade: (event) => [decodeTrade(event)],
  depthUpdate: (event) => [decodeChanges(event)],
  '24hrTicker': decodeTicker,
  '24hrMiniTicker': decodeTicker,
  serverShutdown: () => [{ control: 'restart', text: 'Binance is about to close this connection.' }],
  aggTrade: () => [],
  kline: () => [],
  avgPrice: () => [],
  '1hTicker': () => [],
  '4hTicker': () => [],
  '1dTicker': () => [],
}

function decodeEvent(event: Fields): readonly Message[] {
  if (isBookTicker(event)) return [] // a touch without a last price is no ticker; the book channel has it
  const name = event.text('e')
  const decodeNamed = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined
  if (decodeNamed === undefined)
    throw new FrameError('unknown-shape', `Binance sends no events "${name}" that are read here.`)
  return decodeNamed(event)
}

function isBookTicker(event: Fields): boolean {
  return !event.has('e') && ['u', 's', 'b', 'B', 'a', 'A'].every((key) => event.has(key))
}

/** An acknowledgement, the list of subscriptions, or an error in one of its two shapes. */
function decodeAnswer(frame: Fields): Message {
  const id = frame.has('id') ? frame.id('id') : undefined
  if (frame.has('error')) return refused(frame.object('error'), id)
  if (frame.has('code')) return refused(frame, id)
  if (frame.includes('result')) return present({ control: 'ack' as const, id })
  throw new FrameError('unknown-shape', 'The frame is of no kind that Binance is known to send.')
}

function refused(error: Fields, id: string | undefined): Message {
  const reason = `${error.id('code')}: ${error.optionalText('msg') ?? 'no reason given'}`
  return present({ control: 'refused' as const, id, reason })
}

function decodeTrade(event: Fields): Decoded<Trade> {
  return {
    market: event.text('s'),
    at: event.millis('T'),
    data: {
      kind: 'trade',
      id: event.id('t'),
      price: event.positive('p'),
      size: event.positive('q'),
      side: event.flag('m') ? 'sell' : 'buy', // the buyer made the order that was there: the taker sold
    },
  }
}

/** A market that has not traded for a day has zeros, and no ticker. A mini ticker has neither bid, ask nor change. */
function decodeTicker(event: Fields): readonly Decoded<Ticker>[] {
  const last = event.amount('c')
  if (last === '0') return []
  const data: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: event.optionalPrice('b'),
    ask: event.optionalPrice('a'),
    open24h: event.optionalPrice('o'),
    high24h: event.optionalPrice('h'),
    low24h: event.optionalPrice('l'),
    volume24h: event.optionalAmount('v'),
    quoteVolume24h: event.optionalAmount('q'),
    change: event.has('P') ? toFraction(event.decimal('P')) : undefined,
  })
  return [{ market: event.text('s'), at: event.millis('E'), data }]
}

/** A percentage as a fraction, exactly. */
export function toFraction(percent: Decimal): Decimal {
  return toDecimal(`${percent}e-2`)
}
