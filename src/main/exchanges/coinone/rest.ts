/** Coinone's public REST, version 2. https://docs.coinone.co.kr/reference */

import type { Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import type { Candle, Decoded, Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { mergeCandles } from '../merge-candles.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { getMarkets } from './markets.ts'
import { bookOf, changeOf, tradeOf } from './stream.ts'
import { marketOf, toPair } from './symbols.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  ...[1, 3, 5, 10, 15, 30].map((count) => [count * MINUTE, `${count}m`] as const),
  [HOUR, '1h'],
])
/** Where the venue's own longer candles begin is not documented, so ours are put together from hours. */
const MERGED: readonly Millis[] = [4 * HOUR, DAY]

/** The only counts that trades are given in. */
const TRADE_COUNTS: readonly number[] = [10, 50, 100, 150, 200]
const MAX_TRADES = 200
const MAX_CANDLES = 500
const BOOK_LEVELS = 16

export const rest: Rest = {
  hosts: ['https://api.coinone.co.kr'],
  limits: { public: { count: 1_200, per: MINUTE } },
  markets: getMarkets,
  tickers(markets) {
    const quotes = new Set(markets.flatMap((market) => toPair(market)?.quote_currency ?? []))
    return [...quotes].map((quote) =>
      call(`ticker_new/${encodeURIComponent(quote)}`, { additional_data: 'true' }, (body) =>
        body.list('tickers').flatMap(decodeTicker),
      ),
    )
  },
  trades(market, limit) {
    const size = TRADE_COUNTS.find((count) => count >= limit) ?? MAX_TRADES
    return call(`trades/${pathOf(market)}`, { size }, (body) =>
      body
        .list('transactions')
        .map((row) => ({ market, at: row.millis('timestamp'), data: tradeOf(row) }))
        .toSorted((left, right) => left.at - right.at || compareIds(left.data.id, right.data.id)) // their order is not documented
        .slice(-limit),
    )
  },
  tradesPerAnswer: MAX_TRADES,
  intervals: [...CANDLES.keys(), ...MERGED],
  candles(market, interval, to, limit) {
    const hours = MERGED.includes(interval) ? interval / HOUR : undefined
    const name = CANDLES.get(hours === undefined ? interval : HOUR)
    if (name === undefined) throw new RangeError(`Coinone has no candles of ${interval} ms.`)
    const size = Math.min(limit * (hours ?? 1), MAX_CANDLES)
    return call(`chart/${pathOf(market)}`, { interval: name, timestamp: to - 1, size }, (body) => {
      const rows = body.list('chart').map(toCandle)
      const candles = rows.filter(({ openAt }) => openAt < to).toSorted((left, right) => left.openAt - right.openAt)
      return hours === undefined ? candles : mergeCandles(candles, interval, rows.length >= size)
    })
  },
  book: (market) =>
    call(`orderbook/${pathOf(market)}`, { size: BOOK_LEVELS }, (body) => ({
      market: marketOf(body),
      at: body.millis('timestamp'),
      data: bookOf(body),
    })),
}

function pathOf(market: string): string {
  return market.split('/').map(encodeURIComponent).join('/')
}

/** Ids are whole numbers in text, the later the higher. */
function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : Number(left > right))
}

/** As on the stream, highs, lows and volumes are not those of 24 hours. */
function decodeTicker(row: Fields): readonly Decoded<Ticker>[] {
  const last = row.amount('last')
  if (last === '0') return []
  const data = present({
    kind: 'ticker' as const,
    last,
    bid: row.list('best_bids')[0]?.optionalPrice('price'),
    ask: row.list('best_asks')[0]?.optionalPrice('price'),
    change: changeOf(row, last),
  })
  return [{ market: marketOf(row), at: row.millis('timestamp'), data }]
}

function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('timestamp'),
    open: row.positive('open'),
    high: row.positive('high'),
    low: row.positive('low'),
    close: row.positive('close'),
    volume: row.amount('target_volume'),
    quoteVolume: row.amount('quote_volume'),
  }
}
