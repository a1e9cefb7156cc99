/** Where a market of the list can be moved: within its group, or anywhere where there are no groups. */

import { slotAt } from '../../chart/time-axis.ts'
import type { WatchRow } from './watchlist-rows.ts'

/** Indexes of the first and the last row that a market can change places with, itself included. */
export interface Reach {
  readonly first: number
  readonly last: number
}

/** A market on its way: its row, and the row whose place it takes when it is let go. */
export interface RowDrag {
  readonly from: number
  readonly to: number
}

/** The markets around a row up to the next heads of groups; undefined where the row is such a head, or none. */
export function reachOf(rows: readonly WatchRow[], index: number): Reach | undefined {
  if (rows[index]?.kind !== 'market') return undefined
  let [first, last] = [index, index]
  while (rows[first - 1]?.kind === 'market') first -= 1
  while (rows[last + 1]?.kind === 'market') last += 1
  return { first, last }
}

/** The market whose row lies at `y` pixels below the top of the list. */
export function marketAt(rows: readonly WatchRow[], offsets: readonly number[], y: number): string | undefined {
  const row = rows[slotAt(offsets, y)]
  return row?.kind === 'market' ? row.id : undefined
}

/** A market let go at `y` goes between the two rows of its group whose border is nearest. Undefined when it has left the list. */
export function toDrag(
  rows: readonly WatchRow[],
  offsets: readonly number[],
  id: string,
  y: number,
): RowDrag | undefined {
  const from = rows.findIndex((row) => row.id === id)
  const reach = reachOf(rows, from)
  if (!reach) return undefined
  const under = slotAt(offsets, y)
  const [top = 0, bottom = top] = [offsets[under], offsets[under + 1]]
  const border = Math.min(Math.max(y - top < bottom - y ? under : under + 1, reach.first), reach.last + 1)
  // Taken from above, all below it move up by one.
  return { from, to: border > from ? Math.max(border - 1, from) : border }
}

/** Where the line is drawn that shows the new place; undefined while the market would stay where it is. */
export function lineOf({ from, to }: RowDrag, offsets: readonly number[]): number | undefined {
  if (from === to) return undefined
  return offsets[to > from ? to + 1 : to]
}
