/** What became of a book's side, for topics that say only changes. */

import type { ModelBook, Order } from './book.ts'

/** A book as those who listen know it. */
export type Known = Pick<ModelBook, 'bids' | 'asks'>

/** Orders that are new or of another size, and those that are gone (or were pushed out of the depth) with size 0. In no order. */
export function changesOf(before: readonly Order[], now: readonly Order[]): readonly Order[] {
  const old = new Map(before)
  const held = new Map(now)
  return [
    ...now.filter(([units, amount]) => old.get(units) !== amount),
    ...before.filter(([units]) => !held.has(units)).map(([units]): Order => [units, 0]),
  ]
}
