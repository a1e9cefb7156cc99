import type { InstrumentKey, MarketEvent } from '../../shared/market.ts'
import { createRecentTrades } from '../consume/recent-trades.ts'

/**
 * Takes what other collectors saw to this machine's pages, each trade once. Markets that are watched here are left out; the
 * pages have them already.
 */
export function createOthersEvents(
  watched: () => readonly InstrumentKey[],
  push: (events: readonly MarketEvent[]) => void,
): (events: readonly MarketEvent[]) => void {
  const isNew = createRecentTrades()
  return (events) => {
    const here = new Set(watched())
    const fresh = events.filter((event) => {
      const { kind } = event.data
      return kind !== 'clock' && kind !== 'bar' && !here.has(event.instrument) && isNew(event)
    })
    if (fresh.length > 0) push(fresh)
  }
}
