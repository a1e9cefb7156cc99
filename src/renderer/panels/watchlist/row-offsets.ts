/** Where rows of different heights lie, and which of them are in view. */

import { slotAt } from '../../chart/time-axis.ts'
import type { Viewport } from '../trade/use-viewport.ts'

/** Tops of the rows, and after the last one the height of them all. */
export function toOffsets(heights: readonly number[]): readonly number[] {
  const offsets = [0]
  for (const height of heights) offsets.push(offsets.at(-1)! + height)
  return offsets
}

/** Indexes of the rows to draw: those in view and some more, `last` exclusive. */
export function toWindow(offsets: readonly number[], view: Viewport, more = 4): { first: number; last: number } {
  const count = offsets.length - 1
  const first = Math.max(slotAt(offsets, view.top) - more, 0)
  const last = Math.min(slotAt(offsets, view.top + view.height) + 1 + more, count)
  return { first, last }
}

/** The scroll position nearest to the present one that has a row wholly in view. */
export function scrollFor(offsets: readonly number[], index: number, view: Viewport): number {
  const [top = 0, bottom = 0] = [offsets[index], offsets[index + 1]]
  if (top < view.top) return top
  return bottom > view.top + view.height ? bottom - view.height : view.top
}
