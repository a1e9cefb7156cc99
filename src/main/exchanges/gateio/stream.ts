/** Gate.io's spot frames. Times are seconds, milliseconds, or milliseconds with decimals as text. https://www.gate.com/docs/developers/apiv4/ws/en/ */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Ticker, Trade } from '../../../shared/market.ts'
import type { Decoded, Message } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { createDecoder, present } from '../reader.ts'
import { decodeAnswer } from './answers.ts'
import { decodeBook, decodeTop, decodeUpdate } from './book.ts'
import { LAYOUTS } from './layouts.ts'

const decodeKnownBook = (frame: Fields) => [decodeBook(frame)]

export const decode = createDecoder(
  [
    { layout: LAYOUTS.trade, decode: (frame) => [decodeTrade(frame)] },
    { layout: LAYOUTS.bookBoth, decode: decodeKnownBook },
    { layout: LAYOUTS.bookBids, decode: decodeKnownBook },
    { layout: LAYOUTS.bookAsks, decode: decodeKnownBook },
    { layout: LAYOUTS.ticker, decode: (frame) => decodeTicker(frame, frame) },
    { layout: LAYOUTS.bookWhole, decode: decodeKnownBook },
  ],
  decodeFrame,
)

/** By channel. Those that carry nothing kept here: bars are made of trades, a touch without a last price is no ticker. */
const CHANNELS: Readonly<Record<string, (result: Fields, frame: Fields) => readonly Message[]>> = {
  'spot.trades': (result) => [decodeTrade(result)],
  'spot.tickers': (result, frame) => decodeTicker(result, frame),
  'spot.obu': (result) => [decodeBook(result)],
  'spot.order_book_update': (result) => [decodeUpdate(result)],
  'spot.order_book': (result) => [decodeTop(result)],
  'spot.book_ticker': () => [],
  'spot.candlesticks': () => [],
}

function decodeFrame(frame: Fields): readonly Message[] {
  if (!frame.isList && frame.has('type') && frame.text('type') === 'upgrade')
    return [{ control: 'restart', text: frame.text('msg') }]
  if (frame.isList || !frame.has('channel'))
    throw new FrameError('unknown-shape', 'The frame is of no kind that Gate.io is known to send.')
  const channel = frame.text('channel')
  if (frame.optionalText('event') !== 'update') return [decodeAnswer(channel, frame)]
  const decodeNamed = Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : undefined
  if (decodeNamed === undefined)
    throw new FrameError('unknown-shape', `Gate.io sends nothing on a channel "${channel}" that is read here.`)
  return decodeNamed(frame.object('result'), frame)
}

/** A trade, the same over REST. */
export function decodeTrade(row: Fields): Decoded<Trade> {
  const market = row.text('currency_pair')
  const at = row.millis('create_time_ms')
  const atText = row.finerTime('create_time_ms')
  const data: Trade = {
    kind: 'trade',
    id: row.id('id'),
    price: row.positive('price'),
    size: row.positive('amount'),
    side: takerSide(row),
  }
  return atText === undefined ? { market, at, data } : { market, at, atText, data }
}

function takerSide(row: Fields): 'buy' | 'sell' {
  const side = row.text('side')
  if (side === 'buy' || side === 'sell') return side
  throw row.wrong('bad-value', 'side', `is neither buy nor sell but ${side}`)
}

/** A ticker has no time of its own but that of its frame. */
function decodeTicker(result: Fields, frame: Fields): readonly Decoded<Ticker>[] {
  const data = tickerOf(result)
  return data === undefined ? [] : [{ market: result.text('currency_pair'), at: frame.millis('time_ms'), data }]
}

/** It gives a change in percent and no opening price. */
export function tickerOf(row: Fields): Ticker | undefined {
  const last = row.optionalPrice('last')
  if (last === undefined) return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: row.optionalPrice('highest_bid'),
    ask: row.optionalPrice('lowest_ask'),
    high24h: row.optionalPrice('high_24h'),
    low24h: row.optionalPrice('low_24h'),
    volume24h: row.optionalAmount('base_volume'),
    quoteVolume24h: row.optionalAmount('quote_volume'),
    change:
      row.optionalText('change_percentage') === undefined
        ? undefined
        : toDecimal(`${row.decimal('change_percentage')}e-2`),
  })
}
