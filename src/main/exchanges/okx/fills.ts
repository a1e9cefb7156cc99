/** Single fills, as REST lists them, put together as the stream tells them: so a trade has one id and one size by either way. */

import { addDecimals } from '../../../shared/exact.ts'
import type { Millis, Trade } from '../../../shared/market.ts'
import type { Fields } from '../fields.ts'
import { tradeOf } from './stream.ts'

interface Fill {
  readonly at: Millis
  readonly data: Trade
  /** What kind of order it met: the stream tells those apart. */
  readonly source: string | undefined
}

/**
 * Trades of fills, oldest first in and out. Neighbours of one moment, price, side and source are one trade, under the id
 * of the last. `isCut`: there are fills before the first, so the first trade may lack some, and is left out.
 */
export function mergeFills(
  rows: readonly Fields[],
  isCut: boolean,
): readonly { readonly at: Millis; readonly data: Trade }[] {
  const trades: Fill[] = []
  for (const row of rows) {
    const fill: Fill = { at: row.millis('ts'), data: tradeOf(row), source: row.optionalText('source') }
    const before = trades.at(-1)
    if (before !== undefined && isSame(before, fill)) trades[trades.length - 1] = joined(before, fill)
    else trades.push(fill)
  }
  return trades.slice(isCut ? 1 : 0).map(({ at, data }) => ({ at, data }))
}

function isSame(left: Fill, right: Fill): boolean {
  return (
    left.at === right.at &&
    left.data.price === right.data.price &&
    left.data.side === right.data.side &&
    left.source === right.source
  )
}

function joined(before: Fill, last: Fill): Fill {
  return { ...last, data: { ...last.data, size: addDecimals(before.data.size, last.data.size) } }
}
