import { SECOND } from '../../shared/market.ts'
import type { Clock } from './clock.ts'

/** Events a second, averaged over the last whole seconds. */
export interface Rate {
  add(count?: number): void
  perSecond(): number
  /** All so far. */
  readonly total: number
}

const SECONDS = 5

export function createRate(clock: Clock): Rate {
  const slots = Array.from({ length: SECONDS + 1 }, () => ({ second: -1, count: 0 }))
  let total = 0
  const second = () => Math.floor(clock.monotonic() / SECOND)
  return {
    add(count = 1) {
      total += count
      const now = second()
      const slot = slots[now % slots.length]!
      if (slot.second !== now) {
        slot.second = now
        slot.count = 0
      }
      slot.count += count
    },
    perSecond() {
      const now = second()
      let sum = 0
      for (const slot of slots)
        if (slot.second >= 0 && slot.second < now && now - slot.second <= SECONDS) sum += slot.count
      return sum / SECONDS
    },
    get total() {
      return total
    },
  }
}
