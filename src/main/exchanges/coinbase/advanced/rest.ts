/** Advanced Trade's public REST. https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/rest-api */

import type { Millis } from '../../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../../shared/market.ts'
import type { Candle, Rest } from '../../exchange.ts'
import type { Fields } from '../../fields.ts'
import { call } from '../call.ts'
import { takerSide, whenOf } from '../fields.ts'
import { allProducts, allTickers, topOfBook } from '../products.ts'
import { LIMITS } from '../rest.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  [MINUTE, 'ONE_MINUTE'],
  [5 * MINUTE, 'FIVE_MINUTE'],
  [15 * MINUTE, 'FIFTEEN_MINUTE'],
  [30 * MINUTE, 'THIRTY_MINUTE'],
  [HOUR, 'ONE_HOUR'],
  [2 * HOUR, 'TWO_HOUR'],
  [6 * HOUR, 'SIX_HOUR'],
  [DAY, 'ONE_DAY'],
])

const MAX_TRADES = 1000
const MAX_CANDLES = 350

export const rest: Rest = {
  hosts: ['https://api.coinbase.com'],
  limits: { advanced: LIMITS.advanced },
  markets: (get) => get(allProducts),
  tickers: (markets) => (markets.length === 0 ? [] : [allTickers(markets)]),
  trades: (market, limit) =>
    call('advanced', `/products/${market}/ticker`, { limit: Math.min(limit, MAX_TRADES) }, (body) =>
      body
        .list('trades')
        .map((row) => ({
          market: row.text('product_id'),
          ...whenOf(row, 'time'),
          data: {
            kind: 'trade' as const,
            id: row.id('trade_id'),
            price: row.positive('price'),
            size: row.positive('size'),
            side: takerSide(row),
          },
        }))
        .toReversed(),
    ),
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit) {
    const granularity = CANDLES.get(interval)
    if (granularity === undefined) throw new RangeError(`Coinbase has no candles of ${interval} ms.`)
    const count = Math.min(limit, MAX_CANDLES)
    const end = Math.ceil(to / interval) * interval
    const query = {
      start: (end - count * interval) / SECOND,
      end: end / SECOND - 1, // a candle that opens at the end would be one too many
      granularity,
      limit: count,
    }
    return call('advanced', `/products/${market}/candles`, query, (body) =>
      body.list('candles').map(toCandle).toReversed(),
    )
  },
  book: topOfBook,
}

function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('start'),
    open: row.positive('open'),
    high: row.positive('high'),
    low: row.positive('low'),
    close: row.positive('close'),
    volume: row.amount('volume'),
  }
}
