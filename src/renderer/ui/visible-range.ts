/** What the chart shows just now, for whoever exports "what is on screen". */

import type { Millis } from '../../shared/market.ts'

export interface VisibleRange {
  /** Inclusive. */
  readonly from: Millis
  /** Exclusive. */
  readonly to: Millis
}

let ask: (() => VisibleRange | undefined) | undefined

/** The chart offers its range while it is on screen; returns what takes the offer back. */
export function offerVisibleRange(range: () => VisibleRange | undefined): () => void {
  ask = range
  return () => {
    if (ask === range) ask = undefined
  }
}

/** Undefined while no chart is on screen or it shows nothing. */
export function visibleRange(): VisibleRange | undefined {
  return ask?.()
}
