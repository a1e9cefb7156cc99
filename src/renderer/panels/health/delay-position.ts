import type { Millis } from '../../../shared/market.ts'

const LEAST: Millis = 10
const MOST: Millis = 2_000

/** Where a delay stands between 10 ms (0) and 2 s (1), by its logarithm. */
export function delayPosition(delay: Millis): number {
  const bounded = Math.min(MOST, Math.max(LEAST, delay))
  return Math.log(bounded / LEAST) / Math.log(MOST / LEAST)
}

/** p99 from which a delay is worth a colour. */
export const SLOW_DELAY: Millis = 500
