import type { Millis } from '../../shared/market.ts'

/** How long to wait before the next try. Never gives up. */
export interface Backoff {
  /** Tries since the last success. */
  readonly attempt: number
  /** Counts a failure and answers how long to wait: doubling from `first`, with jitter, never above `longest`. */
  next(): Millis
  /** It worked. */
  reset(): void
}

/** The wait is between half and the whole of the doubled time, so that many machines do not return as one. */
export function createBackoff(
  limits: { readonly first: Millis; readonly longest: Millis },
  random: () => number,
): Backoff {
  let attempt = 0
  return {
    get attempt() {
      return attempt
    },
    next() {
      const whole = Math.min(limits.longest, limits.first * 2 ** Math.min(attempt, 52))
      attempt += 1
      return whole / 2 + (random() * whole) / 2
    },
    reset() {
      attempt = 0
    },
  }
}
