/** Kraken's public REST. https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs and its neighbours. */

import type { Level, Ticker } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Decoded, Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'
import { call, soleKey } from './call.ts'
import { getMarkets } from './markets.ts'
import { toRestKeys } from './symbols.ts'

const MINUTES: readonly number[] = [1, 5, 15, 30, 60, 240, 1440]

const MAX_TRADES = 1000
const MAX_CANDLES = 720
const BOOK_LEVELS = 100

const SIDES: Readonly<Record<string, 'buy' | 'sell'>> = { b: 'buy', s: 'sell' }

export const rest: Rest = {
  hosts: ['https://api.kraken.com'],
  // What is documented counts by key; without one, a call a second has always been served.
  limits: { public: { count: 1, per: SECOND } },
  markets: getMarkets,
  tickers(markets) {
    if (markets.length === 0) return []
    const natives = new Map(markets.flatMap((native) => toRestKeys(native).map((key) => [key, native] as const)))
    return [
      call('Ticker', {}, (result) =>
        [...new Set(result.keys)].flatMap((key): readonly Decoded<Ticker>[] => {
          const market = natives.get(key)
          const data = market === undefined ? undefined : tickerOf(result.object(key))
          return market === undefined || data === undefined ? [] : [{ market, data }]
        }),
      ),
    ]
  },
  trades: (market, limit) =>
    call('Trades', { pair: market, count: Math.min(limit, MAX_TRADES) }, (result) =>
      result.list(soleKey(result)).map((row) =>
        present({
          market,
          at: row.millis('2'),
          atText: row.finerTime('2'),
          data: {
            kind: 'trade' as const,
            id: row.id('6'),
            price: row.positive('0'),
            size: row.positive('1'),
            side: takerSide(row),
          },
        }),
      ),
    ),
  intervals: MINUTES.map((count) => count * MINUTE),
  candles(market, interval, to, limit) {
    if (!MINUTES.includes(interval / MINUTE)) throw new RangeError(`Kraken has no candles of ${interval} ms.`)
    const count = Math.min(limit, MAX_CANDLES)
    const since = Math.floor((to - count * interval) / SECOND) - 1
    return call('OHLC', { pair: market, interval: interval / MINUTE, since }, (result) =>
      result
        .list(soleKey(result))
        .map(toCandle)
        .filter(({ openAt }) => openAt < to) // it gives the newest, whatever the end
        .slice(-count),
    )
  },
  book: (market) =>
    call('Depth', { pair: market, count: BOOK_LEVELS }, (result) => {
      const book = result.object(soleKey(result))
      return {
        market,
        data: {
          kind: 'book' as const,
          snapshot: true,
          bids: asBids(book.list('bids').flatMap(toLevels)),
          asks: asAsks(book.list('asks').flatMap(toLevels)),
        },
      }
    }),
}

/** Of [today, 24 hours] the second. `o` opens the day at 00:00 UTC and is no 24-hour value. No time is given. */
function tickerOf(row: Fields): Ticker | undefined {
  const last = row.inner('c').amount('0')
  if (last === '0') return undefined
  return present({
    kind: 'ticker' as const,
    last,
    bid: row.inner('b').optionalPrice('0'),
    ask: row.inner('a').optionalPrice('0'),
    high24h: row.inner('h').optionalPrice('1'),
    low24h: row.inner('l').optionalPrice('1'),
    volume24h: row.inner('v').optionalAmount('1'),
  })
}

function takerSide(row: Fields): 'buy' | 'sell' {
  const side = SIDES[row.text('3')]
  if (side === undefined) throw row.wrong('bad-value', '3', 'is neither b nor s')
  return side
}

/** A row: [price, size, seconds]. Sizes have three decimals here, so that a small one is written 0.000: no level to show. */
function toLevels(row: Fields): readonly Level[] {
  const level: Level = [row.positive('0'), row.amount('1')]
  return level[1] === '0' ? [] : [level]
}

/** A row: [opens, open, high, low, close, vwap, volume, trades]. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('1'),
    high: row.positive('2'),
    low: row.positive('3'),
    close: row.positive('4'),
    volume: row.amount('6'),
    trades: row.count('7'),
  }
}
