/** Binance's market-data REST. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints */

import type { Instrument, Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody, present } from '../reader.ts'
import { bookOf } from './book.ts'
import { toFraction } from './stream.ts'

const CANDLES: ReadonlyMap<Millis, string> = new Map([
  [SECOND, '1s'],
  ...[1, 3, 5, 15, 30].map((count) => [count * MINUTE, `${count}m`] as const),
  ...[1, 2, 4, 6, 8, 12].map((count) => [count * HOUR, `${count}h`] as const),
  [DAY, '1d'],
])

const MAX_ROWS = 1000

export const rest: Rest = {
  hosts: [
    'https://api.binance.com',
    'https://api-gcp.binance.com',
    'https://api1.binance.com',
    'https://data-api.binance.vision', // market data only; answers where the others refuse a region
  ],
  limits: { weight: { count: 6000, per: MINUTE } },
  markets: (get) =>
    get(
      call('/api/v3/exchangeInfo', { showPermissionSets: 'false' }, 20, (body) =>
        body.list('symbols').map(toInstrument),
      ),
    ),
  tickers: (markets) =>
    markets.length === 0
      ? []
      : [
          call('/api/v3/ticker/24hr', {}, 80, (body) =>
            body.all().flatMap((row) => {
              const data = tickerOf(row)
              return data === undefined ? [] : [{ market: row.text('symbol'), at: row.millis('closeTime'), data }]
            }),
          ),
        ],
  trades: (market, limit) =>
    call(
      '/api/v3/trades',
      { symbol: market, limit: Math.min(limit, MAX_ROWS) },
      25,
      (body) =>
        body
          .all()
          .map((row) => ({
            market,
            at: row.millis('time'),
            data: {
              kind: 'trade' as const,
              id: row.id('id'),
              price: row.positive('price'),
              size: row.positive('qty'),
              side: row.flag('isBuyerMaker') ? ('sell' as const) : ('buy' as const),
            },
          }))
          .toSorted((left, right) => left.at - right.at), // their order is not documented
    ),
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit) {
    const name = CANDLES.get(interval)
    if (name === undefined) throw new RangeError(`Binance has no candles of ${interval} ms.`)
    const query = { symbol: market, interval: name, endTime: to - 1, limit: Math.min(limit, MAX_ROWS) }
    return call('/api/v3/klines', query, 2, (body) => body.all().map(toCandle))
  },
  book: (market) =>
    call('/api/v3/depth', { symbol: market, limit: 100 }, 5, (body) => ({ market, data: bookOf(body) })),
}

function call<T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  weight: number,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`,
    group: 'weight',
    weight,
    decode: (body) => decode(openBody(body, toError)),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('code')) return undefined
  return new VenueError(body.id('code'), body.optionalText('msg') ?? 'no reason given')
}

function toInstrument(row: Fields): Instrument {
  const base = row.text('baseAsset')
  const quote = row.text('quoteAsset')
  const filters = row.list('filters')
  return present({
    key: `binance:${base}/${quote}` as const,
    venue: 'binance' as const,
    native: row.text('symbol'),
    base,
    quote,
    names: {},
    tickSize: stepOf(filters, 'PRICE_FILTER', 'tickSize'),
    sizeStep: stepOf(filters, 'LOT_SIZE', 'stepSize'),
    status: row.text('status') === 'TRADING' ? ('trading' as const) : ('halted' as const), // HALT, BREAK, CANCEL_ONLY
  })
}

/** A step of 0 means that the filter is off. */
function stepOf(filters: readonly Fields[], type: string, key: string): string | undefined {
  return filters.find((filter) => filter.text('filterType') === type)?.optionalPrice(key)
}

function tickerOf(row: Fields): Ticker | undefined {
  const last = row.amount('lastPrice')
  if (last === '0') return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: row.optionalPrice('bidPrice'),
    ask: row.optionalPrice('askPrice'),
    open24h: row.optionalPrice('openPrice'),
    high24h: row.optionalPrice('highPrice'),
    low24h: row.optionalPrice('lowPrice'),
    volume24h: row.optionalAmount('volume'),
    quoteVolume24h: row.optionalAmount('quoteVolume'),
    change: row.has('priceChangePercent') ? toFraction(row.decimal('priceChangePercent')) : undefined,
  })
}

/** A row: [opens, open, high, low, close, volume, closes, quote volume, trades, taker's buy volume, …]. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('1'),
    high: row.positive('2'),
    low: row.positive('3'),
    close: row.positive('4'),
    volume: row.amount('5'),
    quoteVolume: row.amount('7'),
    buyVolume: row.amount('9'),
    trades: row.count('8'),
  }
}
