/** Bybit's spot frames. https://bybit-exchange.github.io/docs/v5/ws/connect */

import type { Channel, Ticker, Trade } from '../../../shared/market.ts'
import type { Control, Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeBook } from './book.ts'
import { LAYOUTS } from './layouts.ts'

export const decode = createDecoder(
  Object.values(LAYOUTS).map((layout) => ({ layout, decode: (frame) => decodeTopic(frame, frame) })),
  decodeFrame,
)

/** By the first word of the topic. A known layout has the data flattened into the frame. Candles carry nothing kept here. */
const TOPICS: Readonly<Record<string, (frame: Fields, data?: Fields) => readonly Message[]>> = {
  publicTrade: decodeTrades,
  orderbook: (frame, data = frame.object('data')) => [decodeBook(frame, data)],
  tickers: (frame, data = frame.object('data')) => decodeTicker(frame, data),
  kline: () => [],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !(frame.has('topic') || frame.has('op')))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Bybit is known to send.')
  return frame.has('topic') ? decodeTopic(frame) : [decodeAnswer(frame)]
}

function decodeTopic(frame: Fields, data?: Fields): readonly Message[] {
  const topic = frame.text('topic')
  const name = topic.slice(0, Math.max(topic.indexOf('.'), 0))
  const decodeNamed = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined
  if (decodeNamed === undefined)
    throw new FrameError('unknown-shape', `Bybit sends nothing on a topic "${topic}" that is read here.`)
  return decodeNamed(frame, data)
}

/** Every frame of trades calls itself a snapshot, and none is one: nothing is repeated on connecting. */
function decodeTrades(frame: Fields): readonly Decoded<Trade>[] {
  return frame.list('data').map((row) => ({
    market: row.text('s'),
    at: row.millis('T'),
    data: {
      kind: 'trade',
      id: row.id('i'),
      price: row.positive('p'),
      size: row.positive('v'),
      side: takerSide(row, 'S'),
    },
  }))
}

/** 'Buy' or 'Sell', of the taker. */
export function takerSide(row: Fields, key: string): 'buy' | 'sell' {
  const side = row.text(key)
  if (side === 'Buy') return 'buy'
  if (side === 'Sell') return 'sell'
  throw row.wrong('bad-value', key, `is neither Buy nor Sell but ${side}`)
}

function decodeTicker(frame: Fields, row: Fields): readonly Decoded<Ticker>[] {
  const data = tickerOf(row)
  return data === undefined ? [] : [{ market: row.text('symbol'), at: frame.millis('ts'), data }]
}

/** A spot ticker of the stream has neither bid nor ask; REST's has both. */
export function tickerOf(row: Fields): Ticker | undefined {
  const last = row.optionalPrice('lastPrice')
  if (last === undefined) return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: row.optionalPrice('bid1Price'),
    ask: row.optionalPrice('ask1Price'),
    open24h: row.optionalPrice('prevPrice24h'),
    high24h: row.optionalPrice('highPrice24h'),
    low24h: row.optionalPrice('lowPrice24h'),
    volume24h: row.optionalAmount('volume24h'),
    quoteVolume24h: row.optionalAmount('turnover24h'),
    change: row.optionalText('price24hPcnt') === undefined ? undefined : row.decimal('price24hPcnt'), // a fraction already
  })
}

const CHANNELS: Readonly<Record<string, Channel>> = { publicTrade: 'trade', tickers: 'ticker', orderbook: 'book' }
/** The only place where a refusal says what it refuses; its `req_id` may be empty. */
const REFUSED = /topic:\s*(\w+)(?:\.\d+)?\.(\S+)/

/** An answer to a request. Spot's pong repeats `op` as ping; others and later ones say pong. */
function decodeAnswer(frame: Fields): Control {
  const op = frame.text('op')
  const message = frame.optionalText('ret_msg') ?? ''
  const id = frame.optionalText('req_id')
  if (op === 'pong' || message === 'pong') return { control: 'pong' }
  if (op !== 'subscribe' && op !== 'unsubscribe')
    throw new FrameError('unknown-shape', `Bybit sends no answers to "${op}" that are read here.`)
  // What is asked for twice is there, and what is left twice is gone: each topic travels alone, nothing else was refused with it.
  if (frame.flag('success') || op === 'unsubscribe' || message.includes('already subscribed'))
    return present({ control: 'ack' as const, id })
  const [, topic = '', market] = REFUSED.exec(message) ?? []
  const channel = Object.hasOwn(CHANNELS, topic) ? CHANNELS[topic] : undefined
  return present({
    control: 'refused' as const,
    market: channel && market,
    channel,
    id,
    reason: message === '' ? 'no reason given' : message,
  })
}
