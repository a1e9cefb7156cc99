import { compareDecimals } from '../../shared/decimal.ts'
import type { Decimal, Level } from '../../shared/market.ts'

/** One side of a book, kept sorted: a change costs a search, not a sort, however many levels there are. */
export interface BookSide {
  /** Sets a level, or with size '0' removes it. */
  set(level: Level): void
  /** Holds these levels and nothing else, whatever their order. */
  replace(levels: readonly Level[]): void
  /** Forgets all but the best `count`. */
  cut(count: number): void
  /** The best `count` levels, best first. */
  top(count: number): readonly Level[]
}

/** `direction`: 1 where the highest price is best (bids), -1 where the lowest is (asks). */
export function createBookSide(direction: 1 | -1): BookSide {
  // Best last: nearly all changes are near the best price, and there little has to move.
  let ranks: number[] = []
  let levels: Level[] = []

  const isBelow = (at: number, rank: number, price: Decimal): boolean => {
    const known = ranks[at] ?? 0
    if (known !== rank) return known < rank
    // Prices that differ behind the digits of a double.
    return compareDecimals(levels[at]?.[0] ?? price, price) * direction < 0
  }
  /** Where the price is, or would be put. */
  const placeOf = (rank: number, price: Decimal): number => {
    let low = 0
    let high = ranks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBelow(middle, rank, price)) low = middle + 1
      else high = middle
    }
    return low
  }
  const set = (level: Level) => {
    const [price, size] = level
    const rank = Number(price) * direction
    const at = placeOf(rank, price)
    const isKnown = levels[at]?.[0] === price
    if (size === '0') {
      if (!isKnown) return
      ranks.splice(at, 1)
      levels.splice(at, 1)
    } else if (isKnown) levels[at] = level
    else {
      ranks.splice(at, 0, rank)
      levels.splice(at, 0, level)
    }
  }

  return {
    set,
    replace(next) {
      // A later word about the same price holds.
      const sizes = new Map(next)
      levels = [...sizes].filter(([, size]) => size !== '0')
      levels.sort(([left], [right]) => compareDecimals(left, right) * direction)
      ranks = levels.map(([price]) => Number(price) * direction)
    },
    cut(count) {
      const over = levels.length - count
      if (over <= 0) return
      ranks.splice(0, over)
      levels.splice(0, over)
    },
    top: (count) => levels.slice(Math.max(0, levels.length - count)).toReversed(),
  }
}
