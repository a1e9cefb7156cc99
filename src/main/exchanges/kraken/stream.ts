/** Kraken's WebSocket v2 frames. A frame may hold values of several markets. https://docs.kraken.com/api/docs/websocket-v2/trade */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Channel, Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeBook } from './book.ts'
import { LAYOUTS } from './layouts.ts'

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [decodeTrade(frame)] },
    { layout: LAYOUTS.bookUpdate, decode: (frame) => [decodeBook(frame, false)] },
    { layout: LAYOUTS.ticker, decode: (frame) => decodeTicker(frame, false) },
    { layout: LAYOUTS.trades, decode: (frame) => frame.list('data').map(decodeTrade) },
  ],
  decodeFrame,
)

/** By channel name. Those that carry nothing kept here: bars are made of trades, markets are asked for over REST. */
const CHANNELS: Readonly<Record<string, (frame: Fields) => readonly Message[]>> = {
  trade: decodeTrades,
  ticker: decodeTickers,
  book: decodeBooks,
  heartbeat: () => [{ control: 'heartbeat' }],
  status: (frame) =>
    frame.list('data').map((status) => ({ control: 'notice', text: `Kraken’s system: ${status.text('system')}.` })),
  ohlc: () => [],
  instrument: () => [],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (frame.isList || !(frame.has('channel') || frame.has('method')))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Kraken is known to send.')
  if (frame.has('method')) return [decodeAnswer(frame)]
  const name = frame.text('channel')
  const decodeNamed = Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined
  if (decodeNamed === undefined)
    throw new FrameError('unknown-shape', `Kraken sends no frames on a channel "${name}" that are read here.`)
  return decodeNamed(frame)
}

const METHODS: readonly string[] = ['subscribe', 'unsubscribe']
const CHANNEL_NAMES: readonly string[] = ['trade', 'ticker', 'book'] satisfies readonly Channel[]

/** One answer for each symbol of a request. */
function decodeAnswer(frame: Fields): Message {
  const method = frame.text('method')
  if (method === 'pong') return { control: 'pong' }
  const id = frame.has('req_id') ? frame.id('req_id') : undefined
  if (frame.has('error')) return refused(frame, id)
  if (!METHODS.includes(method))
    throw new FrameError('unknown-shape', `Kraken sends no answers to "${method}" that are read here.`)
  if (!frame.flag('success')) throw frame.wrong('missing-field', 'error', 'is missing from a refusal')
  return present({ control: 'ack' as const, id })
}

function refused(frame: Fields, id: string | undefined): Message {
  const channel = frame.optionalText('channel')
  return present({
    control: 'refused' as const,
    market: frame.optionalText('symbol'),
    channel: CHANNEL_NAMES.includes(channel ?? '') ? (channel as Channel) : undefined,
    id,
    reason: frame.text('error'),
  })
}

/** A snapshot is up to fifty trades of before the subscription. */
function isSnapshot(frame: Fields): boolean {
  const type = frame.text('type')
  if (type === 'snapshot') return true
  if (type === 'update') return false
  throw frame.wrong('bad-value', 'type', `is neither snapshot nor update but ${type}`)
}

function decodeTrades(frame: Fields): readonly Message[] {
  const snapshot = isSnapshot(frame)
  const trades: Decoded<Trade>[] = []
  for (const trade of frame.list('data')) {
    const decoded = decodeTrade(trade)
    trades.push(snapshot ? { ...decoded, snapshot } : decoded)
  }
  return trades
}

function decodeTrade(trade: Fields): Decoded<Trade> {
  const market = trade.text('symbol')
  const at = trade.millis('timestamp')
  const atText = trade.finerTime('timestamp')
  const data: Trade = {
    kind: 'trade',
    id: trade.id('trade_id'),
    price: trade.positive('price'),
    size: trade.positive('qty'),
    side: takerSide(trade),
  }
  return atText === undefined ? { market, at, data } : { market, at, atText, data }
}

function takerSide(trade: Fields): 'buy' | 'sell' {
  const side = trade.text('side')
  if (side === 'buy' || side === 'sell') return side
  throw trade.wrong('bad-value', 'side', `is neither buy nor sell but ${side}`)
}

function decodeBooks(frame: Fields): readonly Message[] {
  const snapshot = isSnapshot(frame)
  return frame.list('data').map((book) => decodeBook(book, snapshot))
}

function decodeTickers(frame: Fields): readonly Message[] {
  const snapshot = isSnapshot(frame)
  return frame.list('data').flatMap((ticker) => decodeTicker(ticker, snapshot))
}

/** A market that has not traded has zeros, and the time 1970-01-01: no ticker. */
function decodeTicker(ticker: Fields, snapshot: boolean): readonly Decoded<Ticker>[] {
  const last = ticker.amount('last')
  if (last === '0') return []
  const data: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: ticker.optionalPrice('bid'),
    ask: ticker.optionalPrice('ask'),
    high24h: ticker.optionalPrice('high'),
    low24h: ticker.optionalPrice('low'),
    volume24h: ticker.optionalAmount('volume'),
    change: ticker.has('change_pct') ? toDecimal(`${ticker.decimal('change_pct')}e-2`) : undefined,
  })
  const timed = ticker.has('timestamp') && !ticker.text('timestamp').startsWith('1970-')
  return [
    present({
      market: ticker.text('symbol'),
      at: timed ? ticker.millis('timestamp') : undefined,
      atText: timed ? ticker.finerTime('timestamp') : undefined,
      data,
      snapshot: snapshot ? (true as const) : undefined,
    }),
  ]
}
