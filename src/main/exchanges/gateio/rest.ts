/** Gate.io's market-data REST. https://www.gate.com/docs/developers/apiv4/en/#spot */

import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Limit, Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'
import { DEPTH, wholeBook } from './book.ts'
import { toInstrument } from './markets.ts'
import { decodeTrade, tickerOf } from './stream.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  ...[1, 10].map((count) => [count * SECOND, `${count}s`] as const),
  ...[1, 5, 15, 30].map((count) => [count * MINUTE, `${count}m`] as const),
  ...[1, 4, 8].map((count) => [count * HOUR, `${count}h`] as const),
  [DAY, '1d'],
])

const MOST_ROWS = 1_000

/** Each call has a limit of its own. */
const LIMIT: Limit = { count: 200, per: 10 * SECOND }
const LIMITS = {
  currency_pairs: LIMIT,
  tickers: LIMIT,
  trades: LIMIT,
  candlesticks: LIMIT,
  order_book: LIMIT,
} satisfies Record<string, Limit>

export const rest: Rest = {
  hosts: ['https://api.gateio.ws'],
  limits: LIMITS,
  markets: (get) => get(call('currency_pairs', {}, (body) => body.all().map(toInstrument))),
  tickers: (markets) =>
    markets.length === 0
      ? []
      : [
          call('tickers', {}, (body) =>
            body.all().flatMap((row) => {
              const data = tickerOf(row)
              return data === undefined ? [] : [{ market: row.text('currency_pair'), data }]
            }),
          ),
        ],
  trades: (market, limit) =>
    call('trades', { currency_pair: market, limit: Math.min(limit, MOST_ROWS) }, (body) =>
      body.all().map(decodeTrade).toReversed(),
    ),
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit) {
    const name = CANDLES.get(interval)
    if (name === undefined) throw new RangeError(`Gate.io has no candles of ${interval} ms.`)
    // Both ends are among the answer, and beside them no limit may be given.
    const newest = Math.floor((to - 1) / interval) * interval
    const oldest = newest - (Math.min(limit, MOST_ROWS) - 1) * interval
    const query = { currency_pair: market, interval: name, from: oldest / SECOND, to: newest / SECOND }
    return call('candlesticks', query, (body) => body.all().map(toCandle))
  },
  book: (market) =>
    call('order_book', { currency_pair: market, limit: DEPTH, with_id: 'true' }, (body) => ({
      market,
      data: wholeBook(body, 'id'),
    })),
}

function call<T>(
  name: keyof typeof LIMITS,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  const path = `/api/v4/spot/${name}`
  return {
    path: pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`,
    group: name,
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('label')) return undefined
  return new VenueError(body.text('label'), body.optionalText('message') ?? 'no reason given')
}

/** A row, in an order of its own: [opens in seconds, quote volume, close, high, low, open, volume, closed]. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('5'),
    high: row.positive('3'),
    low: row.positive('4'),
    close: row.positive('2'),
    volume: row.amount('6'),
    quoteVolume: row.amount('1'),
  }
}
