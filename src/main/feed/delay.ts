import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Clock } from './clock.ts'

/** Percentiles of arrival − venue time over the last minute. May be negative: the clocks' difference is not removed. */
export interface DelayMeter {
  add(delay: Millis): void
  percentiles(): { readonly p50: Millis; readonly p99: Millis } | undefined
}

const SPAN: Millis = 10 * SECOND
const SPANS = 6
/** Bins grow by 2^(1/8): a percentile is right to 5 %. */
const STEPS = 8
const HALF = 216

export function createDelayMeter(clock: Clock): DelayMeter {
  const spans = Array.from({ length: SPANS }, () => ({ number: -1, bins: new Uint32Array(2 * HALF + 1) }))
  const number = () => Math.floor(clock.monotonic() / SPAN)
  return {
    add(delay) {
      const current = number()
      const span = spans[current % SPANS]!
      if (span.number !== current) {
        span.number = current
        span.bins.fill(0)
      }
      const size = Math.min(HALF, Math.round(STEPS * Math.log2(1 + Math.abs(delay))))
      span.bins[HALF + (delay < 0 ? -size : size)]! += 1
    },
    percentiles() {
      const current = number()
      const sums = new Float64Array(2 * HALF + 1)
      let total = 0
      for (const span of spans) {
        if (span.number < 0 || current - span.number >= SPANS) continue
        span.bins.forEach((count, bin) => {
          sums[bin]! += count
          total += count
        })
      }
      if (total === 0) return undefined
      const at = (share: number) => {
        let left = share * total
        const bin = sums.findIndex((count) => (left -= count) <= 0)
        const size = 2 ** (Math.abs(bin - HALF) / STEPS) - 1
        return Math.round(bin < HALF ? -size : size)
      }
      return { p50: at(0.5), p99: at(0.99) }
    },
  }
}
