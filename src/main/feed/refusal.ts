import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Clock } from './clock.ts'
import type { NetworkFault } from './network-faults.ts'

/**
 * For venues that count who they refuse: after "too many requests" nothing is asked until the wait is over, on REST and
 * sockets alike, and then one request goes alone, of the kind that was refused. Only when that one is served do the
 * others go again.
 */
export interface Refusal {
  /** With what it was refused, until a request is served again. */
  readonly fault: Fault | undefined
  /** Whether a request of that kind may go now. Each that may must be followed by one of the three below. */
  enter(kind: RequestKind): boolean
  served(): void
  refused(kind: RequestKind, reason: NetworkFault): void
  /** It failed in another way: that says nothing, but a lone request is not repeated at once. */
  failed(): void
  /** Time until the next try of that kind; 0: now. While others go first this is a guess. */
  wait(kind: RequestKind): Millis
}

export type RequestKind = 'rest' | 'socket'

/** While a lone request of somebody else is awaited, look again after so long. */
const LOOK_AGAIN: Millis = 1_000

/** `length`: how long to wait where the venue does not say. Absent, and it is none of these venues. */
export function createRefusal(length: Millis | undefined, clock: Pick<Clock, 'monotonic'>): Refusal | undefined {
  if (length === undefined) return undefined
  let state: 'open' | 'held' | 'alone' = 'open'
  let until = -Infinity
  let refusedKind: RequestKind = 'rest'
  let fault: Fault | undefined
  const hold = (duration: Millis) => {
    state = 'held'
    until = Math.max(until, clock.monotonic() + duration)
  }
  return {
    get fault() {
      return fault
    },
    enter(kind) {
      if (state === 'open') return true
      if (state === 'alone' || kind !== refusedKind || clock.monotonic() < until) return false
      state = 'alone'
      return true
    },
    served() {
      // What was asked before the refusal may be answered after it.
      if (state !== 'alone') return
      state = 'open'
      fault = undefined
    },
    refused(kind, reason) {
      refusedKind = kind
      fault = reason.fault
      hold(reason.retryAfter !== undefined && !reason.isGuess ? reason.retryAfter : length)
    },
    failed() {
      if (state === 'alone') hold(length)
    },
    wait(kind) {
      if (state === 'open') return 0
      const left = Math.max(0, until - clock.monotonic())
      return state === 'alone' || kind !== refusedKind ? Math.max(LOOK_AGAIN, left) : left
    },
  }
}
