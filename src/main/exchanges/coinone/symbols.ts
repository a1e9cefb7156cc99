/** Coinone names a market by two currencies. Here they are one symbol, as they stand in its REST paths: 'KRW/BTC'. */

import type { InstrumentKey } from '../../../shared/market.ts'
import type { Fields } from '../fields.ts'

export interface Pair {
  readonly quote_currency: string
  readonly target_currency: string
}

/** The pair of a symbol, in the words of the venue; undefined where it is none. */
export function toPair(native: string): Pair | undefined {
  const match = /^([^\s/]+)\/([^\s/]+)$/.exec(native)
  return match === null ? undefined : { quote_currency: match[1] ?? '', target_currency: match[2] ?? '' }
}

/** Key of a native symbol: 'KRW/BTC' is 'coinone:BTC/KRW'. */
export function toKey(native: string): InstrumentKey | undefined {
  const pair = toPair(native)
  return pair && `coinone:${pair.target_currency}/${pair.quote_currency}`
}

/** The symbol of the market that these fields are of. REST's tickers name it in lower case. */
export function marketOf(fields: Fields): string {
  return `${currency(fields, 'quote_currency')}/${currency(fields, 'target_currency')}`
}

function currency(fields: Fields, key: string): string {
  const text = fields.text(key)
  if (/[\s/]/.test(text)) throw fields.wrong('bad-value', key, `is no currency: ${text}`)
  return text.toUpperCase()
}
