import type { Millis } from '../../shared/market.ts'

/** How a subscription usually speaks. */
export interface Rhythm {
  add(interval: Millis): void
  /**
   * The length that all but the longest intervals stay under, where each interval weighs by its own length: 95 % of the
   * time is spent in intervals no longer than this. Weighing by time, a burst of a hundred trades does not hide that
   * the next burst is ten seconds away. Undefined until enough is known.
   */
  normal(): Millis | undefined
}

const QUANTILE = 0.95
const ENOUGH = 8
/** After so many intervals old ones count half, so that the rhythm follows the hour of the day. */
const HALVE_AT = 256
const BINS = 96
const BINS_PER_DOUBLING = 4
/** Values that arrive together are one sign of life. */
const TOGETHER: Millis = 5

export function createRhythm(): Rhythm {
  const time = new Float64Array(BINS)
  const count = new Float64Array(BINS)
  let total = 0
  return {
    add(interval) {
      if (interval < TOGETHER) return
      const bin = Math.min(BINS - 1, Math.floor(Math.log2(interval) * BINS_PER_DOUBLING))
      time[bin]! += interval
      count[bin]! += 1
      if (++total < HALVE_AT) return
      total /= 2
      for (let index = 0; index < BINS; index++) {
        time[index]! /= 2
        count[index]! /= 2
      }
    },
    normal() {
      if (total < ENOUGH) return undefined
      let left = QUANTILE * time.reduce((sum, value) => sum + value, 0)
      for (let bin = 0; bin < BINS; bin++) {
        left -= time[bin]!
        if (left <= 0 && count[bin]! > 0) return time[bin]! / count[bin]!
      }
      return undefined
    },
  }
}
