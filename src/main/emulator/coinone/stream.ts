/** Coinone's topics: what a market says on the stream, in the long format and the short one. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Moment, Topic } from '../venue.ts'
import { dayValues, idOf, levels, pairOf, price, size, tradeValues, worth, yesterdayValues } from './texts.ts'

export const INTERVALS: Readonly<Record<string, Millis>> = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '10m': 10 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
}

/** What a channel says; undefined: nothing now. */
type Speak = (moment: Moment, market: MarketModel, interval: string) => Said | undefined

interface Said {
  readonly data: object
  /** Equal to that of the frame before: nothing has changed. */
  readonly state?: string
}

interface Channel {
  readonly channel: Topic['channel']
  readonly cadence: Topic['cadence']
  readonly snapshot: boolean
  readonly speak: Speak
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  TRADE: { channel: 'trade', cadence: 'trade', snapshot: false, speak: sayTrade },
  TICKER: { channel: 'ticker', cadence: 'trade', snapshot: false, speak: sayTicker },
  ORDERBOOK: { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayBook },
  CHART: { channel: 'candle', cadence: SECOND, snapshot: true, speak: sayCandle },
}

/** Of the short format; keys of tickers and charts are not known, and stay long. */
const SHORT: Readonly<Record<string, string>> = {
  quote_currency: 'qc',
  target_currency: 'tc',
  timestamp: 't',
  id: 'i',
  price: 'p',
  qty: 'q',
  is_seller_maker: 'sm',
  asks: 'a',
  bids: 'b',
}

/** What is subscribed to. */
export interface Ask {
  readonly channel: string
  /** 'KRW/BTC' */
  readonly symbol: string
  /** Of charts alone. */
  readonly interval: string
  readonly isShort: boolean
}

export function isChannel(channel: unknown): channel is string {
  return typeof channel === 'string' && Object.hasOwn(CHANNELS, channel)
}

export function keyOf({ channel, symbol, interval, isShort }: Ask): string {
  return [channel, symbol, interval, isShort ? 'SHORT' : 'DEFAULT'].join(' ')
}

/** The topic of an ask; undefined: there is no such channel. */
export function toTopic(ask: Ask): Topic | undefined {
  const { channel, symbol, interval, isShort } = ask
  const known = CHANNELS[channel]
  if (known === undefined) return undefined
  return {
    key: keyOf(ask),
    market: symbol,
    channel: known.channel,
    cadence: known.cadence,
    snapshot: known.snapshot,
    live: true,
    frame(moment) {
      const market = moment.scene.find(symbol)
      const said = market && known.speak(moment, market, interval)
      if (market === undefined || said === undefined) return undefined
      if (moment.cause === 'tick' && said.state !== undefined && said.state === moment.memory) return undefined
      const data = { ...pairOf(market), ...said.data }
      const frame = isShort ? { r: 'DATA', c: channel, d: shortened(data) } : { response_type: 'DATA', channel, data }
      return { text: JSON.stringify(frame), memory: said.state }
    },
  }
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [SHORT[key] ?? key, shortened(each)]))
}

function sayTrade({ trade }: Moment, market: MarketModel): Said | undefined {
  return trade && { data: tradeValues(market, trade) }
}

function sayTicker({ scene, trade }: Moment, market: MarketModel): Said {
  const print = trade ?? scene.last(market)
  const summary = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  const [bid, bidSize] = bids[0] ?? [0, 0]
  const [ask, askSize] = asks[0] ?? [0, 0]
  return {
    data: {
      timestamp: print.at,
      ...dayValues(market, summary.day),
      last: price(market, print.price),
      volume_power: '0',
      ask_best_price: price(market, ask),
      ask_best_qty: size(askSize),
      bid_best_price: price(market, bid),
      bid_best_qty: size(bidSize),
      id: idOf(print.at),
      ...yesterdayValues(market, summary),
    },
  }
}

/** A whole book, its asks worst first. The first one is told with an old time; one that has not changed is told again now and then. */
function sayBook({ scene, cause }: Moment, market: MarketModel): Said {
  const { at, asks, bids } = scene.book(market, 16)
  const sides = { asks: levels(market, asks.toReversed()), bids: levels(market, bids) }
  const timestamp = cause === 'snapshot' ? at - 10 * SECOND : at
  return {
    data: { timestamp, id: idOf(at), ...sides },
    state: `${Math.floor(at / (3 * SECOND))} ${JSON.stringify(sides)}`,
  }
}

function sayCandle({ scene }: Moment, market: MarketModel, interval: string): Said | undefined {
  const length = INTERVALS[interval] ?? MINUTE
  const openAt = Math.floor((scene.now - 1) / length) * length
  const candle = scene.candle(market, openAt, openAt + length)
  if (candle === undefined) return undefined
  return {
    data: {
      interval,
      timestamp: candle.lastAt,
      id: idOf(candle.lastAt),
      candle_timestamp: openAt,
      high: price(market, candle.high),
      low: price(market, candle.low),
      first: price(market, candle.open),
      last: price(market, candle.close),
      quote_volume: worth(market, candle.worth),
      target_volume: size(candle.volume),
    },
    state: `${openAt} ${candle.trades}`,
  }
}
