/** Upbit's values as its servers write them: the JSON text of every field, and the order in which each message holds them. */

import type { Millis } from '../../../shared/market.ts'
import { touchAt } from '../book.ts'
import type { ModelBook } from '../book.ts'
import type { ModelCandle } from '../candles.ts'
import { fixed, javaDouble, plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { Summary } from '../summary.ts'
import type { Print } from '../venue.ts'
import { bare, kst, stamp, utc } from './clock.ts'

/** JSON texts by field name. */
export type Values = Readonly<Record<string, string>>

const DIGITS = 8

/** A price with eight fractional digits: 106691000.00000000. */
export function priceText(market: MarketModel, units: number): string {
  return fixed(units, market.spec.scale, DIGITS)
}

export function sizeText(units: number | bigint): string {
  return fixed(units, DIGITS, DIGITS)
}

function worthText(market: MarketModel, worth: bigint): string {
  return fixed(worth, market.spec.scale + DIGITS, market.spec.scale + DIGITS)
}

/** Last price against the close of the day before. */
function changeValues(market: MarketModel, last: number, before: number): Values {
  const difference = last - before
  const rate = (difference / before).toFixed(10)
  return {
    prev_closing_price: priceText(market, before),
    change: difference === 0 ? '"EVEN"' : difference > 0 ? '"RISE"' : '"FALL"',
    change_price: priceText(market, Math.abs(difference)),
    change_rate: rate.replace('-', ''),
    signed_change_price: priceText(market, difference),
    signed_change_rate: rate,
  }
}

export function tradeValues(market: MarketModel, print: Print, previousClose: number, now: Millis): Values {
  const { date, time } = utc(print.at)
  const { bid, ask } = touchAt(market, print.modelAt)
  const { scale, symbol } = market.spec
  const change = changeValues(market, print.price, previousClose)
  return {
    ...change,
    type: '"trade"',
    code: `"${symbol}"`,
    timestamp: String(now),
    trade_date: `"${date}"`,
    trade_time: `"${time}"`,
    trade_timestamp: String(print.at),
    trade_price: priceText(market, print.price),
    trade_volume: sizeText(print.size),
    ask_bid: print.side === 'sell' ? '"ASK"' : '"BID"',
    sequential_id: print.id,
    best_ask_price: plain(ask[0], scale),
    best_ask_size: sizeText(ask[1]),
    best_bid_price: plain(bid[0], scale),
    best_bid_size: sizeText(bid[1]),
    // REST's names for the same
    market: `"${symbol}"`,
    trade_date_utc: `"${date}"`,
    trade_time_utc: `"${time}"`,
    rest_change_price: change['signed_change_price'] ?? '0',
    rest_timestamp: String(print.at),
  }
}

export function tickerValues(market: MarketModel, print: Print, summary: Summary, now: Millis): Values {
  const { day, rolling, year, previousClose } = summary
  const traded = bare(utc(print.at))
  const tradedKst = bare(kst(print.at))
  const { symbol } = market.spec
  return {
    ...changeValues(market, print.price, previousClose),
    type: '"ticker"',
    code: `"${symbol}"`,
    market: `"${symbol}"`,
    opening_price: priceText(market, day.open),
    high_price: priceText(market, day.high),
    low_price: priceText(market, day.low),
    trade_price: priceText(market, print.price),
    trade_volume: sizeText(print.size),
    ask_bid: print.side === 'sell' ? '"ASK"' : '"BID"',
    acc_trade_price: worthText(market, day.worth),
    acc_trade_price_24h: worthText(market, rolling.worth),
    acc_trade_volume: sizeText(day.volume),
    acc_trade_volume_24h: sizeText(rolling.volume),
    acc_ask_volume: sizeText(day.volume - day.volume / 2n),
    acc_bid_volume: sizeText(day.volume / 2n),
    trade_date: `"${traded.date}"`,
    trade_time: `"${traded.time}"`,
    trade_date_kst: `"${tradedKst.date}"`,
    trade_time_kst: `"${tradedKst.time}"`,
    trade_timestamp: String(print.at),
    highest_52_week_price: priceText(market, year.high),
    highest_52_week_date: `"${utc(year.highAt).date}"`,
    lowest_52_week_price: priceText(market, year.low),
    lowest_52_week_date: `"${utc(year.lowAt).date}"`,
    market_state: '"ACTIVE"',
    is_trading_suspended: 'false',
    delisting_date: 'null',
    market_warning: market.spec.warning === undefined ? '"NONE"' : '"CAUTION"',
    timestamp: String(now),
  }
}

/** How the numbers of a book are spelled: the default stream, the short stream and REST all differ. */
export type BookSpelling = 'default' | 'simple' | 'rest'

/** Both sides padded to thirty places where the book has at least one order less; a place without orders is price 0. */
export function bookValues(market: MarketModel, book: ModelBook, spelling: BookSpelling, count: number): Values {
  const { scale, symbol } = market.spec
  const price = (units: number) => (spelling === 'default' ? javaDouble(units, scale) : plain(units, scale))
  const size = (units: number | bigint) => {
    if (spelling === 'default') return sizeText(units)
    return spelling === 'simple' ? javaDouble(units, DIGITS) : plain(units, DIGITS)
  }
  const names = spelling === 'simple' ? ['ap', 'bp', 'as', 'bs'] : ['ask_price', 'bid_price', 'ask_size', 'bid_size']
  const units: string[] = []
  let asks = 0n
  let bids = 0n
  for (let place = 0; place < count; place += 1) {
    const [ask, askSize] = book.asks[place] ?? [0, 0]
    const [bid, bidSize] = book.bids[place] ?? [0, 0]
    asks += BigInt(askSize)
    bids += BigInt(bidSize)
    const values = [price(ask), price(bid), size(askSize), size(bidSize)]
    units.push(`{${names.map((name, nth) => `"${name}":${values[nth]}`).join(',')}}`)
  }
  return {
    type: '"orderbook"',
    code: `"${symbol}"`,
    market: `"${symbol}"`,
    timestamp: String(book.at),
    total_ask_size: size(asks),
    total_bid_size: size(bids),
    orderbook_units: `[${units.join(',')}]`,
    level: '0',
  }
}

export function candleValues(market: MarketModel, candle: ModelCandle): Values {
  const { symbol } = market.spec
  return {
    code: `"${symbol}"`,
    market: `"${symbol}"`,
    candle_date_time_utc: `"${stamp(utc(candle.openAt))}"`,
    candle_date_time_kst: `"${stamp(kst(candle.openAt))}"`,
    opening_price: priceText(market, candle.open),
    high_price: priceText(market, candle.high),
    low_price: priceText(market, candle.low),
    trade_price: priceText(market, candle.close),
    timestamp: String(candle.lastAt),
    candle_acc_trade_price: worthText(market, candle.worth),
    candle_acc_trade_volume: sizeText(candle.volume),
  }
}
