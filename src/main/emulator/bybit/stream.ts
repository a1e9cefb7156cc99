/** Bybit's spot topics: what each says of its market. */

import { SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { Known } from '../changes.ts'
import { changesOf } from '../changes.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Scene, Topic } from '../venue.ts'
import { crossSequence, levels, price, size, worth } from './texts.ts'

type Speak = (moment: Moment, market: MarketModel) => Frame | undefined

interface Kind {
  readonly channel: Topic['channel']
  readonly cadence: Topic['cadence']
  readonly snapshot: boolean
  readonly speak: Speak
}

const KINDS: Readonly<Record<string, Kind>> = {
  publicTrade: { channel: 'trade', cadence: 'trade', snapshot: false, speak: sayTrade },
  tickers: { channel: 'ticker', cadence: BOOK_GRID, snapshot: true, speak: sayTicker },
  'orderbook.1': { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayTouch },
  'orderbook.50': { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayBook(50) },
  'orderbook.200': { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayBook(200) },
}

export const NAMES: readonly string[] = Object.keys(KINDS)

/** A topic by its name, 'orderbook.50.BTCUSDT'; undefined: the venue has no handler for it. */
export function toTopic(topic: string, scene?: Scene): Topic | undefined {
  const cut = topic.lastIndexOf('.')
  const name = topic.slice(0, Math.max(cut, 0))
  const symbol = topic.slice(cut + 1)
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (kind === undefined || (scene !== undefined && scene.find(symbol) === undefined)) return undefined
  return {
    key: topic,
    market: symbol,
    channel: kind.channel,
    cadence: kind.cadence,
    snapshot: kind.snapshot,
    live: true,
    frame(moment) {
      const market = moment.scene.find(symbol)
      return market && kind.speak(moment, market)
    },
  }
}

function sayTrade({ scene, trade }: Moment, market: MarketModel): Frame | undefined {
  if (trade === undefined) return undefined
  const { symbol } = market.spec
  const row = {
    i: trade.id,
    T: trade.at,
    p: price(market, trade.price),
    v: size(trade.size),
    S: trade.side === 'buy' ? 'Buy' : 'Sell',
    seq: crossSequence(market, scene.book(market, 1)),
    s: symbol,
    BT: false,
    RPI: false,
  }
  return { text: JSON.stringify({ topic: `publicTrade.${symbol}`, ts: scene.now, type: 'snapshot', data: [row] }) }
}

/** What the stream's ticker and REST's have in common; the stream's has no bid and no ask. */
export function tickerRow(scene: Scene, market: MarketModel) {
  const print = scene.last(market)
  const { rolling } = scene.summary(market, print.price)
  return {
    symbol: market.spec.symbol,
    lastPrice: price(market, print.price),
    highPrice24h: price(market, rolling.high),
    lowPrice24h: price(market, rolling.low),
    prevPrice24h: price(market, rolling.open),
    volume24h: size(rolling.volume),
    turnover24h: worth(market, rolling.worth),
    price24hPcnt: String(Number(((print.price - rolling.open) / rolling.open).toFixed(4))),
    usdIndexPrice: market.spec.quote === 'BTC' ? '' : price(market, print.price),
  }
}

function sayTicker({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const state = scene.last(market).id
  if (cause === 'tick' && state === memory) return undefined
  const cs = crossSequence(market, scene.book(market, 1))
  const topic = `tickers.${market.spec.symbol}`
  const frame = { topic, ts: scene.now, type: 'snapshot', cs, data: tickerRow(scene, market) }
  return { text: JSON.stringify(frame), memory: state }
}

/** What a topic has said of its book, and as which of its messages. */
interface Told extends Known {
  readonly u: number
  readonly at: Millis
  readonly seq: number
}

function tell({ scene }: Moment, market: MarketModel, depth: number, told: Told | undefined): Told {
  const book = scene.book(market, depth)
  // From the number of the moment on one by one, so that it grows over a pause too.
  return { ...book, u: told === undefined ? book.step % 100_000_000_000 : told.u + 1, seq: crossSequence(market, book) }
}

function bookFrame(market: MarketModel, depth: number, type: string, now: Millis, said: Known, told: Told): string {
  return JSON.stringify({
    topic: `orderbook.${depth}.${market.spec.symbol}`,
    ts: now,
    type,
    data: {
      s: market.spec.symbol,
      b: levels(market, said.bids),
      a: levels(market, said.asks),
      u: told.u,
      seq: told.seq,
    },
    cts: told.at,
  })
}

function sayBook(depth: number): Speak {
  return (moment, market) => {
    const { scene, cause } = moment
    const told = moment.memory as Told | undefined
    if (cause === 'snapshot' || told === undefined) {
      // Who comes later gets the book that the next change is one of.
      const whole = told ?? tell(moment, market, depth, undefined)
      return { text: bookFrame(market, depth, 'snapshot', scene.now, whole, whole), memory: whole }
    }
    const next = tell(moment, market, depth, told)
    const changes = { bids: changesOf(told.bids, next.bids), asks: changesOf(told.asks, next.asks) }
    if (changes.bids.length === 0 && changes.asks.length === 0) return undefined
    return { text: bookFrame(market, depth, 'delta', scene.now, changes, next), memory: next }
  }
}

/** A still touch is told again after so long, under its old number. */
const AGAIN: Millis = 3 * SECOND

/** Always whole. */
function sayTouch(moment: Moment, market: MarketModel): Frame | undefined {
  const { scene, cause } = moment
  const told = moment.memory as (Told & { readonly saidAt: Millis }) | undefined
  const next = tell(moment, market, 1, told)
  const isStill =
    told !== undefined && changesOf(told.bids, next.bids).length === 0 && changesOf(told.asks, next.asks).length === 0
  if (cause === 'tick' && isStill && scene.now - told.saidAt < AGAIN) return undefined
  const said = isStill ? told : next
  return { text: bookFrame(market, 1, 'snapshot', scene.now, said, said), memory: { ...said, saidAt: scene.now } }
}
