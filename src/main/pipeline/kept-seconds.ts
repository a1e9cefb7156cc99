import type { Millis } from '../../shared/market.ts'
import type { MarketSeconds } from './market-seconds.ts'
import { MEMORY } from './told-seconds.ts'

/** Sums of closed seconds kept for corrections, and trades in them: together some 10 MB a partition at most. Later ones are made again from the store. */
const SECONDS = 10_000
const TRADES = 60_000

interface Kept {
  readonly market: MarketSeconds
  readonly openAt: Millis
  /** When it was told first. */
  readonly trades: number
}

/** The closed seconds whose sums are still in memory, in the order in which they were closed. */
export class KeptSeconds {
  private readonly seconds: Kept[] = []
  private trades = 0

  add(market: MarketSeconds, openAt: Millis, trades: number): void {
    this.seconds.push({ market, openAt, trades })
    this.trades += trades
  }

  /** Lets go of what is too old, and of the oldest beyond the budget. */
  trim(): void {
    let dropped = 0
    for (const { market, openAt, trades } of this.seconds) {
      const isWithin = this.seconds.length - dropped <= SECONDS && this.trades <= TRADES
      if (isWithin && openAt >= market.venue.limit - MEMORY) break
      market.forget(openAt)
      this.trades -= trades
      dropped += 1
    }
    this.seconds.splice(0, dropped)
  }
}
