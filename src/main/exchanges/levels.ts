/** The sides of a book, best level first, whatever order the venue sends. */

import { compareDecimals } from '../../shared/decimal.ts'
import type { Level } from '../../shared/market.ts'

/** Lowest price first. */
export function asAsks(levels: readonly Level[]): readonly Level[] {
  return sorted(levels, 1)
}

/** Highest price first. */
export function asBids(levels: readonly Level[]): readonly Level[] {
  return sorted(levels, -1)
}

function sorted(levels: readonly Level[], direction: 1 | -1): readonly Level[] {
  for (let at = 1; at < levels.length; at += 1) {
    const [previous] = levels[at - 1] as Level
    const [price] = levels[at] as Level
    if (compareDecimals(previous, price) * direction > 0)
      return levels.toSorted(([left], [right]) => compareDecimals(left, right) * direction)
  }
  return levels
}
