import type { LimitUse } from '../../shared/engine-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Limit } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'

export type Use = Omit<LimitUse, 'of' | 'group'>

/** How much of a limit is spent, 0 … 1; 1 while held. */
export function shareOf({ used, count, heldFor }: Use): number {
  return heldFor === undefined ? Math.min(1, used / count) : 1
}

/** A venue's limit, kept: at most so much weight in any window. */
export interface Budget {
  /** Time until `weight` may be spent; 0: now. */
  wait(weight?: number): Millis
  /** Counts `weight` as spent, whether it fitted or not. */
  spend(weight?: number): void
  /** Settles once `weight` has been spent, in the order of asking. Rejects with FaultError 'cancelled' when aborted. */
  take(weight: number, signal: AbortSignal): Promise<void>
  /** Nothing more for this long: a Retry-After, a ban. */
  hold(duration: Millis): void
  /** What of it is in use now. */
  use(): Use
}

/** Our window is longer than the venue's, because two requests can arrive closer together than they left. */
const MARGIN = 1.1
/** Spending is kept in so many steps a window at most: a limit of 300,000 must not keep 300,000 entries. */
const STEPS = 100

export function createBudget(limit: Limit, clock: Clock): Budget {
  const window = limit.per * MARGIN
  const spent: { from: Millis; at: Millis; weight: number }[] = []
  const queue: { weight: number; resolve: () => void }[] = []
  let total = 0
  let heldUntil = -Infinity
  let cancelPump: (() => void) | undefined

  const forget = (now: Millis) => {
    while (spent[0] && spent[0].at <= now - window) total -= spent.shift()?.weight ?? 0
  }
  const wait = (weight = 1) => {
    const now = clock.monotonic()
    forget(now)
    let over = total + Math.min(weight, limit.count) - limit.count
    let freeAt = Math.max(now, heldUntil)
    for (const entry of spent) {
      if (over <= 0) break
      over -= entry.weight
      freeAt = Math.max(freeAt, entry.at + window)
    }
    return freeAt - now
  }
  const spend = (weight = 1) => {
    const now = clock.monotonic()
    forget(now)
    total += weight
    const last = spent.at(-1)
    // The whole step leaves with its newest part: a little late, never early.
    if (last && now - last.from < window / STEPS) {
      last.weight += weight
      last.at = now
    } else spent.push({ from: now, at: now, weight })
  }
  const pump = () => {
    cancelPump?.()
    cancelPump = undefined
    for (let head = queue[0]; head; head = queue[0]) {
      const delay = wait(head.weight)
      if (delay > 0) {
        cancelPump = clock.after(Math.ceil(delay), pump)
        return
      }
      queue.shift()
      spend(head.weight)
      head.resolve()
    }
  }

  return {
    wait,
    spend,
    take(weight, signal) {
      return new Promise((resolve, reject) => {
        const cancelled = () => {
          const at = queue.indexOf(entry)
          if (at >= 0) queue.splice(at, 1)
          pump()
          reject(new FaultError('cancelled', 'The request was cancelled while it waited for the venue’s limit.'))
        }
        const entry = {
          weight,
          resolve: () => {
            signal.removeEventListener('abort', cancelled)
            resolve()
          },
        }
        if (signal.aborted) return cancelled()
        signal.addEventListener('abort', cancelled, { once: true })
        queue.push(entry)
        pump()
      })
    },
    hold(duration) {
      heldUntil = Math.max(heldUntil, clock.monotonic() + duration)
    },
    use() {
      const now = clock.monotonic()
      forget(now)
      const held = heldUntil - now
      return { used: total, count: limit.count, per: limit.per, ...(held > 0 ? { heldFor: Math.ceil(held) } : {}) }
    },
  }
}
