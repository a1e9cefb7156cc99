/** The Exchange feed's channels: what each says of its product. */

import { SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Print, Topic } from '../venue.ts'
import { changed, dayOf, makerSide, orderId, price, sequence, size, time } from './texts.ts'
import type { Known } from './texts.ts'

interface Kind {
  readonly channel: Topic['channel']
  readonly cadence: 'trade' | Millis
  readonly snapshot: boolean
  speak(moment: Moment, market: MarketModel): Frame | undefined
}

const KINDS: Readonly<Record<string, Kind>> = {
  matches: { channel: 'trade', cadence: 'trade', snapshot: true, speak: sayMatch },
  ticker: { channel: 'ticker', cadence: 'trade', snapshot: true, speak: sayTicker },
  ticker_batch: { channel: 'ticker', cadence: 5 * SECOND, snapshot: true, speak: sayTicker },
  level2_batch: { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayBook },
  heartbeat: { channel: 'other', cadence: SECOND, snapshot: false, speak: sayHeartbeat },
}

/** The topic of a channel and product; undefined: no such channel. */
export function toExchangeTopic(name: string, product: string): Topic | undefined {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (kind === undefined) return undefined
  const { channel, cadence, snapshot } = kind
  return {
    key: `exchange ${name} ${product}`,
    market: product,
    channel,
    cadence,
    snapshot,
    live: true,
    frame(moment) {
      const market = moment.scene.find(product)
      return market && kind.speak(moment, market)
    },
  }
}

function sayMatch({ scene, cause, trade }: Moment, market: MarketModel): Frame | undefined {
  const print = cause === 'snapshot' ? scene.last(market) : trade
  return print && { text: JSON.stringify(match(cause === 'snapshot' ? 'last_match' : 'match', market, print)) }
}

function match(type: string, market: MarketModel, print: Print) {
  return {
    type,
    trade_id: Number(print.id),
    maker_order_id: orderId(market, print.index, 0),
    taker_order_id: orderId(market, print.index, 1),
    side: makerSide(print),
    size: size(print.size),
    price: price(market, print.price),
    product_id: market.spec.symbol,
    sequence: sequence(market, print.index),
    time: time(print.at),
  }
}

function sayTicker(moment: Moment, market: MarketModel): Frame {
  const { print, rolling, bid, bidSize, ask, askSize } = dayOf(moment, market)
  const data = {
    type: 'ticker',
    sequence: sequence(market, print.index),
    product_id: market.spec.symbol,
    price: price(market, print.price),
    open_24h: price(market, rolling.open),
    volume_24h: size(rolling.volume),
    low_24h: price(market, rolling.low),
    high_24h: price(market, rolling.high),
    volume_30d: size(rolling.volume * 30n),
    best_bid: price(market, bid),
    best_bid_size: size(bidSize),
    best_ask: price(market, ask),
    best_ask_size: size(askSize),
    side: print.side, // here it is the taker's
    time: time(print.at),
    trade_id: Number(print.id),
    last_size: size(print.size),
  }
  return { text: JSON.stringify(data) }
}

/** All of the book first; then changes with absolute sizes, which nothing counts. */
function sayBook({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const known = memory as Known | undefined
  const { symbol, depth } = market.spec
  if (cause === 'snapshot' || known === undefined) {
    // Who comes later gets the book that the next changes are changes of.
    const { bids, asks } = known ?? scene.book(market, depth)
    const side = (orders: Known['bids']) => orders.map(([units, amount]) => [price(market, units), size(amount)])
    const text = JSON.stringify({ type: 'snapshot', product_id: symbol, asks: side(asks), bids: side(bids) })
    return { text, memory: { bids, asks } }
  }
  const { bids, asks } = scene.book(market, depth)
  const changes = [
    ...changed(known.asks, asks).map(([units, amount]) => ['sell', price(market, units), size(amount)]),
    ...changed(known.bids, bids).map(([units, amount]) => ['buy', price(market, units), size(amount)]),
  ]
  if (changes.length === 0) return undefined
  const text = JSON.stringify({ type: 'l2update', product_id: symbol, changes, time: time(scene.now) })
  return { text, memory: { bids, asks } }
}

function sayHeartbeat({ scene }: Moment, market: MarketModel): Frame {
  const print = scene.last(market)
  const data = {
    type: 'heartbeat',
    last_trade_id: Number(print.id),
    product_id: market.spec.symbol,
    sequence: sequence(market, print.index),
    time: time(scene.now),
  }
  return { text: JSON.stringify(data) }
}
