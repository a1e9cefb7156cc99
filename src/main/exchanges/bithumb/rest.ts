/** Bithumb's quotation REST. https://apidocs.bithumb.com/reference */

import type { Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Decoded, Rest } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { mergeCandles } from '../merge-candles.ts'
import { present } from '../reader.ts'
import { toMillis } from '../time.ts'
import { call } from './call.ts'
import { getMarkets } from './markets.ts'
import { bookOf, tickerOf, tradeOf } from './stream.ts'

const KOREAN_TIME = 9 * HOUR

/** By the unit of minutes. Those of 240 and of days open by Korean time, so ours are put together from hours. */
const CANDLES: ReadonlyMap<Millis, number> = new Map(
  [1, 3, 5, 10, 15, 30, 60].map((unit) => [unit * MINUTE, unit] as const),
)
const MERGED: readonly Millis[] = [4 * HOUR, DAY]

const MAX_TRADES = 500
const MAX_CANDLES = 200
/** Of 200 that a call may name, so that its path stays near a kilobyte. */
const CODES_PER_CALL = 100

const PER_CATEGORY = { count: 150, per: SECOND }

export const rest: Rest = {
  hosts: ['https://api.bithumb.com'],
  limits: {
    ticker: PER_CATEGORY,
    trade: PER_CATEGORY,
    candle: PER_CATEGORY,
    orderbook: PER_CATEGORY,
    other: PER_CATEGORY,
  },
  markets: getMarkets,
  tickers: (markets) =>
    Array.from({ length: Math.ceil(markets.length / CODES_PER_CALL) }, (_, at) => {
      const codes = markets.slice(at * CODES_PER_CALL, (at + 1) * CODES_PER_CALL)
      return call('ticker', '/v1/ticker', { markets: codes.join(',') }, (body) => body.all().flatMap(decodeTicker))
    }),
  trades: (market, limit) =>
    call('trade', '/v1/trades/ticks', { market, count: Math.min(limit, MAX_TRADES) }, (body) =>
      body
        .all()
        .map((row) => {
          const at = row.millis('timestamp')
          return { market: row.text('market'), at, data: tradeOf(row, at) }
        })
        .toReversed(),
    ),
  tradesPerAnswer: MAX_TRADES,
  tradesOfDay: true,
  intervals: [...CANDLES.keys(), ...MERGED],
  candles(market, interval, to, limit) {
    const hours = MERGED.includes(interval) ? interval / HOUR : undefined
    const unit = CANDLES.get(hours === undefined ? interval : HOUR)
    if (unit === undefined) throw new RangeError(`Bithumb has no candles of ${interval} ms.`)
    const count = Math.min(limit * (hours ?? 1), MAX_CANDLES)
    return call('candle', `/v1/candles/minutes/${unit}`, { market, to: koreanTime(to), count }, (body) => {
      const candles = body.all().map(toCandle).toReversed()
      return hours === undefined ? candles : mergeCandles(candles, interval, candles.length >= count)
    })
  },
  book: (market) =>
    call('orderbook', '/v1/orderbook', { markets: market }, (body) => {
      const [row] = body.all()
      if (row === undefined) throw new FrameError('missing-field', 'The list of books is empty.')
      return { market: row.text('market'), at: row.millis('timestamp'), data: bookOf(row) }
    }),
}

/** What Bithumb takes for `to`, exclusive. Candles open on whole seconds, so those before `to` are those before the next whole second. */
function koreanTime(to: Millis): string {
  return new Date(Math.ceil(to / SECOND) * SECOND + KOREAN_TIME).toISOString().slice(0, 19)
}

function decodeTicker(row: Fields): readonly Decoded<Ticker>[] {
  const data = tickerOf(row)
  return data === undefined ? [] : [present({ market: row.text('market'), at: timeOf(row), data })]
}

/**
 * The timestamps of tickers were seen nine hours ahead: Korean time written as if it were UTC. Date and time in words
 * are true, so a shift of nothing or of nine hours is told by them; at any other the time is not known.
 */
function timeOf(row: Fields): Millis | undefined {
  const at = row.millis('timestamp')
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(row.text('trade_date')) ?? []
  const [, hour, minute, second] = /^(\d\d)(\d\d)(\d\d)$/.exec(row.text('trade_time')) ?? []
  const worded = toMillis(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (worded === undefined) return undefined
  const shift = Math.floor(row.millis('trade_timestamp') / SECOND) * SECOND - worded
  return shift === 0 || shift === KOREAN_TIME ? at - shift : undefined
}

function toCandle(row: Fields): Candle {
  return {
    openAt: row.utcMillis('candle_date_time_utc'),
    open: row.positive('opening_price'),
    high: row.positive('high_price'),
    low: row.positive('low_price'),
    close: row.positive('trade_price'),
    volume: row.amount('candle_acc_trade_volume'),
    quoteVolume: row.amount('candle_acc_trade_price'),
  }
}
