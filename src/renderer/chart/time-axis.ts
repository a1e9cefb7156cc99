/**
 * The chart's time axis as numbers. Bars stand side by side by index, not by time: an instant inside a bar's interval lies
 * within that bar's slot, an instant between two slots lies on the edge between them.
 */

import type { Millis } from '../../shared/market.ts'

/** Position on the axis in bars: slot `i` spans i − 0.5 … i + 0.5. */
export type Logical = number

/** Where an instant lies. `openAts` are the slots, ascending. */
export function logicalAt(openAts: readonly Millis[], interval: Millis, at: Millis): Logical {
  if (openAts.length === 0) return 0
  const index = slotAt(openAts, at)
  if (index < 0) return (at - openAts[0]!) / interval - 0.5
  const inside = (at - openAts[index]!) / interval
  const last = index === openAts.length - 1
  return index - 0.5 + (last ? inside : Math.min(inside, 1))
}

/** Which instant lies at a position: the inverse of `logicalAt`, as far as there is one. */
export function instantAt(openAts: readonly Millis[], interval: Millis, logical: Logical): Millis {
  if (openAts.length === 0) return 0
  const from = logical + 0.5
  const index = Math.min(Math.max(Math.floor(from), 0), openAts.length - 1)
  return openAts[index]! + (from - index) * interval
}

/** Index of the last slot that opens at or before `at`, −1 when there is none. */
export function slotAt(openAts: readonly Millis[], at: Millis): number {
  let low = 0
  let high = openAts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (openAts[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
