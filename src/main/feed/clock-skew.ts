import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Clock } from './clock.ts'

/**
 * How far a venue's clock is from ours, in milliseconds; positive: the venue's is ahead.
 *
 * A pushed event arrives `delay` = latency − skew after its venue time. The least delay of the last minute belongs to the
 * luckiest event, whose latency is close to the least one-way latency, and half the shortest round trip measured on
 * the same path stands for that. So skew = ½ least round trip − least delay; without a round trip, − least delay, which
 * is low by the one-way latency. A venue that pushes nothing yet is estimated from the Date headers of its REST
 * answers: each bounds the skew to the second it names plus its round trip, and many of them narrow it.
 */
export interface ClockSkew {
  /** An event pushed by the venue just after it happened (no snapshot, nothing polled). */
  heard(at: Millis, receivedAt: Millis): void
  roundTrip(length: Millis): void
  /** An answer with a Date header (`date`: whole seconds, cut). */
  answered(sentAt: Millis, receivedAt: Millis, date: Millis): void
  estimate(): Millis | undefined
  /** Least arrival − venue time of the last minute: what of our time has surely passed at the venue is older than this. */
  leastDelay(): Millis | undefined
}

const SPAN: Millis = 10 * SECOND
const SPANS = 6
/** A Date estimate wider than this says nothing. */
const USEFUL: Millis = 500

interface Span {
  from: Millis
  delay: Millis
  trip: Millis
}

export function createClockSkew(clock: Clock): ClockSkew {
  let spans: Span[] = []
  let low = -Infinity
  let high = Infinity
  let jump = clock.now() - clock.monotonic()
  let delay = Infinity
  let trip = Infinity
  const sum = () => {
    delay = Math.min(...spans.map((span) => span.delay))
    trip = Math.min(...spans.map((span) => span.trip))
  }

  const current = (): Span => {
    const now = clock.monotonic()
    // Our own clock was set: what was measured against it is void.
    const offset = clock.now() - now
    if (Math.abs(offset - jump) > 100) {
      spans = []
      low = -Infinity
      high = Infinity
    }
    jump = offset
    let last = spans.at(-1)
    if (!last || now - last.from >= SPAN) {
      spans = spans.filter((span) => now - span.from < SPAN * SPANS)
      last = { from: now, delay: Infinity, trip: Infinity }
      spans.push(last)
      sum()
    }
    return last
  }

  return {
    heard(at, receivedAt) {
      const span = current()
      span.delay = Math.min(span.delay, receivedAt - at)
      delay = Math.min(delay, span.delay)
    },
    roundTrip(length) {
      const span = current()
      span.trip = Math.min(span.trip, length)
      trip = Math.min(trip, span.trip)
    },
    answered(sentAt, receivedAt, date) {
      current()
      const from = date - receivedAt
      const to = date + SECOND - sentAt
      // Bounds that contradict each other: one of the clocks was set.
      if (from > high || to < low) [low, high] = [from, to]
      low = Math.max(low, from)
      high = Math.min(high, to)
    },
    estimate() {
      if (Number.isFinite(delay)) return Math.round((Number.isFinite(trip) ? trip : 0) / 2 - delay)
      return high - low <= USEFUL ? Math.round((low + high) / 2) : undefined
    },
    leastDelay: () => (Number.isFinite(delay) ? delay : undefined),
  }
}
