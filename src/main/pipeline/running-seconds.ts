import type { LiveSecond } from '../../shared/market-view.ts'
import { openOf } from '../../shared/bars.ts'
import type { MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { Tally } from '../../shared/tally.ts'

/** Traded seconds kept in hand, so that a late trade still lands in its own. */
const HELD = 12

/**
 * The newest seconds of one market as they are now, drawn at once and never journaled. A second is only ever given whole:
 * one that is out of hand is not given at all, its closed bar tells it.
 */
export interface RunningSeconds {
  /** Counts a trade. Returns the second that it changed; undefined where it is a repeat, or too old to be in hand. */
  apply(event: MarketEvent<Trade>): Millis | undefined
  get(openAt: Millis): LiveSecond | undefined
  /** Openings of the seconds in hand, oldest first. */
  held(): readonly Millis[]
}

export function createRunningSeconds(): RunningSeconds {
  const tallies = new Map<Millis, Tally>()
  /** Newest second given up: it and all before it can no longer be told whole. */
  let given = -Infinity
  let priceScale = 0
  let sizeScale = 0

  // By count and not by age: one trade with an absurd date must not push the real seconds out.
  const open = (openAt: Millis): Tally => {
    const tally = new Tally(openAt, priceScale, sizeScale)
    tallies.set(openAt, tally)
    if (tallies.size > HELD) {
      given = Math.min(...tallies.keys())
      tallies.delete(given)
    }
    return tally
  }

  return {
    apply(event) {
      const openAt = openOf(event.at, SECOND)
      if (openAt <= given) return undefined
      const tally = tallies.get(openAt) ?? open(openAt)
      if (!tally.add(event)) return undefined
      priceScale = tally.priceScale
      sizeScale = tally.sizeScale
      return openAt
    },
    get: (openAt) => tallies.get(openAt)?.toLiveSecond(),
    held: () => [...tallies.keys()].toSorted((a, b) => a - b),
  }
}
