/** Seconds of a range by state, counted by spans: a month takes no longer than its gaps. */

import type { Completeness } from '../../../shared/contract.ts'
import type { BarState, InstrumentKey, Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { CoverageQueries } from './coverage.ts'

type State = Completeness['runs'][number]['state']
interface Run {
  readonly from: Millis
  readonly to: Millis
  readonly state: State
}

const MAX_RUNS = 200
/** Which state a cell of the strip shows that holds several: what is amiss must be seen. */
const WORST_FIRST: readonly State[] = ['missing', 'unwatched', 'backfilled', 'live']

export function prepareCompleteness(
  db: Connection,
  coverage: CoverageQueries,
  idOf: (key: string) => number | undefined,
) {
  const traded = db.prepare<[number, Millis, Millis], { at: Millis; state: BarState }>(
    `SELECT open_at AS at, state FROM bars
     WHERE instrument = ? AND interval = ${SECOND} AND open_at >= ? AND open_at < ? ORDER BY open_at`,
  )

  /** The seconds of a gap: those with a bar were seen (or fetched) after all. */
  function* gapRuns(id: number, from: Millis, to: Millis): Generator<Run> {
    let begin = from
    for (const { at, state } of traded.iterate(id, from, to)) {
      if (at > begin) yield { from: begin, to: at, state: 'missing' }
      yield { from: at, to: at + SECOND, state: state === 'backfilled' ? 'backfilled' : 'live' }
      begin = at + SECOND
    }
    if (begin < to) yield { from: begin, to, state: 'missing' }
  }

  return function completeness(query: { instrument: InstrumentKey; from: Millis; to: Millis }): Completeness {
    const { instrument } = query
    const from = Math.floor(query.from / SECOND) * SECOND
    const to = Math.ceil(query.to / SECOND) * SECOND
    const id = idOf(instrument)
    const watched = id === undefined ? undefined : coverage.watched(instrument)
    const runs: Run[] = []
    const add = (run: Run) => {
      const last = runs.at(-1)
      if (last?.state === run.state && last.to === run.from) runs[runs.length - 1] = { ...last, to: run.to }
      else if (run.to > run.from) runs.push(run)
    }
    if (id === undefined || !watched || watched.to <= from || watched.from >= to) add({ from, to, state: 'unwatched' })
    else {
      const begin = Math.max(from, watched.from)
      const end = Math.min(to, watched.to)
      add({ from, to: begin, state: 'unwatched' })
      let at = begin
      for (const span of breaks(coverage.gaps(instrument, begin, end), begin, end)) {
        add({ from: at, to: span.from, state: 'live' })
        if (span.state === 'unwatched') add(span)
        else for (const run of gapRuns(id, span.from, span.to)) add(run)
        at = span.to
      }
      add({ from: at, to: end, state: 'live' })
      add({ from: end, to, state: 'unwatched' })
    }
    const seconds = (state: State) =>
      runs.reduce((sum, run) => (run.state === state ? sum + (run.to - run.from) / SECOND : sum), 0)
    return {
      instrument,
      seconds: (to - from) / SECOND,
      live: seconds('live'),
      backfilled: seconds('backfilled'),
      missing: seconds('missing'),
      unwatched: seconds('unwatched'),
      runs: coarsen(runs, from, to),
    }
  }
}

/** Gaps as whole seconds within [from, to) that do not overlap. A second that nobody watched for a part of is 'unwatched'. */
function breaks(
  gaps: readonly { readonly since: Millis; readonly until?: Millis; readonly reason: string }[],
  from: Millis,
  to: Millis,
): Run[] {
  const clipped = gaps.map((gap) => ({
    from: Math.max(from, Math.floor(gap.since / SECOND) * SECOND),
    to: Math.min(to, Math.ceil((gap.until ?? to) / SECOND) * SECOND),
    state: gap.reason === 'unwatched' ? ('unwatched' as const) : ('missing' as const),
  }))
  const unwatched = union(clipped.filter((run) => run.state === 'unwatched'))
  const missing = subtract(union(clipped.filter((run) => run.state === 'missing')), unwatched)
  return [...unwatched, ...missing].toSorted((a, b) => a.from - b.from)
}

function union(runs: readonly Run[]): Run[] {
  const merged: Run[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last && run.from <= last.to) merged[merged.length - 1] = { ...last, to: Math.max(last.to, run.to) }
    else if (run.to > run.from) merged.push(run)
  }
  return merged
}

/** What of `runs` lies outside `holes`; both in order and without overlap. */
function subtract(runs: readonly Run[], holes: readonly Run[]): Run[] {
  const rest: Run[] = []
  let first = 0
  for (const run of runs) {
    let begin = run.from
    while (first < holes.length && holes[first]!.to <= begin) first += 1
    for (let index = first; index < holes.length && holes[index]!.from < run.to; index += 1) {
      const hole = holes[index]!
      if (hole.from > begin) rest.push({ ...run, from: begin, to: hole.from })
      begin = Math.max(begin, hole.to)
    }
    if (begin < run.to) rest.push({ ...run, from: begin })
  }
  return rest
}

/** At most MAX_RUNS runs: where there are more, equal cells that each show the worst state in them. */
function coarsen(runs: readonly Run[], from: Millis, to: Millis): Run[] {
  if (runs.length <= MAX_RUNS) return [...runs]
  const cell = Math.ceil((to - from) / MAX_RUNS / SECOND) * SECOND
  const cells: Run[] = []
  let first = 0
  for (let begin = from; begin < to; begin += cell) {
    const end = Math.min(to, begin + cell)
    while (runs[first]!.to <= begin) first += 1
    const states = new Set<State>()
    for (let index = first; index < runs.length && runs[index]!.from < end; index += 1) states.add(runs[index]!.state)
    const state = WORST_FIRST.find((worst) => states.has(worst))!
    const last = cells.at(-1)
    if (last?.state === state) cells[cells.length - 1] = { ...last, to: end }
    else cells.push({ from: begin, to: end, state })
  }
  return cells
}
