import type { Gap, GapReason, InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** The breaks of a venue's markets, told in order with their data. A market has at most one open at a time. */
export interface GapLedger {
  /** Opens a gap; one open for another reason ends where this begins, one for the same reason goes on. */
  open(key: InstrumentKey, reason: GapReason, since: Millis): void
  /** Data flow again since `until`. Does nothing where no gap is open. */
  close(key: InstrumentKey, until: Millis): void
  /** Trades have been fetched back to `reach`: of the last break, when it is over, what lies behind that is filled, and a gap that it cuts becomes two. */
  filled(key: InstrumentKey, reach: Millis): void
  reason(key: InstrumentKey): GapReason | undefined
  /** Begin of the break that is open or, if none is, of the last one, whatever the reasons that it went through. */
  since(key: InstrumentKey): Millis | undefined
  /** Breaks told so far, without first connecting and leaving. */
  readonly count: number
}

/** The newest gap of each market. Whoever opens a venue's feed anew hands it on, so that no gap stays open for ever. */
export type GapStates = Map<InstrumentKey, GapState>

interface ClosedGap {
  readonly since: Millis
  readonly end: Millis
  readonly reason: GapReason
}

interface GapState {
  readonly since: Millis
  readonly reason: GapReason
  open: boolean
  end: Millis
  /** Those of the same break that came right before it, for other reasons. */
  readonly before: readonly ClosedGap[]
}

/** Gaps of one break that are remembered. */
const CHAIN = 20

const EXPECTED: readonly GapReason[] = ['connecting', 'unwatched']

export function createGapLedger(
  emit: (event: MarketEvent<Gap>) => void,
  now: () => Millis,
  markets: GapStates = new Map(),
): GapLedger {
  let count = 0
  const tell = (key: InstrumentKey, data: Gap) =>
    emit({ instrument: key, at: data.since, receivedAt: now(), origin: 'stream', data })
  const close = (key: InstrumentKey, until: Millis) => {
    const gap = markets.get(key)
    if (!gap?.open) return
    gap.open = false
    gap.end = Math.max(until, gap.since)
    tell(key, { kind: 'gap', since: gap.since, until: gap.end, reason: gap.reason })
  }
  return {
    open(key, reason, since) {
      const last = markets.get(key)
      if (last?.open && last.reason === reason) return
      const isSameBreak = last?.open === true && !EXPECTED.includes(last.reason)
      close(key, since)
      const before = isSameBreak
        ? [...last.before, { since: last.since, end: last.end, reason: last.reason }].slice(-CHAIN)
        : []
      // (instrument, since) names a gap: no two begin in the same millisecond.
      const from = last ? Math.max(since, last.end, last.since + 1) : since
      markets.set(key, { since: from, reason, open: true, end: from, before })
      if (!EXPECTED.includes(reason)) count += 1
      tell(key, { kind: 'gap', since: from, reason })
    },
    close,
    filled(key, reach) {
      const gap = markets.get(key)
      if (!gap || gap.open) return
      for (const { since, end, reason } of [...gap.before, gap]) {
        const from = reach <= since ? since : Math.ceil(reach / SECOND) * SECOND
        if (from >= end && from > since) continue
        if (from > since) tell(key, { kind: 'gap', since, until: from, reason })
        tell(key, { kind: 'gap', since: from, until: end, reason, filledBy: 'backfill' })
      }
    },
    reason(key) {
      const gap = markets.get(key)
      return gap?.open ? gap.reason : undefined
    },
    since(key) {
      const gap = markets.get(key)
      return gap?.before[0]?.since ?? gap?.since
    },
    get count() {
      return count
    },
  }
}
