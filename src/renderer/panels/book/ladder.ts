/** The order book as the rows of a ladder: best prices nearest the middle, each with the running total. */

import type { BookRow } from '../../../shared/market-view.ts'
import type { Decimal } from '../../../shared/market.ts'
import { groupLevels } from './group.ts'

export interface Rung {
  readonly price: Decimal
  readonly size: Decimal
  /** Size up to this price, from the middle. */
  readonly total: number
  /** The total as a part of the larger side's, 0 … 1. */
  readonly share: number
}

export interface Ladder {
  /** Best first; at most DEPTH. */
  readonly asks: readonly Rung[]
  readonly bids: readonly Rung[]
  /** Part of the bids in all that is shown, 0 … 1; undefined where a side is empty. */
  readonly bidShare: number | undefined
}

/** Rows of each side. */
export const DEPTH = 12

/** The nearest levels of a side with their running totals. */
function toTotals(levels: BookRow['bids']): Omit<Rung, 'share'>[] {
  let total = 0
  return levels.slice(0, DEPTH).map(([price, size]) => {
    total += Number(size)
    return { price, size, total }
  })
}

/** `step`: prices are put together in steps of this; absent: each price of the venue has a row. */
export function toLadder(book: Pick<BookRow, 'bids' | 'asks'>, step?: Decimal): Ladder {
  const side = (kind: 'bid' | 'ask') => {
    const levels = kind === 'bid' ? book.bids : book.asks
    return toTotals(step === undefined ? levels : groupLevels(levels, step, kind))
  }
  const [asks, bids] = [side('ask'), side('bid')]
  const [askTotal, bidTotal] = [asks.at(-1)?.total ?? 0, bids.at(-1)?.total ?? 0]
  const most = Math.max(askTotal, bidTotal)
  const share = (rung: Omit<Rung, 'share'>) => ({ ...rung, share: most === 0 ? 0 : rung.total / most })
  return {
    asks: asks.map(share),
    bids: bids.map(share),
    bidShare: askTotal === 0 || bidTotal === 0 ? undefined : bidTotal / (askTotal + bidTotal),
  }
}
