/** OKX's market-data REST. https://www.okx.com/docs-v5/en/#order-book-trading-market-data */

import type { Instrument, InstrumentKey, Millis, Trade } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import type { Candle, Decoded, Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { wholeBook } from './book.ts'
import { call, LIMITS } from './call.ts'
import { mergeFills } from './fills.ts'
import { tickerOf } from './stream.ts'

/** Without `utc` the longer ones open at 16:00 UTC. */
const CANDLES: ReadonlyMap<Millis, string> = new Map([
  ...[1, 3, 5, 15, 30].map((count) => [count * MINUTE, `${count}m`] as const),
  ...[1, 2, 4].map((count) => [count * HOUR, `${count}H`] as const),
  ...[6, 12].map((count) => [count * HOUR, `${count}Hutc`] as const),
  [DAY, '1Dutc'],
])

const MOST_FILLS = 500
const MOST_CANDLES = 300
/** Older ones are to be had from another call. */
const NEWEST_CANDLES = 1_440

export const rest: Rest = {
  // Its hosts of other regions have other lists and other books: no substitutes.
  hosts: ['https://openapi.okx.com', 'https://www.okx.com'],
  limits: LIMITS,
  markets: (get) => get(call('instruments', { instType: 'SPOT' }, (rows) => rows.map(toInstrument))),
  tickers: (markets) =>
    markets.length === 0
      ? []
      : [
          call('tickers', { instType: 'SPOT' }, (rows) =>
            rows.flatMap((row) => {
              const data = tickerOf(row)
              return data === undefined ? [] : [{ market: row.text('instId'), at: row.millis('ts'), data }]
            }),
          ),
        ],
  // A limit counts fills, of which a trade may have many.
  trades: (market, limit) =>
    call('trades', { instId: market, limit: MOST_FILLS }, (rows) =>
      mergeFills(rows.toReversed(), rows.length === MOST_FILLS)
        .slice(-limit)
        .map((trade): Decoded<Trade> => ({ market, ...trade })),
    ),
  tradesPerAnswer: MOST_FILLS / 10,
  intervals: [...CANDLES.keys()],
  candles(market, interval, to, limit, now = to) {
    const bar = CANDLES.get(interval)
    if (bar === undefined) throw new RangeError(`OKX has no candles of ${interval} ms.`)
    const isOld = to <= now - (NEWEST_CANDLES - MOST_CANDLES) * interval
    const query = { instId: market, bar, after: to, limit: Math.min(limit, MOST_CANDLES) }
    return call(isOld ? 'history-candles' : 'candles', query, (rows) => rows.toReversed().map(toCandle))
  },
  book: (market) =>
    call('books', { instId: market, sz: 400 }, ([row]) => {
      if (row === undefined) return { market, data: { kind: 'book', snapshot: true, bids: [], asks: [] } }
      return { market, at: row.millis('ts'), data: wholeBook(row) }
    }),
}

/** Key of a native symbol: 'BTC-USDT' is 'okx:BTC/USDT'. */
export function toKey(native: string): InstrumentKey | undefined {
  const [base = '', quote = '', ...rest] = native.split('-')
  const isPair = rest.length === 0 && /^[^\s/]+$/.test(base) && /^[^\s/]+$/.test(quote)
  return isPair ? `okx:${base}/${quote}` : undefined
}

function toInstrument(row: Fields): Instrument {
  const native = row.text('instId')
  const base = row.text('baseCcy')
  const quote = row.text('quoteCcy')
  return present({
    key: `okx:${base}/${quote}` as const,
    venue: 'okx' as const,
    native,
    base,
    quote,
    names: {},
    tickSize: row.optionalPrice('tickSz'),
    sizeStep: row.optionalPrice('lotSz'),
    status: row.text('state') === 'live' ? ('trading' as const) : ('halted' as const), // suspend, preopen, rebase, …
  })
}

/** A row: [opens, open, high, low, close, volume, quote volume of a spot market, quote volume, closed]. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('1'),
    high: row.positive('2'),
    low: row.positive('3'),
    close: row.positive('4'),
    volume: row.amount('5'),
    quoteVolume: row.amount('7'),
  }
}
