/** OKX's frames on its public socket. https://www.okx.com/docs-v5/en/#order-book-trading-market-data */

import type { Channel, Ticker, Trade } from '../../../shared/market.ts'
import type { Control, Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeBooks, wholeBook } from './book.ts'
import { LAYOUTS } from './layouts.ts'

/** The answer to a text ping, and no JSON. */
const PONG = /^\s*pong\s*$/

const decodeJson = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => decodeTrades(frame, frame.text('instId')) },
    { layout: LAYOUTS.book, decode: (frame) => decodeBooks(frame, frame.text('instId')) },
    { layout: LAYOUTS.ticker, decode: (frame) => decodeTickers(frame, frame.text('instId')) },
  ],
  decodeFrame,
)

/** All messages in a frame. Throws FrameError only. */
export function decode(frame: string): readonly Message[] {
  return PONG.test(frame) ? [{ control: 'pong' }] : decodeJson(frame)
}

/** By channel. Candles carry nothing kept here: bars are made of trades. */
const CHANNELS: readonly (readonly [RegExp, (frame: Fields, market: string) => readonly Message[]])[] = [
  [/^trades(?:-all)?$/, decodeTrades],
  [/^books$/, decodeBooks],
  [/^books5$/, decodeTop],
  [/^tickers$/, decodeTickers],
  [/^candle/, () => []],
]

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !(frame.has('event') || frame.has('arg')))
    throw new FrameError('unknown-shape', 'The frame is of no kind that OKX is known to send.')
  if (frame.has('event')) return [decodeEvent(frame)]
  const arg = frame.object('arg')
  const channel = arg.text('channel')
  const decodeNamed = CHANNELS.find(([pattern]) => pattern.test(channel))?.[1]
  if (decodeNamed === undefined)
    throw new FrameError('unknown-shape', `OKX sends nothing on a channel "${channel}" that is read here.`)
  return decodeNamed(frame, arg.text('instId'))
}

/** Fills of one taker at one price come as one trade, under the id of the last of them. */
function decodeTrades(frame: Fields, market: string): readonly Decoded<Trade>[] {
  return frame.list('data').map((row) => ({ market, at: row.millis('ts'), data: tradeOf(row) }))
}

/** A trade, the same over REST. */
export function tradeOf(row: Fields): Trade {
  return {
    kind: 'trade',
    id: row.id('tradeId'),
    price: row.positive('px'),
    size: row.positive('sz'),
    side: takerSide(row),
  }
}

function takerSide(row: Fields): 'buy' | 'sell' {
  const side = row.text('side')
  if (side === 'buy' || side === 'sell') return side
  throw row.wrong('bad-value', 'side', `is neither buy nor sell but ${side}`)
}

function decodeTop(frame: Fields, market: string): readonly Message[] {
  return frame.list('data').map((row) => ({ market, at: row.millis('ts'), data: wholeBook(row) }))
}

function decodeTickers(frame: Fields, market: string): readonly Decoded<Ticker>[] {
  return frame.list('data').flatMap((row) => {
    const data = tickerOf(row)
    return data === undefined ? [] : [{ market, at: row.millis('ts'), data }]
  })
}

/** Of a spot market `vol24h` is in the base currency, of others it is not. It gives no change of the day. */
export function tickerOf(row: Fields): Ticker | undefined {
  const last = row.optionalPrice('last')
  if (last === undefined) return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: row.optionalPrice('bidPx'),
    ask: row.optionalPrice('askPx'),
    open24h: row.optionalPrice('open24h'),
    high24h: row.optionalPrice('high24h'),
    low24h: row.optionalPrice('low24h'),
    volume24h: row.optionalAmount('vol24h'),
    quoteVolume24h: row.optionalAmount('volCcy24h'),
  })
}

const CHANNEL_NAMES: Readonly<Record<string, Channel>> = { trades: 'trade', tickers: 'ticker', books: 'book' }
/** The only place where a refusal says what it refuses. */
const REFUSED = /channel:\s*([\w-]+),\s*instId:\s*([^\s,]+)/
const CLOSING = '64008'

function decodeEvent(frame: Fields): Control {
  const event = frame.text('event')
  const id = frame.optionalText('id')
  switch (event) {
    case 'subscribe':
    case 'unsubscribe':
      return present({ control: 'ack' as const, id })
    case 'notice':
      return { control: frame.optionalText('code') === CLOSING ? 'restart' : 'notice', text: frame.text('msg') }
    case 'error':
      return refused(frame, id)
    default:
      throw new FrameError('unknown-shape', `OKX sends no events "${event}" that are read here.`)
  }
}

function refused(frame: Fields, id: string | undefined): Control {
  const message = frame.optionalText('msg') ?? 'no reason given'
  const [, name = '', market] = REFUSED.exec(message) ?? []
  const channel = Object.hasOwn(CHANNEL_NAMES, name) ? CHANNEL_NAMES[name] : undefined
  return present({
    control: 'refused' as const,
    market: channel && market, // a channel that we do not ask for says nothing of the market
    channel,
    id,
    reason: `${frame.optionalText('code') ?? 'no code'}: ${message}`,
  })
}
