/** The bars of one chart: history and live seconds joined, without a hole or a double, whatever order they come in. */

import type { BarHistory, GapRow, LiveSecond } from '../../shared/market-view.ts'
import type { BarState, Millis, Origin } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { ChartValues } from './chart-values.ts'
import { joinValues, valuesAt, valuesOf } from './chart-values.ts'
import type { Ledger } from './coverage.ts'
import { createLedger } from './coverage.ts'
import { slotAt } from './time-axis.ts'

/** One slot of the time scale. Without `values` nothing is drawn there: a price is never invented. */
export interface ChartBar {
  readonly openAt: Millis
  readonly state: BarState
  readonly origin: Origin
  readonly values?: ChartValues
}

/** What must be drawn again since the last look. */
export type ChartChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'replace' }
  /** Bars that changed or came on at the end, in order of time. */
  | { readonly kind: 'update'; readonly bars: readonly ChartBar[] }

export interface ChartModel {
  readonly interval: Millis
  /** Every slot, oldest first. */
  readonly bars: readonly ChartBar[]
  /** The slots' times: the time scale. */
  readonly openAts: readonly Millis[]
  readonly ledger: Ledger
  /** Nothing older is to be had. */
  readonly complete: boolean
  /** Up to here history has answered; undefined before its first answer. */
  readonly through: Millis | undefined
  /** A second that history already counted was revised: ask for the newest bars again. */
  readonly stale: boolean
  /** Call when history is being asked: what is revised from now on may be missing in the answer. */
  asking(): void
  /** Takes an answer that reaches up to now: the first one, or the newest bars again. */
  applyNewest(history: BarHistory): void
  /** Takes an answer for what lies before the oldest bar. */
  applyOlder(history: BarHistory): void
  /** Takes live seconds, whole values, in any order; `at` is the engine's clock. */
  applySeconds(seconds: readonly LiveSecond[], at: Millis): void
  applyGaps(gaps: readonly GapRow[]): void
  takeChange(): ChartChange
}

/** Seconds may be revised one by one for this long; after it they are part of their bar. */
const KEEP: Millis = 120 * SECOND
/** Up to this interval every slot is kept, traded or not. */
const SLOTTED: Millis = 15 * SECOND
/** A longer stretch without a trade is closed up, so that a night costs no thousands of slots. */
const MOST_SLOTS = 3_600
/** A chart that runs for days sheds its oldest bars in such lots once it holds MOST_BARS; they can be asked for again. */
const SHED = 5_000
const MOST_BARS = 20_000
/** Above this many changed bars the whole is drawn again. */
const MOST_UPDATES = 50

