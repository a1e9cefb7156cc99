/** The channels of Advanced Trade's feed. Frames are made with number 0; each connection puts its own in. */

import { SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { Order } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Print, Scene, Topic } from '../venue.ts'
import { changed, dayOf, makerSide, price, size, time } from './texts.ts'
import type { Known } from './texts.ts'

interface Kind {
  readonly channel: Topic['channel']
  readonly cadence: 'trade' | Millis
  readonly speak: (moment: Moment, market: MarketModel) => Frame | undefined
}

const KINDS: Readonly<Record<string, Kind>> = {
  market_trades: { channel: 'trade', cadence: 'trade', speak: sayTrades },
  ticker: { channel: 'ticker', cadence: 'trade', speak: sayTicker },
  level2: { channel: 'book', cadence: BOOK_GRID, speak: sayBook },
}

const HISTORY = 20

/** Of no product. */
export const HEARTBEATS: Topic = {
  key: 'advanced heartbeats',
  channel: 'other',
  cadence: SECOND,
  snapshot: false,
  live: true,
  frame: ({ scene }) => ({
    text: envelope('heartbeats', scene, {
      current_time: `${time(scene.now).replace('T', ' ').replace('Z', '')} +0000 UTC m=+91717.525857105`,
      heartbeat_counter: Math.floor(scene.now / SECOND) % 100_000,
    }),
  }),
}

/** The topic of a channel and product; undefined: no such channel. */
export function toAdvancedTopic(name: string, product: string): Topic | undefined {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (kind === undefined) return undefined
  return {
    key: `advanced ${name} ${product}`,
    market: product,
    channel: kind.channel,
    cadence: kind.cadence,
    snapshot: true,
    live: true,
    frame(moment) {
      const market = moment.scene.find(product)
      return market && kind.speak(moment, market)
    },
  }
}

/** A frame around one event. */
export function envelope(channel: string, scene: Scene, event: object): string {
  const timestamp = time(scene.now).replace('Z', '001Z')
  return JSON.stringify({ channel, timestamp, sequence_num: 0, events: [event] })
}

/** A frame with its number on a connection. */
export function numbered(text: string, count: number): string {
  return text.replace('"sequence_num":0,', `"sequence_num":${count},`)
}

/** First the history, newest first. */
function sayTrades({ scene, cause, trade }: Moment, market: MarketModel): Frame | undefined {
  const prints = cause === 'snapshot' ? scene.trades(market, HISTORY).toReversed() : trade && [trade]
  const type = cause === 'snapshot' ? 'snapshot' : 'update'
  return (
    prints && {
      text: envelope('market_trades', scene, { type, trades: prints.map((print) => toTrade(market, print)) }),
    }
  )
}

function toTrade(market: MarketModel, print: Print) {
  return {
    product_id: market.spec.symbol,
    trade_id: print.id,
    price: price(market, print.price),
    size: size(print.size),
    time: time(print.at),
    side: makerSide(print).toUpperCase(),
  }
}

function sayTicker(moment: Moment, market: MarketModel): Frame {
  const { print, rolling, bid, bidSize, ask, askSize, percent } = dayOf(moment, market)
  const { year } = moment.scene.summary(market, print.price)
  const ticker = {
    type: 'ticker',
    product_id: market.spec.symbol,
    price: price(market, print.price),
    volume_24_h: size(rolling.volume),
    low_24_h: price(market, rolling.low),
    high_24_h: price(market, rolling.high),
    low_52_w: price(market, year.low),
    high_52_w: price(market, year.high),
    price_percent_chg_24_h: percent,
    best_bid: price(market, bid),
    best_ask: price(market, ask),
    best_bid_quantity: size(bidSize),
    best_ask_quantity: size(askSize),
  }
  const type = moment.cause === 'snapshot' ? 'snapshot' : 'update'
  return { text: envelope('ticker', moment.scene, { type, tickers: [ticker] }) }
}

function sayBook({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const known = memory as Known | undefined
  const { symbol, depth } = market.spec
  const level =
    (side: string, at: string) =>
    ([units, amount]: Order) => ({
      side,
      event_time: at,
      price_level: price(market, units),
      new_quantity: amount === 0 ? '0' : size(amount),
    })
  if (cause === 'snapshot' || known === undefined) {
    // Who comes later gets the book that the next changes are changes of.
    const { bids, asks } = known ?? scene.book(market, depth)
    const none = '1970-01-01T00:00:00Z'
    const updates = [...bids.map(level('bid', none)), ...asks.map(level('offer', none))]
    return {
      text: envelope('l2_data', scene, { type: 'snapshot', product_id: symbol, updates }),
      memory: { bids, asks },
    }
  }
  const { bids, asks } = scene.book(market, depth)
  const now = time(scene.now)
  const updates = [
    ...changed(known.bids, bids).map(level('bid', now)),
    ...changed(known.asks, asks).map(level('offer', now)),
  ]
  if (updates.length === 0) return undefined
  return { text: envelope('l2_data', scene, { type: 'update', product_id: symbol, updates }), memory: { bids, asks } }
}
