/** Bybit's market-data REST. https://bybit-exchange.github.io/docs/v5/market/instrument */

import type { Instrument, Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody, present } from '../reader.ts'
import { wholeBook } from './book.ts'
import { takerSide, tickerOf } from './stream.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  ...[1, 3, 5, 15, 30].map((count) => [count * MINUTE, String(count)] as const),
  ...[1, 2, 4, 6, 12].map((count) => [count * HOUR, String(count * 60)] as const),
  [DAY, 'D'],
])

const MOST_TRADES = 60
const MOST_CANDLES = 1_000

export const rest: Rest = {
  hosts: ['https://api.bybit.com', 'https://api.bytick.com'],
  // Beyond it, status 403 for ten minutes.
  limits: { address: { count: 600, per: 5 * SECOND } },
  restAfter403: 10 * MINUTE,
  markets: (get) => get(call('instruments-info', {}, (body) => body.object('result').list('list').map(toInstrument))),
  tickers: (markets) =>
    markets.length === 0
      ? []
      : [
          call('tickers', {}, (body) => {
            const at = body.millis('time')
            return body
              .object('result')
              .list('list')
              .flatMap((row) => {
                const data = tickerOf(row)
                return data === undefined ? [] : [{ market: row.text('symbol'), at, data }]
              })
          }),
        ],
  trades: (market, limit) =>
    call('recent-trade', { symbol: market, limit: Math.min(limit, MOST_TRADES) }, (body) =>
      body
        .object('result')
        .list('list')
        .map((row) => ({
          market,
          at: row.millis('time'),
          data: {
            kind: 'trade' as const,
            id: row.id('execId'),
            price: row.positive('price'),
            size: row.positive('size'),
            side: takerSide(row, 'side'),
          },
        }))
        .toReversed() // the newest come first, which is seen and not documented
        .toSorted((left, right) => left.at - right.at),
    ),
  tradesPerAnswer: MOST_TRADES,
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit) {
    const name = CANDLES.get(interval)
    if (name === undefined) throw new RangeError(`Bybit has no candles of ${interval} ms.`)
    const query = { symbol: market, interval: name, end: to - 1, limit: Math.min(limit, MOST_CANDLES) }
    return call('kline', query, (body) => body.object('result').list('list').map(toCandle).toReversed())
  },
  book: (market) =>
    call('orderbook', { symbol: market, limit: 50 }, (body) => {
      const result = body.object('result')
      return { market, at: result.millis(result.has('cts') ? 'cts' : 'ts'), data: wholeBook(result) }
    }),
}

function call<T>(
  name: string,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: `/v5/market/${name}?${new URLSearchParams([['category', 'spot'], ...pairs]).toString()}`,
    group: 'address',
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

/** Errors come with status 200. */
function toError(body: Fields): VenueError | undefined {
  const code = body.id('retCode')
  return code === '0' ? undefined : new VenueError(code, body.optionalText('retMsg') ?? 'no reason given')
}

function toInstrument(row: Fields): Instrument {
  const base = row.text('baseCoin')
  const quote = row.text('quoteCoin')
  return present({
    key: `bybit:${base}/${quote}` as const,
    venue: 'bybit' as const,
    native: row.text('symbol'),
    base,
    quote,
    names: {},
    tickSize: row.object('priceFilter').optionalPrice('tickSize'),
    sizeStep: row.object('lotSizeFilter').optionalPrice('basePrecision'),
    status: row.text('status') === 'Trading' ? ('trading' as const) : ('halted' as const),
    warning: row.has('stTag') && row.id('stTag') === '1' ? 'ST' : undefined, // special treatment
  })
}

/** A row: [opens, open, high, low, close, volume, turnover]. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('1'),
    high: row.positive('2'),
    low: row.positive('3'),
    close: row.positive('4'),
    volume: row.amount('5'),
    quoteVolume: row.amount('6'),
  }
}
