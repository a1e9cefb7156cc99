/** Upbit's quotation REST. https://docs.upbit.com/kr/reference/list-trading-pairs and its neighbours. */

import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Rest } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { call } from './call.ts'
import { getMarkets, quoteOf } from './markets.ts'
import { bookOf, takerSide, tickerOf } from './stream.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  [SECOND, 'seconds'],
  ...[1, 3, 5, 10, 15, 30].map((unit) => [unit * MINUTE, `minutes/${unit}`] as const),
  [HOUR, 'minutes/60'],
  [4 * HOUR, 'minutes/240'],
  [DAY, 'days'],
])

const MAX_TRADES = 500
const MAX_CANDLES = 200

const TEN_PER_SECOND = { count: 10, per: SECOND }

export const rest: Rest = {
  hosts: ['https://api.upbit.com'],
  limits: {
    market: TEN_PER_SECOND,
    ticker: TEN_PER_SECOND,
    trade: TEN_PER_SECOND,
    candle: TEN_PER_SECOND,
    orderbook: TEN_PER_SECOND,
  },
  markets: getMarkets,
  tickers(markets) {
    const quotes = [...new Set(markets.map(quoteOf))].filter((quote) => quote !== '')
    if (quotes.length === 0) return []
    return [
      call('ticker', '/v1/ticker/all', { quote_currencies: quotes.join(',') }, (body) =>
        body.all().flatMap((row) => {
          const data = tickerOf(row)
          return data === undefined ? [] : [{ market: row.text('market'), at: row.millis('timestamp'), data }]
        }),
      ),
    ]
  },
  trades: (market, limit, before) =>
    call(
      'trade',
      '/v1/trades/ticks',
      { market, count: Math.min(limit, MAX_TRADES), ...(before && { cursor: before.data.id }) },
      (body) =>
        body
          .all()
          .map((row) => ({
            market: row.text('market'),
            at: row.millis('timestamp'),
            data: {
              kind: 'trade' as const,
              id: row.id('sequential_id'),
              price: row.positive('trade_price'),
              size: row.positive('trade_volume'),
              side: takerSide(row),
            },
          }))
          .toReversed(),
    ),
  tradesPerAnswer: MAX_TRADES,
  tradePages: true,
  tradesOfDay: true,
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit) {
    const kind = CANDLES.get(interval)
    if (kind === undefined) throw new RangeError(`Upbit has no candles of ${interval} ms.`)
    // Candles open on whole seconds, so those before `to` are those before the next whole second.
    const before = `${new Date(Math.ceil(to / SECOND) * SECOND).toISOString().slice(0, 19)}Z`
    return call('candle', `/v1/candles/${kind}`, { market, to: before, count: Math.min(limit, MAX_CANDLES) }, (body) =>
      body.all().map(toCandle).toReversed(),
    )
  },
  book: (market) =>
    call('orderbook', '/v1/orderbook', { markets: market }, (body) => {
      const [row] = body.all()
      if (row === undefined) throw new FrameError('missing-field', 'The list of books is empty.')
      return { market: row.text('market'), at: row.millis('timestamp'), data: bookOf(row) }
    }),
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
