/** OKX's public channels: what each says of its market. */

import { MINUTE } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { Known } from '../changes.ts'
import { changesOf } from '../changes.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Scene, Topic } from '../venue.ts'
import { bookId, fillsOf, lastFillId, levels, price, size, sourceOf, worth } from './texts.ts'

interface Kind {
  readonly channel: Topic['channel']
  readonly cadence: Topic['cadence']
  readonly snapshot: boolean
  speak(moment: Moment, market: MarketModel): Frame | undefined
}

const KINDS: Readonly<Record<string, Kind>> = {
  trades: { channel: 'trade', cadence: 'trade', snapshot: false, speak: sayTrade },
  tickers: { channel: 'ticker', cadence: BOOK_GRID, snapshot: true, speak: sayTicker },
  books: { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayBook },
  books5: { channel: 'book', cadence: BOOK_GRID, snapshot: true, speak: sayTop },
}

export const CHANNELS: readonly string[] = Object.keys(KINDS)

/** The topic of a channel and market; undefined: this socket has no such channel. */
export function toTopic(channel: string, symbol: string): Topic | undefined {
  const kind = Object.hasOwn(KINDS, channel) ? KINDS[channel] : undefined
  if (kind === undefined) return undefined
  return {
    key: `${channel} ${symbol}`,
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

function frameOf(channel: string, market: MarketModel, data: object, action?: string): string {
  const arg = { channel, instId: market.spec.symbol }
  return JSON.stringify({ arg, ...(action !== undefined && { action }), data: [data] })
}

/** All fills of a trade at once, under the id of the last. */
function sayTrade({ scene, trade }: Moment, market: MarketModel): Frame | undefined {
  if (trade === undefined) return undefined
  const data = {
    instId: market.spec.symbol,
    tradeId: String(lastFillId(market, trade.index)),
    px: price(market, trade.price),
    sz: size(trade.size),
    side: trade.side,
    ts: String(trade.at),
    count: String(fillsOf(market, trade).length),
    source: sourceOf(trade),
    seqId: bookId(market, scene.book(market, 1)),
  }
  return { text: frameOf('trades', market, data) }
}

/** A ticker, the same over REST. */
export function tickerRow(scene: Scene, market: MarketModel) {
  const print = scene.last(market)
  const { rolling, day } = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  const [bid, bidSize] = bids[0] ?? [0, 0]
  const [ask, askSize] = asks[0] ?? [0, 0]
  return {
    instType: 'SPOT',
    instId: market.spec.symbol,
    last: price(market, print.price),
    lastSz: size(print.size),
    askPx: price(market, ask),
    askSz: size(askSize),
    bidPx: price(market, bid),
    bidSz: size(bidSize),
    open24h: price(market, rolling.open),
    high24h: price(market, rolling.high),
    low24h: price(market, rolling.low),
    sodUtc0: price(market, day.open),
    sodUtc8: price(market, rolling.open),
    volCcy24h: worth(market, rolling.worth),
    vol24h: size(rolling.volume),
    ts: String(Math.floor(scene.now)),
  }
}

function sayTicker({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const row = tickerRow(scene, market)
  const state = [row.last, row.lastSz, row.askPx, row.askSz, row.bidPx, row.bidSz].join(' ')
  if (cause === 'tick' && state === memory) return undefined
  return { text: frameOf('tickers', market, row), memory: state }
}

/** What has been said, under which number, and when. */
interface Told extends Known {
  readonly id: number
  readonly at: Millis
}

/** A quiet book says so much after so long, under the number that it has. */
const QUIET: Millis = MINUTE

function sayBook({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const told = memory as Told | undefined
  const book = scene.book(market, market.spec.depth)
  if (cause === 'snapshot' || told === undefined) {
    // Who comes later gets the book that the next change is one of.
    const whole = told ?? { ...book, id: bookId(market, book), at: scene.now }
    return { text: bookFrame(market, 'snapshot', whole, scene.now, whole.id, -1), memory: whole }
  }
  const changes = { bids: changesOf(told.bids, book.bids), asks: changesOf(told.asks, book.asks) }
  const isStill = changes.bids.length === 0 && changes.asks.length === 0
  if (isStill && scene.now - told.at < QUIET) return undefined
  const id = isStill ? told.id : bookId(market, book)
  return {
    text: bookFrame(market, 'update', changes, scene.now, id, told.id),
    memory: { ...book, id, at: scene.now } satisfies Told,
  }
}

/** The checksum of 2026: there, and 0. */
function bookFrame(
  market: MarketModel,
  action: string,
  said: Known,
  now: Millis,
  id: number,
  previous: number,
): string {
  const data = {
    asks: levels(market, said.asks),
    bids: levels(market, said.bids),
    ts: String(now),
    checksum: 0,
    seqId: id,
    prevSeqId: previous,
  }
  return frameOf('books', market, data, action)
}

function sayTop({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const book = scene.book(market, 5)
  const sides = { asks: levels(market, book.asks), bids: levels(market, book.bids) }
  const state = JSON.stringify(sides)
  if (cause === 'tick' && state === memory) return undefined
  const data = { ...sides, instId: market.spec.symbol, ts: String(scene.now), seqId: bookId(market, book) }
  return { text: frameOf('books5', market, data), memory: state }
}
