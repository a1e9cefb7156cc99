/** The close of the day before, which a ticker's record of the earlier systems holds and a venue gives only as a change. */

import { compareDecimals } from '../../../shared/decimal.ts'
import { addDecimals, divideDecimals, formatExact, multiplyDecimals, parseExact } from '../../../shared/exact.ts'
import type { Decimal, Ticker } from '../../../shared/market.ts'

/**
 * The one price, in the digits that the ticker's prices have, from which the venue's own change follows exactly. Undefined
 * where there is none, or where a price with one digit more would do as well: a price is not made up.
 */
export function previousClose(ticker: Ticker): Decimal | undefined {
  const { last, change } = ticker
  if (change === undefined || compareDecimals(change, '-1') <= 0) return undefined
  const prices = [last, ticker.bid, ticker.ask, ticker.open24h, ticker.high24h, ticker.low24h]
  const scale = Math.max(...prices.map((price) => (price === undefined ? 0 : parseExact(price).scale)))
  const found = divideDecimals(last, addDecimals('1', change), scale)
  const step = formatExact(1n, scale + 1)
  const digits = parseExact(change).scale
  const fits = (close: Decimal) =>
    compareDecimals(close, '0') > 0 && divideDecimals(subtract(last, close), close, digits) === change
  if (!fits(found) || fits(addDecimals(found, step)) || fits(subtract(found, step))) return undefined
  return found
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return addDecimals(left, multiplyDecimals(right, '-1'))
}
