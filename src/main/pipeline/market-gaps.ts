import type { Gap, GapReason, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** Nobody watched, so nothing is said of those seconds: the gap record alone tells them. */
const UNTOLD: ReadonlySet<GapReason> = new Set<GapReason>(['unwatched', 'engine-down'])

/** The gaps of one market that may still touch a second in question, as the stream has told them so far. */
export class MarketGaps {
  private gaps: readonly Gap[] = []

  /** Takes the newest word on a gap. Returns what was known of it. */
  apply(gap: Gap): Gap | undefined {
    const known = this.gaps.find((other) => other.since === gap.since)
    this.gaps = [
      ...this.gaps
        .filter((other) => other !== known)
        .map((other) => (isEndedBy(other, gap) ? { ...other, until: Math.max(other.since, gap.since) } : other)),
      gap,
    ]
    return known
  }

  /** What a second without trades is: 'none' where nothing is said of it. */
  stateOf(openAt: Millis): 'quiet' | 'missing' | 'none' {
    let state: 'quiet' | 'missing' = 'quiet'
    for (const gap of this.gaps) {
      if (gap.since >= openAt + SECOND || (gap.until ?? Infinity) <= openAt) continue
      if (UNTOLD.has(gap.reason)) return 'none'
      state = 'missing'
    }
    return state
  }

  /** When nobody asked for the market any more, if that is so now. */
  unwatchedSince(): Millis | undefined {
    return this.gaps.find((gap) => gap.reason === 'unwatched' && gap.until === undefined)?.since
  }

  /** Lets go of gaps that ended before. */
  forget(before: Millis): void {
    if (this.gaps.length > 0) this.gaps = this.gaps.filter((gap) => (gap.until ?? Infinity) >= before)
  }

  list(): readonly Gap[] {
    return this.gaps
  }
}

// Whoever opened a gap may not live to close it: a new engine run ends the gaps of the one before, and watching again ends 'unwatched'.
function isEndedBy(open: Gap, gap: Gap): boolean {
  if (open.until !== undefined || open.since > gap.since) return false
  if (gap.reason === 'engine-down') return true
  return open.reason === 'unwatched' && gap.reason !== 'unwatched'
}
