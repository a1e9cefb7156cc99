/** Bithumb's values as its servers write them: the JSON text of every field. */

import { HOUR } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import type { ModelBook } from '../book.ts'
import type { ModelCandle } from '../candles.ts'
import { fixed, plain } from '../digits.ts'
import { hash } from '../hash.ts'
import type { MarketModel } from '../model.ts'
import type { Summary } from '../summary.ts'
import { bare, kst, stamp, utc } from '../upbit/clock.ts'
import type { Values } from '../upbit/texts.ts'
import type { Print } from '../venue.ts'

const DIGITS = 8
/** Fractional digits of sizes in books. */
const BOOK_DIGITS = 4

const quoted = (text: string) => `"${text}"`

function price(market: MarketModel, units: number): string {
  return plain(units, market.spec.scale)
}

function size(units: number | bigint): string {
  return plain(units, DIGITS)
}

function worth(market: MarketModel, units: bigint): string {
  return plain(units / 10n ** BigInt(market.spec.scale), DIGITS)
}

/** Rounded to four digits: '0.0000' at a live price, though not at a price of 0, which pads. */
function bookSize(units: number | bigint): string {
  const step = 10n ** BigInt(DIGITS - BOOK_DIGITS)
  return units === 0 ? '0' : fixed((BigInt(units) + step / 2n) / step, BOOK_DIGITS, BOOK_DIGITS)
}

/** Last price against the close of the day before. */
function changeValues(market: MarketModel, last: number, before: number): Values {
  const difference = last - before
  const rate = (difference / before).toFixed(DIGITS)
  return {
    prev_closing_price: price(market, before),
    change: difference === 0 ? '"EVEN"' : difference > 0 ? '"RISE"' : '"FALL"',
    change_price: price(market, Math.abs(difference)),
    change_rate: rate.replace('-', ''),
    signed_change_price: price(market, difference),
    signed_change_rate: rate,
  }
}

/** The print, its times in words of Korea and of UTC, and both forms of its id. */
function printValues(market: MarketModel, print: Print): Values {
  const [korean, world] = [kst(print.at), utc(print.at)]
  const { symbol } = market.spec
  return {
    code: quoted(symbol),
    market: quoted(symbol),
    trade_price: price(market, print.price),
    trade_volume: size(print.size),
    ask_bid: print.side === 'sell' ? '"ASK"' : '"BID"',
    trade_date: quoted(korean.date),
    trade_time: quoted(korean.time),
    trade_date_utc: quoted(world.date),
    trade_time_utc: quoted(world.time),
    bare_date: quoted(bare(korean).date),
    bare_time: quoted(bare(korean).time),
    bare_date_utc: quoted(bare(world).date),
    bare_time_utc: quoted(bare(world).time),
    trade_timestamp: String(print.at),
    // Korean time as if it were UTC: what REST's tickers give.
    shifted_timestamp: String(print.at + 9 * HOUR),
    sequential_id: print.id,
    rest_id: `${print.at}${String(print.nth).padStart(4, '0')}`,
  }
}

export function tradeValues(market: MarketModel, print: Print, previousClose: number, now: Millis): Values {
  return {
    ...printValues(market, print),
    ...changeValues(market, print.price, previousClose),
    type: '"trade"',
    timestamp: String(now),
  }
}

export function tickerValues(market: MarketModel, print: Print, summary: Summary, now: Millis): Values {
  const { day, rolling, year, previousClose } = summary
  return {
    ...printValues(market, print),
    ...changeValues(market, print.price, previousClose),
    type: '"ticker"',
    opening_price: price(market, day.open),
    high_price: price(market, day.high),
    low_price: price(market, day.low),
    acc_trade_price: worth(market, day.worth),
    acc_trade_price_24h: worth(market, rolling.worth),
    acc_trade_volume: size(day.volume),
    acc_trade_volume_24h: size(rolling.volume),
    acc_ask_volume: size(day.volume - day.volume / 2n),
    acc_bid_volume: size(day.volume / 2n),
    highest_52_week_price: price(market, year.high),
    highest_52_week_date: quoted(kst(year.highAt).date),
    lowest_52_week_price: price(market, year.low),
    lowest_52_week_date: quoted(kst(year.lowAt).date),
    market_state: '"ACTIVE"',
    is_trading_suspended: 'false',
    market_warning: market.spec.warning === undefined ? '"NONE"' : '"CAUTION"',
    timestamp: String(now),
  }
}

/** Both sides side by side; the shorter one is padded with price 0 and size 0. */
export function bookValues(market: MarketModel, book: ModelBook, places: number, isBrief = false): Values {
  const names = isBrief ? ['ap', 'bp', 'as', 'bs'] : ['ask_price', 'bid_price', 'ask_size', 'bid_size']
  let asks = 0n
  let bids = 0n
  const units = Array.from({ length: places }, (_, place) => {
    const [ask, askSize] = book.asks[place] ?? [0, 0]
    const [bid, bidSize] = book.bids[place] ?? [0, 0]
    asks += BigInt(askSize)
    bids += BigInt(bidSize)
    const values = [price(market, ask), price(market, bid), bookSize(askSize), bookSize(bidSize)]
    return `{${names.map((name, nth) => `"${name}":${values[nth]}`).join(',')}}`
  })
  const { symbol } = market.spec
  return {
    type: '"orderbook"',
    code: quoted(symbol),
    market: quoted(symbol),
    total_ask_size: bookSize(asks),
    total_bid_size: bookSize(bids),
    orderbook_units: `[${units.join(',')}]`,
    level: '1',
    timestamp: `${book.at}${String(hash(market.seed, 34, book.step) % 1_000).padStart(3, '0')}`,
    timestamp_ms: String(book.at),
  }
}

export function candleValues(market: MarketModel, candle: ModelCandle): Values {
  const before = market.touch(candle.openAt - 1).bid
  return {
    ...changeValues(market, candle.close, before),
    market: quoted(market.spec.symbol),
    candle_date_time_utc: quoted(stamp(utc(candle.openAt))),
    candle_date_time_kst: quoted(stamp(kst(candle.openAt))),
    opening_price: price(market, candle.open),
    high_price: price(market, candle.high),
    low_price: price(market, candle.low),
    trade_price: price(market, candle.close),
    timestamp: String(candle.lastAt),
    candle_acc_trade_price: worth(market, candle.worth),
    candle_acc_trade_volume: size(candle.volume),
    first_day_of_period: quoted(kst(candle.openAt).date),
  }
}
