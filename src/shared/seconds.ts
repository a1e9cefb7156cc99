/** What is known of each second of a market: live, back-filled, missing or not watched. For exports, completeness and the gap strip. */

import type { Completeness } from './export-view.ts'
import type { Coverage, GapRow } from './market-view.ts'
import type { BarState, InstrumentKey, Millis } from './market.ts'
import { SECOND } from './market.ts'

export type SecondState = Completeness['runs'][number]['state']

/** Whole seconds of one state, `to` exclusive. */
export interface SecondRun {
  readonly from: Millis
  readonly to: Millis
  readonly state: SecondState
}

/** A second of which a bar with trades is held. */
export interface TradedSecond {
  readonly openAt: Millis
  readonly state: BarState
}

const RUNS = 200
const WORST_FIRST: readonly SecondState[] = ['missing', 'unwatched', 'backfilled', 'live']

/**
 * All whole seconds that a range touches, in order and without holes, equal neighbours merged. A second that a gap
 * touches is missing, unless trades of it are held: then it is what its bar says. `traded` is in order of time; only
 * seconds inside gaps matter, others may be left out.
 */
export function toSecondRuns(
  coverage: Coverage,
  range: { readonly from: Millis; readonly to: Millis },
  traded: Iterable<TradedSecond> = [],
): SecondRun[] {
  const from = floor(range.from)
  const to = ceil(range.to)
  const { watched } = coverage
  const runs: SecondRun[] = []
  const begin = watched ? clamp(floor(watched.from), from, to) : to
  const end = watched ? clamp(ceil(watched.to), begin, to) : to
  const held = traded[Symbol.iterator]()
  let next = held.next()

  append(runs, from, begin, 'unwatched')
  for (const run of sweep(coverage.gaps, begin, end)) {
    let at = run.from
    while (run.state === 'missing' && !next.done && next.value.openAt < run.to) {
      const { openAt, state } = next.value
      if (openAt >= at) {
        append(runs, at, openAt, 'missing')
        append(runs, openAt, openAt + SECOND, state === 'backfilled' ? 'backfilled' : 'live')
        at = openAt + SECOND
      }
      next = held.next()
    }
    append(runs, at, run.to, run.state)
  }
  append(runs, end, to, 'unwatched')
  return runs
}

/** Seconds by state. Of more than 200 runs the strip shows 200 equal cells, each in the worst state found in it. */
export function toCompleteness(instrument: InstrumentKey, runs: readonly SecondRun[]): Completeness {
  const counts: Record<SecondState, number> = { live: 0, backfilled: 0, missing: 0, unwatched: 0 }
  for (const run of runs) counts[run.state] += (run.to - run.from) / SECOND
  const seconds = counts.live + counts.backfilled + counts.missing + counts.unwatched
  return { instrument, seconds, ...counts, runs: coarsen(runs) }
}

/** States of the watched seconds in order: where gaps overlap, the worse word holds, and 'unwatched' over all. */
function* sweep(gaps: readonly GapRow[], begin: Millis, end: Millis): Generator<SecondRun> {
  const edges: { at: Millis; state: SecondState; step: 1 | -1 }[] = []
  for (const gap of gaps) {
    const since = Math.max(floor(gap.since), begin)
    const until = Math.min(gap.until === undefined ? end : ceil(gap.until), end)
    if (since >= until) continue
    const state = toState(gap)
    edges.push({ at: since, state, step: 1 }, { at: until, state, step: -1 })
  }
  edges.sort((a, b) => a.at - b.at)
  const open: Record<SecondState, number> = { live: 0, backfilled: 0, missing: 0, unwatched: 0 }
  let at = begin
  for (const edge of edges) {
    if (edge.at > at) yield { from: at, to: edge.at, state: heldState(open) }
    at = edge.at
    open[edge.state] += edge.step
  }
  if (end > at) yield { from: at, to: end, state: 'live' }
}

function heldState(open: Readonly<Record<SecondState, number>>): SecondState {
  if (open.unwatched > 0) return 'unwatched'
  if (open.missing > 0) return 'missing'
  return open.backfilled > 0 ? 'backfilled' : 'live'
}

function toState(gap: GapRow): SecondState {
  if (gap.reason === 'unwatched') return 'unwatched'
  return gap.filledBy === undefined ? 'missing' : 'backfilled'
}

function append(runs: SecondRun[], from: Millis, to: Millis, state: SecondState): void {
  if (to <= from) return
  const last = runs.at(-1)
  if (last?.state === state) runs[runs.length - 1] = { from: last.from, to, state }
  else runs.push({ from, to, state })
}

function coarsen(runs: readonly SecondRun[]): readonly SecondRun[] {
  if (runs.length <= RUNS) return runs
  const from = runs[0]!.from
  const to = runs.at(-1)!.to
  const cell = ceil((to - from) / RUNS)
  const cells: SecondRun[] = []
  let first = 0
  for (let begin = from; begin < to; begin += cell) {
    const end = Math.min(to, begin + cell)
    while (runs[first]!.to <= begin) first += 1
    const inside = new Set<SecondState>()
    for (let at = first; at < runs.length && runs[at]!.from < end; at += 1) inside.add(runs[at]!.state)
    append(
      cells,
      begin,
      end,
      WORST_FIRST.find((state) => inside.has(state))!,
    )
  }
  return cells
}

const floor = (at: Millis): Millis => Math.floor(at / SECOND) * SECOND
const ceil = (at: Millis): Millis => Math.ceil(at / SECOND) * SECOND
const clamp = (at: Millis, low: Millis, high: Millis): Millis => Math.min(Math.max(at, low), high)