export function createChartModel(interval: Millis): ChartModel {
  const ledger = createLedger()
  /** What history (and seconds past KEEP) put into each bar. */
  const bases = new Map<Millis, ChartBar>()
  /** Live seconds on top, by openAt. */
  const seconds = new Map<Millis, ChartValues>()
  const touched = new Set<Millis>()
  const bars: ChartBar[] = []
  const openAts: Millis[] = []
  let through: Millis | undefined
  let folded: Millis = 0
  let complete = false
  let stale = false
  let replace = false
  /** Bars that time has brought since the last shedding: those that were asked for are not shed in turn. */
  let grown = 0
  const changed = new Map<Millis, ChartBar>()

  const openOf = (at: Millis) => Math.floor(at / interval) * interval

  /** Live seconds of a bar, in order of time. */
  const secondsOf = (openAt: Millis) => {
    const found: Millis[] = []
    for (const at of seconds.keys()) if (at >= openAt && at < openAt + interval) found.push(at)
    return found.toSorted((a, b) => a - b)
  }

  const build = (openAt: Millis): ChartBar => {
    const base = bases.get(openAt)
    let values = base?.values
    for (const at of secondsOf(openAt)) values = joinValues(values, seconds.get(at)!)
    if (values === undefined) return base ?? empty(openAt)
    return {
      openAt,
      state: base?.state === 'backfilled' ? 'backfilled' : 'traded',
      origin: base?.values ? base.origin : 'stream',
      values,
    }
  }
  const empty = (openAt: Millis): ChartBar => ({
    openAt,
    state: ledger.isMissing(openAt, openAt + interval) ? 'missing' : 'quiet',
    origin: 'stream',
  })
  const isKept = (bar: ChartBar) => bar.values !== undefined || interval <= SLOTTED || bar.state === 'missing'

  /** Puts a bar at its place in the list; a new one in the middle moves the scale and draws all again. */
  const place = (bar: ChartBar) => {
    const index = slotAt(openAts, bar.openAt)
    if (openAts[index] === bar.openAt) bars[index] = bar
    else {
      if (!isKept(bar)) return
      if (index === bars.length - 1) {
        grown += 1
        bars.push(bar)
        openAts.push(bar.openAt)
      } else {
        bars.splice(index + 1, 0, bar)
        openAts.splice(index + 1, 0, bar.openAt)
        replace = true
      }
    }
    if (!replace) changed.set(bar.openAt, bar)
  }

  /** Empty slots from the newest bar up to the running one. */
  const advance = (at: Millis) => {
    const newest = openAts.at(-1)
    if (newest === undefined) return
    const to = openOf(at)
    for (let openAt = Math.max(newest + interval, to - MOST_SLOTS * interval); openAt <= to; openAt += interval)
      place(build(openAt))
  }

  /** Seconds that can no longer change become part of their bar. */
  const fold = (before: Millis) => {
    const old = [...seconds.keys()].filter((at) => at < before).toSorted((a, b) => a - b)
    for (const at of old) {
      const openAt = openOf(at)
      const base = bases.get(openAt)
      const values = joinValues(base?.values, seconds.get(at)!)
      const state = base?.state === 'backfilled' ? 'backfilled' : 'traded'
      bases.set(openAt, { openAt, state, origin: base?.values ? base.origin : 'stream', values })
      seconds.delete(at)
    }
    for (const at of touched) if (at < before) touched.delete(at)
    folded = Math.max(folded, before)
  }

  const shed = () => {
    grown = 0
    const keptFrom = openAts[SHED] ?? 0
    for (const openAt of bases.keys()) if (openAt < keptFrom) bases.delete(openAt)
    complete = false
    bars.splice(0, SHED)
    openAts.splice(0, SHED)
    replace = true
  }

  /** The whole list anew, with the empty slots between. */
  const relist = () => {
    const known = new Set(bases.keys())
    for (const at of seconds.keys()) known.add(openOf(at))
    const ordered = [...known].toSorted((a, b) => a - b)
    const last = openAts.at(-1)
    bars.length = 0
    openAts.length = 0
    const add = (bar: ChartBar) => {
      if (!isKept(bar)) return
      bars.push(bar)
      openAts.push(bar.openAt)
    }
    ordered.forEach((openAt, index) => {
      const before = ordered[index - 1]
      if (before !== undefined && interval <= SLOTTED && openAt - before <= MOST_SLOTS * interval)
        for (let slot = before + interval; slot < openAt; slot += interval) add(empty(slot))
      add(build(openAt))
    })
    if (last !== undefined) advance(last)
    changed.clear()
    replace = true
  }

  return {
    interval,
    bars,
    openAts,
    ledger,
    get complete() {
      return complete
    },
    get through() {
      return through
    },
    get stale() {
      return stale
    },
    asking() {
      touched.clear()
      stale = false
    },
    applyNewest(history) {
      ledger.apply(history.coverage)
      const limit = Math.max(through ?? 0, folded)
      for (const bar of barsOf(history)) {
        // Behind what is already counted: only what it has in full is news.
        if (history.through < limit && bar.openAt + interval > history.through) continue
        bases.set(bar.openAt, bar)
      }
      complete = complete || history.complete
      if (history.through >= limit) {
        through = history.through
        if (interval > SECOND) folded = history.through
        // The answer holds nothing of what lies before its oldest bar.
        const oldest = history.bars.openAt[0] ?? Infinity
        for (const at of seconds.keys()) {
          if (at >= through || at < oldest) continue
          if (!touched.has(at)) seconds.delete(at)
          // A second revised since the question: as a bar of its own it holds over the answer, inside a longer one it cannot.
          else if (interval === SECOND) bases.delete(at)
          else {
            seconds.delete(at)
            stale = true
          }
        }
      }
      relist()
    },
    applyOlder(history) {
      ledger.apply(history.coverage)
      const oldest = openAts[0] ?? Infinity
      for (const bar of barsOf(history)) if (bar.openAt < oldest) bases.set(bar.openAt, bar)
      complete = history.complete || history.bars.openAt.length === 0
      relist()
    },
    applySeconds(incoming, at) {
      const dirty = new Set<Millis>()
      for (const second of incoming) {
        const openAt = openOf(second.openAt)
        touched.add(second.openAt)
        if (second.openAt < folded && interval > SECOND) {
          stale = true
          continue
        }
        if (interval === SECOND) bases.delete(openAt)
        seconds.set(second.openAt, valuesOf(second))
        dirty.add(openAt)
      }
      ledger.extend(at)
      advance(at)
      for (const openAt of dirty) place(build(openAt))
      // Before history has answered it is not known which seconds it counts: all are kept apart.
      if (through !== undefined && at - KEEP > folded + KEEP) fold(Math.floor((at - KEEP) / SECOND) * SECOND)
      if (grown >= SHED && bars.length > MOST_BARS) shed()
    },
    applyGaps(gaps) {
      if (gaps.length === 0) return
      ledger.applyGaps(gaps)
      const since = gaps.reduce((least, gap) => Math.min(least, gap.since), Infinity)
      for (let index = bars.length - 1; index >= 0 && openAts[index]! + interval > since; index -= 1) {
        const bar = bars[index]!
        if (bar.values !== undefined || bases.has(bar.openAt)) continue
        const now = empty(bar.openAt)
        if (now.state !== bar.state) place(now)
      }
    },
    takeChange() {
      if (replace) {
        replace = false
        changed.clear()
        return { kind: 'replace' }
      }
      if (changed.size === 0) return { kind: 'none' }
      const updates = [...changed.values()].toSorted((a, b) => a.openAt - b.openAt)
      changed.clear()
      return updates.length > MOST_UPDATES ? { kind: 'replace' } : { kind: 'update', bars: updates }
    },
  }
}

function* barsOf({ bars: columns }: BarHistory): Generator<ChartBar> {
  for (const [index, openAt] of columns.openAt.entries()) {
    const values = valuesAt(columns, index)
    const state = columns.state[index] ?? 'quiet'
    const origin = columns.origin[index] ?? 'stream'
    yield values ? { openAt, state, origin, values } : { openAt, state, origin }
  }
}
