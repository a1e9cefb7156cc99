import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** Events a second, over the last five whole seconds. */
export interface Rate {
  add(count: number): void
  perSecond(): number
}

const SECONDS = 5

export function createRate(now: () => Millis): Rate {
  const counts = new Map<number, number>()
  const trim = (second: number) => {
    for (const each of counts.keys()) if (each < second - SECONDS) counts.delete(each)
  }
  return {
    add(count) {
      const second = Math.floor(now() / SECOND)
      counts.set(second, (counts.get(second) ?? 0) + count)
      trim(second)
    },
    perSecond() {
      const second = Math.floor(now() / SECOND)
      trim(second)
      let sum = 0
      for (const [each, count] of counts) if (each < second) sum += count
      return sum / SECONDS
    },
  }
}
