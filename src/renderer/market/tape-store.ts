/** Time and sales of the focused market: the newest trades, with gaps and left-out stretches as lines in place. */

import type { GapRow, TapeRow } from '../../shared/market-view.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'

export type TapeLine =
  | { readonly kind: 'trade'; readonly trade: TapeRow; readonly large: boolean }
  | { readonly kind: 'gap'; readonly gap: GapRow }
  /** Trades that were too many to show: the newest came through. */
  | { readonly kind: 'skipped'; readonly at: Millis; readonly count: number }

export interface TapeStore {
  /** Oldest first, at most MOST_LINES. A new array after every change. */
  readonly lines: () => readonly TapeLine[]
  /** Trades taken since the market was chosen, shown or not. */
  readonly taken: () => number
  /** The first answer of history is here. */
  readonly loaded: () => boolean
  reset(focus: InstrumentKey | undefined): void
  apply(trades: readonly TapeRow[], skipped: number, gaps: readonly GapRow[]): void
  /** Older trades and the gaps among them. */
  applyHistory(trades: readonly TapeRow[], gaps: readonly GapRow[]): void
  readonly subscribe: (listener: () => void) => () => void
}

/** The tape's length. */
export const MOST_LINES = 500
/** A trade is large when it is this many times the usual size … */
const LARGE = 10
/** … as the mean of so many trades says, of which the large ones count only as much as makes them large. */
const MEMORY = 200
const LEAST_KNOWN = 30

export function createTapeStore(): TapeStore {
  let lines: readonly TapeLine[] = []
  let taken = 0
  let loaded = false
  const ids = new Set<string>()
  const listeners = new Set<() => void>()
  const usual = createUsualSize()

  const put = (next: TapeLine[]) => {
    for (const line of next.splice(0, Math.max(0, next.length - MOST_LINES)))
      if (line.kind === 'trade') ids.delete(line.trade.id)
    lines = next
    for (const listener of listeners) listener()
  }
  const fresh = (trades: readonly TapeRow[]): TapeLine[] =>
    trades
      .filter((trade) => !ids.has(trade.id))
      .map((trade) => {
        ids.add(trade.id)
        return { kind: 'trade', trade, large: usual.isLarge(Number(trade.size)) }
      })

  return {
    lines: () => lines,
    taken: () => taken,
    loaded: () => loaded,
    reset() {
      ids.clear()
      usual.clear()
      taken = 0
      loaded = false
      put([])
    },
    apply(trades, skipped, gaps) {
      const added = fresh(trades)
      if (added.length === 0 && skipped === 0 && gaps.length === 0) return
      taken += added.length + skipped
      const at = trades[0]?.at ?? lines.length
      const left: TapeLine[] = skipped > 0 ? [{ kind: 'skipped', at, count: skipped }] : []
      put(gaps.reduce(withGap, [...lines, ...left, ...added]))
    },
    applyHistory(trades, gaps) {
      loaded = true
      const added = fresh(trades)
      put(gaps.reduce(withGap, [...added, ...lines]))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function timeOf(line: TapeLine): Millis {
  switch (line.kind) {
    case 'trade':
      return line.trade.at
    case 'gap':
      return line.gap.since
    case 'skipped':
      return line.at
  }
}

/** The line of a gap stands before the first trade after its beginning; hearing of it again changes it in place. */
function withGap(lines: TapeLine[], gap: GapRow): TapeLine[] {
  const known = lines.findIndex((line) => line.kind === 'gap' && line.gap.since === gap.since)
  if (known >= 0) return lines.with(known, { kind: 'gap', gap })
  let index = lines.length
  while (index > 0 && timeOf(lines[index - 1]!) > gap.since) index -= 1
  // Older than all that is shown: its trades are not here either.
  if (index === 0 && lines.length > 0) return lines
  return lines.toSpliced(index, 0, { kind: 'gap', gap })
}

function createUsualSize() {
  let known = 0
  let mean = 0
  return {
    isLarge(size: number): boolean {
      const large = known >= LEAST_KNOWN && size >= LARGE * mean
      known += 1
      const counted = known > LEAST_KNOWN ? Math.min(size, LARGE * mean) : size
      mean += (counted - mean) / Math.min(known, MEMORY)
      return large
    },
    clear() {
      known = 0
      mean = 0
    },
  }
}
