/** Digital X's public REST. https://docs.digitalx.miraeasset.com */

import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { mergeCandles } from '../merge-candles.ts'
import { call } from './call.ts'
import { getMarkets } from './markets.ts'
import { tickerOf, toBook, toTrade } from './stream.ts'

/** By its word: minutes. */
const CANDLES: ReadonlyMap<Millis, string> = new Map(
  [1, 5, 15, 30, 60].map((count) => [count * MINUTE, String(count)] as const),
)
/** Those of 240 and of days open by Korean time, so ours are put together from hours. */
const MERGED: readonly Millis[] = [4 * HOUR, DAY]

const MAX_TRADES = 500
const MAX_CANDLES = 200
/** Up to so many markets are asked for by name, for more the tickers of all. */
const FEW = 20

export const rest: Rest = {
  // The second is the former name, which still answered on the same paths.
  hosts: ['https://api.digitalx.miraeasset.com', 'https://api.korbit.co.kr'],
  limits: { public: { count: 50, per: SECOND } },
  markets: getMarkets,
  tickers(markets) {
    if (markets.length === 0) return []
    return [
      // The time that comes with them is that of the last trade, which may be long ago.
      call('tickers', markets.length > FEW ? {} : { symbol: markets.join(',') }, (rows) =>
        rows.all().flatMap((row) => {
          const data = tickerOf(row)
          return data === undefined ? [] : [{ market: row.text('symbol'), data }]
        }),
      ),
    ]
  },
  trades: (market, limit) =>
    call('trades', { symbol: market, limit: Math.min(limit, MAX_TRADES) }, (rows) =>
      rows
        .all()
        .map((row) => toTrade(market, row))
        .toReversed(),
    ),
  tradesPerAnswer: MAX_TRADES,
  intervals: [...CANDLES.keys(), ...MERGED],
  candles(market, interval, to, limit) {
    const hours = MERGED.includes(interval) ? interval / HOUR : undefined
    const name = CANDLES.get(hours === undefined ? interval : HOUR)
    if (name === undefined) throw new RangeError(`Digital X has no candles of ${interval} ms.`)
    const count = Math.min(limit * (hours ?? 1), MAX_CANDLES)
    return call('candles', { symbol: market, interval: name, end: to - 1, limit: count }, (rows) => {
      const all = rows.all().map(toCandle)
      const candles = all.filter(({ openAt }) => openAt < to).toSorted((left, right) => left.openAt - right.openAt)
      return hours === undefined ? candles : mergeCandles(candles, interval, all.length >= count)
    })
  },
  book: (market) => call('orderbook', { symbol: market }, (data) => toBook(market, data)),
}

function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('timestamp'),
    open: row.positive('open'),
    high: row.positive('high'),
    low: row.positive('low'),
    close: row.positive('close'),
    volume: row.amount('volume'),
  }
}
