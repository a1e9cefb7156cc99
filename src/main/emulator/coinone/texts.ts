/** Coinone's values: texts of plain numbers, and times that are numbers. Keys stand in the order of its messages. */

import type { Order } from '../book.ts'
import type { ModelCandle } from '../candles.ts'
import { fixed, plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { Summary } from '../summary.ts'
import type { Print } from '../venue.ts'

const DIGITS = 8

export function price(market: MarketModel, units: number): string {
  return plain(units, market.spec.scale)
}

/** At least one fractional digit, as REST's tickers and steps have it: '50543000.0'. */
export function pointed(market: MarketModel, units: number): string {
  return fixed(units, market.spec.scale, Math.max(1, market.spec.scale))
}

export function size(units: number | bigint): string {
  return plain(units, DIGITS)
}

/** A worth in won, cut to four digits. */
export function worth(market: MarketModel, units: bigint): string {
  return plain(units / 10n ** BigInt(market.spec.scale + DIGITS - 4), 4)
}

export function pairOf({ spec }: MarketModel) {
  return { quote_currency: spec.quote, target_currency: spec.base }
}

export function tradeValues(market: MarketModel, print: Print) {
  return {
    id: print.id,
    timestamp: print.at,
    price: price(market, print.price),
    qty: size(print.size),
    is_seller_maker: print.side === 'buy',
  }
}

export function levels(market: MarketModel, orders: readonly Order[]) {
  return orders.map(([at, amount]) => ({ price: price(market, at), qty: size(amount) }))
}

/** A stretch of trading under the names of tickers. */
export function dayValues(market: MarketModel, day: ModelCandle) {
  return {
    quote_volume: worth(market, day.worth),
    target_volume: size(day.volume),
    high: price(market, day.high),
    low: price(market, day.low),
    first: price(market, day.open),
  }
}

/** Yesterday: its close is the model's, the rest is that of the last 24 hours. */
export function yesterdayValues(market: MarketModel, { previousClose, rolling }: Summary) {
  return {
    yesterday_high: price(market, Math.max(rolling.high, previousClose)),
    yesterday_low: price(market, Math.min(rolling.low, previousClose)),
    yesterday_first: price(market, rolling.open),
    yesterday_last: price(market, previousClose),
    yesterday_quote_volume: worth(market, rolling.worth),
    yesterday_target_volume: size(rolling.volume),
  }
}

/** Ids of books are their time and three digits; trades' too. */
export function idOf(at: number, nth = 1): string {
  return `${at}${String(nth).padStart(3, '0')}`
}
