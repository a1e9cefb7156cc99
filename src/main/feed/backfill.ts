import type { GapReason, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import { sleep } from './clock.ts'
import { POLLED_TRADES } from './poller.ts'
import type { RestRunner } from './rest.ts'

/** Fetches the newest trades of markets whose stream has just come back, for what the break and the last poll left out. */
export interface Backfill {
  add(native: string): void
}

/** Gaps whose trades may still be had, as far as the venue's newest trades reach. */
export const FILLABLE: readonly GapReason[] = ['disconnected', 'silent', 'sequence', 'paused', 'halted']
/** By then the venue's REST interface knows the trades of the moment at which the stream began. */
const SETTLE: Millis = 1.5 * SECOND

export function createBackfill(parts: {
  exchange: Exchange
  rest: RestRunner
  clock: Clock
  signal: AbortSignal
  /** All of one answer: every trade of the market since `reach`, by the venue's clock. */
  onFetched(native: string, values: readonly Decoded[], reach: Millis): void
}): Backfill {
  const full = Math.min(POLLED_TRADES, parts.exchange.rest.tradesPerAnswer ?? POLLED_TRADES)
  const waiting = new Set<string>()
  let running = false
  const run = async () => {
    running = true
    await sleep(parts.clock, SETTLE, parts.signal)
    for (const native of waiting) {
      if (parts.signal.aborted) return
      waiting.delete(native)
      try {
        const values = await parts.rest.run(parts.exchange.rest.trades(native, POLLED_TRADES), parts.signal)
        // Fewer than an answer can hold are all that the venue has.
        const reach = values.length < full ? -Infinity : (values[0]?.at ?? Infinity)
        parts.onFetched(native, values, reach)
      } catch {
        // What could not be fetched stays a gap; the runner knows the fault.
      }
    }
    running = false
  }
  return {
    add(native) {
      waiting.add(native)
      if (!running) void run()
    },
  }
}
