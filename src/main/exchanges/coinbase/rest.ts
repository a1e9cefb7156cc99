/** Coinbase Exchange's REST. https://docs.cdp.coinbase.com/exchange/reference/exchangerestapi_getproducts and its neighbours. */

import type { Instrument } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Candle, Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { takerSide, whenOf } from './fields.ts'
import { allTickers, isSet, statusOf, topOfBook, warningOf } from './products.ts'
import { toKey } from './symbols.ts'

const INTERVALS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY]

const MAX_TRADES = 1000
/** More are not cut but refused. */
const MAX_CANDLES = 300

/** Ten calls a second on either host; the Exchange's are documented. */
export const LIMITS = { exchange: { count: 10, per: SECOND }, advanced: { count: 10, per: SECOND } }

export const rest: Rest = {
  hosts: ['https://api.exchange.coinbase.com'],
  limits: LIMITS,
  markets: (get) => get(call('exchange', '/products', {}, (body) => body.all().flatMap(toInstrument))),
  // The Exchange has no call for all of them.
  tickers: (markets) => (markets.length === 0 ? [] : [allTickers(markets)]),
  trades: (market, limit, before) => {
    const query = { limit: Math.min(limit, MAX_TRADES), ...(before && { after: before.data.id }) }
    return call('exchange', `/products/${market}/trades`, query, (body) =>
      body
        .all()
        .map((row) => ({
          market,
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
    )
  },
  tradePages: true,
  intervals: INTERVALS,
  candles(market, interval, to, limit) {
    if (!INTERVALS.includes(interval)) throw new RangeError(`Coinbase has no candles of ${interval} ms.`)
    const count = Math.min(limit, MAX_CANDLES)
    const end = Math.ceil(to / interval) * interval
    const query = {
      granularity: interval / SECOND,
      start: toText(end - count * interval),
      end: toText(end - SECOND), // a candle that opens at the end would be one too many
    }
    return call('exchange', `/products/${market}/candles`, query, (body) => body.all().map(toCandle).toReversed())
  },
  book: topOfBook,
}

function toText(at: number): string {
  return new Date(at).toISOString()
}

function toInstrument(row: Fields): readonly Instrument[] {
  const native = row.text('id')
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'id', `is not a pair: ${native}`)
  if (row.text('status') === 'delisted') return [] // kept in the list for ever
  return [
    present({
      key,
      venue: 'coinbase' as const,
      native,
      base: row.text('base_currency'),
      quote: row.text('quote_currency'),
      names: {},
      tickSize: row.optionalPrice('quote_increment'),
      sizeStep: row.optionalPrice('base_increment'),
      status: statusOf(row, isSet(row, 'trading_disabled')),
      warning: warningOf(row),
    }),
  ]
}

/** A row: [opens, low, high, open, close, volume]. Intervals without a trade have none. */
function toCandle(row: Fields): Candle {
  return {
    openAt: row.millis('0'),
    open: row.positive('3'),
    high: row.positive('2'),
    low: row.positive('1'),
    close: row.positive('4'),
    volume: row.amount('5'),
  }
}
