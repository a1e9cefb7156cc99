/** Gate.io's channels: what each says of its market. */

import { SECOND } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { Known } from '../changes.ts'
import { changesOf } from '../changes.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Scene, Topic } from '../venue.ts'
import { finely, levels, percent, price, seconds, size, updateId, worth } from './texts.ts'

type Speak = (moment: Moment, market: MarketModel) => Frame | undefined

interface Kind {
  readonly channel: Topic['channel']
  readonly cadence: Topic['cadence']
  readonly snapshot: boolean
  /** What it says, by the match of the payload. */
  speak(match: readonly string[]): Speak
}

/** Payloads: the first group is the market. */
const SYMBOL = /^([^.]+)$/
const BOOK = /^ob\.(.+)\.(50|400)$/

const KINDS: Readonly<Record<string, Kind & { readonly payload: RegExp }>> = {
  'spot.trades': { payload: SYMBOL, channel: 'trade', cadence: 'trade', snapshot: false, speak: () => sayTrade },
  'spot.tickers': { payload: SYMBOL, channel: 'ticker', cadence: SECOND, snapshot: true, speak: () => sayTicker },
  'spot.book_ticker': { payload: SYMBOL, channel: 'other', cadence: BOOK_GRID, snapshot: true, speak: () => sayTouch },
  'spot.obu': {
    payload: BOOK,
    channel: 'book',
    cadence: BOOK_GRID,
    snapshot: true,
    speak: ([name = '', , depth]) => sayBook(name, Number(depth)),
  },
}

export const CHANNELS: readonly string[] = Object.keys(KINDS)

export function isChannel(channel: string): boolean {
  return Object.hasOwn(KINDS, channel)
}

/** The topic of a channel and payload; undefined: no such payload. */
export function toTopic(channel: string, payload: string): (Topic & { readonly market: string }) | undefined {
  const kind = isChannel(channel) ? KINDS[channel] : undefined
  const match = kind?.payload.exec(payload)
  if (kind === undefined || !match) return undefined
  const [, symbol = ''] = match
  const speak = kind.speak([...match])
  return {
    key: `${channel} ${payload}`,
    market: symbol,
    channel: kind.channel,
    cadence: kind.cadence,
    snapshot: kind.snapshot,
    live: true,
    frame(moment) {
      const market = moment.scene.find(symbol)
      return market && speak(moment, market)
    },
  }
}

function update({ now }: Scene, channel: string, result: object): string {
  return JSON.stringify({ time: seconds(now), time_ms: Math.floor(now), channel, event: 'update', result })
}

function sayTrade({ scene, trade }: Moment, market: MarketModel): Frame | undefined {
  if (trade === undefined) return undefined
  const id = Number(trade.id)
  const result = {
    id,
    id_market: id,
    create_time: seconds(trade.at),
    create_time_ms: finely(market, trade),
    side: trade.side,
    currency_pair: market.spec.symbol,
    amount: size(trade.size),
    price: price(market, trade.price),
    range: `${id}-${id}`,
    trade_mode: 0,
  }
  return { text: update(scene, 'spot.trades', result) }
}

/** A ticker, the same over REST. */
export function tickerRow(scene: Scene, market: MarketModel) {
  const print = scene.last(market)
  const { rolling } = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  return {
    currency_pair: market.spec.symbol,
    last: price(market, print.price),
    lowest_ask: price(market, asks[0]?.[0] ?? 0),
    highest_bid: price(market, bids[0]?.[0] ?? 0),
    change_percentage: percent(rolling.open, print.price),
    base_volume: size(rolling.volume),
    quote_volume: worth(market, rolling.worth),
    high_24h: price(market, rolling.high),
    low_24h: price(market, rolling.low),
  }
}

function sayTicker({ scene }: Moment, market: MarketModel): Frame {
  return { text: update(scene, 'spot.tickers', tickerRow(scene, market)) }
}

function sayTouch({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const book = scene.book(market, 1)
  const [[b, B] = ['', '']] = levels(market, book.bids)
  const [[a, A] = ['', '']] = levels(market, book.asks)
  const touch = { s: market.spec.symbol, b, B, a, A }
  const state = JSON.stringify(touch)
  if (cause === 'tick' && state === memory) return undefined
  const result = { t: Math.floor(scene.now), u: updateId(market, book), ...touch }
  return { text: update(scene, 'spot.book_ticker', result), memory: state }
}

interface Told extends Known {
  readonly id: number
}

/** Frames of books have no seconds, and another order of keys. A side without changes is left out. */
function sayBook(name: string, depth: number): Speak {
  const frame = ({ now }: Scene, result: object) =>
    JSON.stringify({ channel: 'spot.obu', result, time_ms: Math.floor(now), event: 'update' })
  return ({ scene, cause, memory }, market) => {
    const told = memory as Told | undefined
    const book = scene.book(market, depth)
    const t = Math.floor(scene.now)
    if (cause === 'snapshot' || told === undefined) {
      // Who comes later gets the book that the next change is one of.
      const whole = told ?? { ...book, id: updateId(market, book) }
      const sides = { b: levels(market, whole.bids), a: levels(market, whole.asks) }
      return { text: frame(scene, { t, full: true, s: name, u: whole.id, ...sides }), memory: whole }
    }
    const b = levels(market, changesOf(told.bids, book.bids))
    const a = levels(market, changesOf(told.asks, book.asks))
    if (b.length === 0 && a.length === 0) return undefined
    const id = updateId(market, book)
    const sides = { ...(b.length > 0 && { b }), ...(a.length > 0 && { a }) }
    return { text: frame(scene, { t, s: name, u: id, U: told.id + 1, ...sides }), memory: { ...book, id } }
  }
}
