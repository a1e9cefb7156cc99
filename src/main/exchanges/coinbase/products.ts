/**
 * Calls of Advanced Trade's REST that serve both feeds: the one list of all tickers there is, and books of a depth to
 * choose. https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/rest-api
 */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Book, Instrument, Level, Ticker } from '../../../shared/market.ts'
import type { Decoded, RestCall } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { whenOf } from './fields.ts'
import { toKey } from './symbols.ts'

const BOOK_LEVELS = 100

const SPOT = { product_type: 'SPOT' }

/** Tickers of those of `markets` that have a price. Bid and ask are mostly empty here, and no time is given. */
export function allTickers(markets: readonly string[]): RestCall<readonly Decoded<Ticker>[]> {
  const known = new Set(markets)
  return call('advanced', '/products', SPOT, (body) =>
    body.list('products').flatMap((row) => {
      const market = row.text('product_id')
      const data = known.has(market) ? tickerOf(row) : undefined
      return data === undefined ? [] : [{ market, data }]
    }),
  )
}

function tickerOf(row: Fields): Ticker | undefined {
  const last = optionalPrice(row, 'price')
  if (last === undefined) return undefined
  const change = row.optionalText('price_percentage_change_24h')
  return present({
    kind: 'ticker' as const,
    last,
    bid: optionalPrice(row, 'best_bid_price'),
    ask: optionalPrice(row, 'best_ask_price'),
    volume24h: row.optionalText('volume_24h') === undefined ? undefined : row.amount('volume_24h'),
    change: change === undefined ? undefined : toDecimal(`${row.decimal('price_percentage_change_24h')}e-2`),
  })
}

/** A price, or undefined where the text is empty. */
function optionalPrice(row: Fields, key: string): string | undefined {
  return row.optionalText(key) === undefined ? undefined : row.optionalPrice(key)
}

/** The market list of Advanced Trade. A product that is another's alias has no book of its own: what is asked of BTC-USDC comes as BTC-USD. */
export const allProducts: RestCall<readonly Instrument[]> = call('advanced', '/products', SPOT, (body) =>
  body.list('products').flatMap((row) => (row.optionalText('alias') === undefined ? [toInstrument(row)] : [])),
)

const FLAGS = ['cancel_only', 'post_only', 'limit_only', 'auction_mode'] as const

function toInstrument(row: Fields): Instrument {
  const native = row.text('product_id')
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'product_id', `is not a pair: ${native}`)
  const isOff = ['trading_disabled', 'is_disabled', 'view_only'].some((flag) => isSet(row, flag))
  return present({
    key,
    venue: 'coinbase' as const,
    native,
    base: row.text('base_currency_id'),
    quote: row.text('quote_currency_id'),
    names: present({ en: row.optionalText('base_name') }),
    tickSize: optionalPrice(row, 'price_increment') ?? optionalPrice(row, 'quote_increment'),
    sizeStep: optionalPrice(row, 'base_increment'),
    status: statusOf(row, isOff),
    warning: warningOf(row),
  })
}

/** `isOff`: whether some flag says that nobody trades, whatever the status. */
export function statusOf(row: Fields, isOff: boolean): Instrument['status'] {
  return row.text('status') === 'online' && !isOff && !isSet(row, 'cancel_only') ? 'trading' : 'halted'
}

/** What is not allowed now, in the venue's word. */
export function warningOf(row: Fields): string | undefined {
  return FLAGS.find((flag) => isSet(row, flag))
}

export function isSet(row: Fields, flag: string): boolean {
  return row.has(flag) && row.flag(flag)
}

/** The top of a book. The Exchange's own call gives the best level or all of some ten thousand. */
export function topOfBook(market: string): RestCall<Decoded<Book>> {
  return call('advanced', '/product_book', { product_id: market, limit: BOOK_LEVELS }, (body) => {
    const book = body.object('pricebook')
    return {
      market,
      ...whenOf(book, 'time'),
      data: {
        kind: 'book',
        snapshot: true,
        bids: asBids(book.list('bids').map(toLevel)),
        asks: asAsks(book.list('asks').map(toLevel)),
      },
    }
  })
}

function toLevel(row: Fields): Level {
  return [row.positive('price'), row.positive('size')]
}
