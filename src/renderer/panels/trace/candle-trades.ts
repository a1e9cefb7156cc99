import type { TapeRow } from '../../../shared/market-view.ts'
import type { Millis } from '../../../shared/market.ts'

/** A candle's trades that are listed: more, and picking one is no choice any more. */
export const MOST_LISTED = 200

/** The trades of a stretch of time, newest first, out of an answer that may reach back behind it. */
export function tradesOf(trades: readonly TapeRow[], from: Millis, to: Millis): readonly TapeRow[] {
  return trades.filter(({ at }) => at >= from && at < to).toReversed()
}
