import type { GapReason, Millis, Trade } from '../../shared/market.ts'
import { DAY, SECOND } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import { sleep } from './clock.ts'
import type { RestRunner } from './rest.ts'

/** Fetches the trades of markets whose stream has just come back, for what the break and the last poll left out. */
export interface Backfill {
  /** `since`: begin of the break, by the venue's clock. */
  add(native: string, since: Millis): void
}

/** Gaps whose trades may still be had, as far as the venue's REST interface reaches. */
export const FILLABLE: readonly GapReason[] = ['disconnected', 'silent', 'sequence', 'paused', 'halted']
/** By then the venue's REST interface knows the trades of the moment at which the stream began. */
const SETTLE: Millis = 1.5 * SECOND
/** Asked for at once: no venue gives more. */
const TRADES = 1_000
/** Every venue gives as many in one answer, where no number is known. */
const SURE = 100
/** Most answers for one market: a long break at a busy venue stays missing rather than costing its whole budget. */
const PAGES = 20

export function createBackfill(parts: {
  exchange: Exchange
  rest: Pick<RestRunner, 'run'>
  clock: Clock
  signal: AbortSignal
  /** Every trade of the market since `reach`, by the venue's clock. */
  onFetched(native: string, values: readonly Decoded<Trade>[], reach: Millis): void
}): Backfill {
  const { rest, exchange, signal } = parts
  const full = Math.min(TRADES, exchange.rest.tradesPerAnswer ?? SURE)
  const waiting = new Map<string, Millis>()
  let running = false

  /** Trades of one answer, and how far back they are all that there were. */
  const ask = async (native: string, before: Decoded<Trade> | undefined) => {
    const values = await rest.run(exchange.rest.trades(native, TRADES, before), signal)
    const oldest = values[0]?.at ?? before?.at
    if (values.length >= full) return { values, reach: oldest ?? Infinity }
    // Fewer than an answer can hold are all that the venue has, or all of the day.
    if (exchange.rest.tradesOfDay === undefined) return { values, reach: -Infinity }
    return { values, reach: oldest === undefined ? Infinity : Math.floor(oldest / DAY) * DAY }
  }
  const fetch = async (native: string, since: Millis) => {
    let { values, reach } = await ask(native, undefined)
    for (let page = 1; page < PAGES && exchange.rest.tradePages && reach > since; page += 1) {
      // What has been fetched counts, whatever becomes of the next page.
      const older = await ask(native, values[0]).catch(() => undefined)
      if (older === undefined || older.values.length === 0) break
      values = [...older.values, ...values]
      reach = older.reach
    }
    if (!signal.aborted) parts.onFetched(native, values, reach)
  }
  const run = async () => {
    running = true
    await sleep(parts.clock, SETTLE, signal)
    for (const [native, since] of waiting) {
      if (signal.aborted) return
      waiting.delete(native)
      try {
        await fetch(native, since)
      } catch {
        // What could not be fetched stays a gap; the runner knows the fault.
      }
    }
    running = false
  }
  return {
    add(native, since) {
      waiting.set(native, Math.min(since, waiting.get(native) ?? Infinity))
      if (!running) void run()
    },
  }
}
