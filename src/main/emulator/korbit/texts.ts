/** Digital X's values: texts of plain numbers, and times that are numbers. Keys stand in the order of its messages. */

import type { ModelBook, Order } from '../book.ts'
import { plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { Print, Scene } from '../venue.ts'

const DIGITS = 8

export function price(market: MarketModel, units: number): string {
  return plain(units, market.spec.scale)
}

export function size(units: number | bigint): string {
  return plain(units, DIGITS)
}

export function isStopped({ spec }: MarketModel, now: number): boolean {
  return spec.haltedAt !== undefined && spec.haltedAt <= now
}

export function tradeValues(market: MarketModel, print: Print) {
  return {
    timestamp: print.at,
    price: price(market, print.price),
    qty: size(print.size),
    isBuyerTaker: print.side === 'buy',
    tradeId: Number(print.id),
  }
}

/** The last 24 hours. A stopped market has no bid and no ask. */
export function tickerValues(market: MarketModel, print: Print, scene: Scene) {
  const { rolling } = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  const touch = (side: readonly Order[]) => (isStopped(market, scene.now) ? '0' : price(market, side[0]?.[0] ?? 0))
  const previous = rolling.open
  return {
    open: price(market, rolling.open),
    high: price(market, rolling.high),
    low: price(market, rolling.low),
    close: price(market, print.price),
    prevClose: price(market, previous),
    priceChange: price(market, print.price - previous),
    priceChangePercent: String(Number((((print.price - previous) / previous) * 100).toFixed(2))),
    volume: size(rolling.volume),
    quoteVolume: plain(rolling.worth / 10n ** BigInt(market.spec.scale + DIGITS - 5), 5),
    bestAskPrice: touch(asks),
    bestBidPrice: touch(bids),
    lastTradedAt: print.at,
  }
}

/** The whole book, best first. That of a stopped market is empty, and as old as its end. */
export function bookValues(market: MarketModel, book: ModelBook, now: number) {
  const empty = isStopped(market, now)
  const side = (orders: readonly Order[]) =>
    empty ? [] : orders.map(([at, amount]) => ({ price: price(market, at), qty: size(amount) }))
  return { timestamp: empty ? market.spec.haltedAt : book.at, asks: side(book.asks), bids: side(book.bids) }
}
