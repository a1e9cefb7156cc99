/** Longer candles made of hours, for venues whose own begin elsewhere than on whole multiples of their length in UTC. */

import { compareDecimals } from '../../shared/decimal.ts'
import { addDecimals } from '../../shared/exact.ts'
import type { Millis } from '../../shared/market.ts'
import type { Candle } from './exchange.ts'

/**
 * Candles of `interval`, oldest first in and out. `isCut`: there are candles before the first, so what it begins in the
 * middle of is left out.
 */
export function mergeCandles(candles: readonly Candle[], interval: Millis, isCut: boolean): readonly Candle[] {
  const merged: Candle[] = []
  for (const candle of candles) {
    const openAt = Math.floor(candle.openAt / interval) * interval
    const last = merged.at(-1)
    if (last?.openAt === openAt) merged[merged.length - 1] = joined(last, candle)
    else merged.push({ ...candle, openAt })
  }
  return merged.slice(isCut && merged[0]?.openAt !== candles[0]?.openAt ? 1 : 0)
}

function joined(before: Candle, next: Candle): Candle {
  const [quotes, nextQuotes] = [before.quoteVolume, next.quoteVolume]
  return {
    openAt: before.openAt,
    open: before.open,
    high: compareDecimals(next.high, before.high) > 0 ? next.high : before.high,
    low: compareDecimals(next.low, before.low) < 0 ? next.low : before.low,
    close: next.close,
    volume: addDecimals(before.volume, next.volume),
    ...(quotes !== undefined && nextQuotes !== undefined && { quoteVolume: addDecimals(quotes, nextQuotes) }),
  }
}
