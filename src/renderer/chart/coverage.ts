/** What is known of each second of a market, as runs: for the gap strip, the hatch in the plot and the state of empty bars. */

import type { Coverage, GapRow } from '../../shared/market-view.ts'
import type { GapReason, Millis, Origin } from '../../shared/market.ts'

export type RunState = 'live' | 'backfilled' | 'missing' | 'unwatched'

/** A stretch of time in one state, `to` exclusive. */
export interface Run {
  readonly from: Millis
  readonly to: Millis
  readonly state: RunState
  readonly reason?: GapReason
  readonly filledBy?: Origin
}

/** Coverage of one market as history tells it and the stream carries it on. */
export interface Ledger {
  /** Takes what history knows of a range. Ranges may overlap; the newest word on a gap holds. */
  apply(coverage: Coverage): void
  /** Gaps opened or closed just now. */
  applyGaps(gaps: readonly GapRow[]): void
  /** The stream carries the market up to `at`. */
  extend(at: Millis): void
  /** Everything between `from` and `to`, in order and without holes. */
  runs(from: Millis, to: Millis): Run[]
  /** A gap that nothing filled touches this stretch. */
  isMissing(from: Millis, to: Millis): boolean
  /** End of the last second that is known; undefined where nothing is. */
  readonly until: Millis | undefined
}

const SECOND = 1_000
const floor = (at: Millis) => Math.floor(at / SECOND) * SECOND
const ceil = (at: Millis) => Math.ceil(at / SECOND) * SECOND

export function createLedger(): Ledger {
  const gaps = new Map<Millis, GapRow>()
  let ordered: GapRow[] = []
  let watched: { from: Millis; to: Millis } | undefined

  const put = (rows: readonly GapRow[]) => {
    if (rows.length === 0) return
    for (const gap of rows) {
      // A gap closes and shrinks, and never grows: an answer asked before may arrive after the stream has told so.
      const known = gaps.get(gap.since)
      if (known?.until !== undefined && (gap.until ?? Infinity) > known.until) continue
      gaps.set(gap.since, gap)
    }
    ordered = [...gaps.values()].toSorted((a, b) => a.since - b.since)
  }
  const widen = (from: Millis, to: Millis) => {
    watched = watched ? { from: Math.min(watched.from, from), to: Math.max(watched.to, to) } : { from, to }
  }

  return {
    get until() {
      return watched?.to
    },
    apply(coverage) {
      if (coverage.watched) widen(floor(coverage.watched.from), ceil(coverage.watched.to))
      put(coverage.gaps)
    },
    applyGaps: put,
    extend: (at) => widen(floor(at), floor(at) + SECOND),
    runs(from, to) {
      if (!(from < to)) return []
      const runs: Run[] = []
      let at = from
      const push = (until: Millis, run: Omit<Run, 'from' | 'to'>) => {
        const end = Math.min(until, to)
        if (end <= at) return
        runs.push({ from: at, to: end, ...run })
        at = end
      }
      if (watched === undefined) {
        push(to, { state: 'unwatched' })
        return runs
      }
      push(watched.from, { state: 'unwatched' })
      for (const gap of ordered) {
        const since = floor(gap.since)
        const until = gap.until === undefined ? watched.to : ceil(gap.until)
        if (until <= at) continue
        if (since >= to) break
        push(Math.min(since, watched.to), { state: 'live' })
        push(until, toState(gap))
      }
      push(watched.to, { state: 'live' })
      push(to, { state: 'unwatched' })
      return runs
    },
    isMissing(from, to) {
      for (let i = ordered.length - 1; i >= 0; i -= 1) {
        const gap = ordered[i]!
        if (toState(gap).state !== 'missing' || floor(gap.since) >= to) continue
        if (gap.until === undefined || ceil(gap.until) > from) return true
      }
      return false
    },
  }
}

function toState(gap: GapRow): Omit<Run, 'from' | 'to'> {
  if (gap.filledBy !== undefined) return { state: 'backfilled', reason: gap.reason, filledBy: gap.filledBy }
  // Nobody asked for the market in that time: nothing was lost, nothing is stored.
  if (gap.reason === 'unwatched') return { state: 'unwatched', reason: gap.reason }
  return { state: 'missing', reason: gap.reason }
}

/** Shares of the watched time, 0 … 1 together. */
export type Shares = Readonly<Record<Exclude<RunState, 'unwatched'>, number>>

/** How the watched time divides; undefined when none of it was watched. */
export function sharesOf(runs: readonly Run[]): Shares | undefined {
  const lengths = { live: 0, backfilled: 0, missing: 0 }
  for (const { from, to, state } of runs) if (state !== 'unwatched') lengths[state] += to - from
  const all = lengths.live + lengths.backfilled + lengths.missing
  if (all === 0) return undefined
  return { live: lengths.live / all, backfilled: lengths.backfilled / all, missing: lengths.missing / all }
}
