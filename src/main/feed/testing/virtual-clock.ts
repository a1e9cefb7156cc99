import type { Millis } from '../../../shared/market.ts'
import type { Clock } from '../clock.ts'

/** A clock that stands still until told to move. */
export interface VirtualClock extends Clock {
  /** Moves on, running what falls due in order and letting promises settle in between. */
  advance(by: Millis): Promise<void>
  /** Timers waiting. */
  readonly waiting: number
}

/** Lets promises that are ready have their turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** Wall time starts at `start`; monotonic time at 0. */
export function createVirtualClock(start: Millis = Date.UTC(2026, 10, 21)): VirtualClock {
  let elapsed = 0
  let order = 0
  const timers = new Map<number, { due: Millis; run: () => void }>()
  const after = (delay: Millis, run: () => void) => {
    const id = order++
    timers.set(id, { due: elapsed + Math.max(0, delay), run })
    return () => void timers.delete(id)
  }
  const next = (until: Millis) => {
    let found: { id: number; due: Millis } | undefined
    for (const [id, { due }] of timers) if (due <= until && (!found || due < found.due)) found = { id, due }
    return found
  }
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    busy: () => 0,
    after,
    soon: (run) => after(0, run),
    get waiting() {
      return timers.size
    },
    async advance(by) {
      const until = elapsed + by
      await settle()
      for (let due = next(until); due; due = next(until)) {
        elapsed = Math.max(elapsed, due.due)
        const timer = timers.get(due.id)
        timers.delete(due.id)
        timer?.run()
        await settle()
      }
      elapsed = until
    },
  }
}
