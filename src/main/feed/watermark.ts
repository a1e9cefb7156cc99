import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { ClockSkew } from './clock-skew.ts'
import type { Clock } from './clock.ts'

/** How far a venue's time has come: no trade earlier than this is expected any more. Never goes back. */
export interface Watermark {
  /** A pushed event. */
  heard(at: Millis, receivedAt: Millis): void
  /** Any sign of life: with nothing to say, its time passes as well. */
  alive(receivedAt: Millis): void
  value(): Millis
}

/** An event may be ahead of the venue's estimated clock by so much; a wrong date must not push time into the future. */
const AHEAD: Millis = 2 * SECOND
/** With no sign of life time passes all the same, so much later: bars of a dead venue close too. */
const GRACE: Millis = 5 * SECOND

export function createWatermark(clock: Clock, skew: Pick<ClockSkew, 'leastDelay'>): Watermark {
  let mark = 0
  const raise = (to: Millis) => {
    if (to > mark) mark = to
  }
  const atVenue = (time: Millis) => time - (skew.leastDelay() ?? 0)
  return {
    heard(at, receivedAt) {
      if (at > mark) raise(Math.min(at, atVenue(receivedAt) + AHEAD))
    },
    alive: (receivedAt) => raise(atVenue(receivedAt)),
    value() {
      raise(Math.floor(atVenue(clock.now())) - GRACE)
      return mark
    },
  }
}
