/** The gap strip as geometry: runs of time as marks in pixels, none too small to be seen. */

import type { Millis } from '../../shared/market.ts'
import type { Run } from './coverage.ts'

export interface GapMark {
  readonly from: number
  readonly to: number
  readonly run: Run
}

/** What is not live is never drawn narrower than this. */
export const LEAST_WIDTH = 2

/**
 * Marks in the order they are painted: the ground first (live, nothing stored), what needs a look on top of it, missing
 * last, so that a gap of a second in a day of bars is still seen.
 */
export function toMarks(runs: readonly Run[], xOf: (at: Millis) => number, width: number): GapMark[] {
  const order: Readonly<Record<Run['state'], number>> = { unwatched: 0, live: 0, backfilled: 1, missing: 2 }
  return runs
    .map((run) => {
      const from = xOf(run.from)
      const least = order[run.state] === 0 ? 0 : LEAST_WIDTH
      return { from, to: Math.max(xOf(run.to), from + least), run }
    })
    .filter((mark) => mark.to > 0 && mark.from < width)
    .map((mark) => ({ ...mark, from: Math.max(mark.from, 0), to: Math.min(mark.to, width) }))
    .toSorted((a, b) => order[a.run.state] - order[b.run.state])
}

/** What the pointer is on: the topmost mark, small ones with some tolerance. */
export function markAt(marks: readonly GapMark[], x: number): GapMark | undefined {
  const slack = 3
  const hits = (mark: GapMark, by: number) => x >= mark.from - by && x < mark.to + by
  return (
    marks.findLast((mark) => mark.run.state !== 'live' && mark.to - mark.from < 2 * slack && hits(mark, slack)) ??
    marks.findLast((mark) => hits(mark, 0))
  )
}

/** The gap that `G` goes to: the next older one before `at`, then the newest again. */
export function nextGap(runs: readonly Run[], at: Millis | undefined): Run | undefined {
  const gaps = runs.filter((run) => run.state === 'missing' || run.state === 'backfilled')
  return (at === undefined ? undefined : gaps.findLast((run) => run.from < at)) ?? gaps.at(-1)
}
