import type { InstrumentKey, MarketEvent } from '../../shared/market.ts'

/** Ids of trades that are remembered a market, at least. */
const REMEMBERED = 2_000

/** Knows a trade that comes again: two collectors, and a producer's repeat, tell the same one. Other records are always new. */
export function createRecentTrades(): (event: MarketEvent) => boolean {
  const seen = new Map<InstrumentKey, { newer: Set<string>; older: Set<string> }>()
  return ({ instrument, at, data }) => {
    if (data.kind !== 'trade') return true
    let ids = seen.get(instrument)
    if (!ids) seen.set(instrument, (ids = { newer: new Set(), older: new Set() }))
    const id = `${at} ${data.id}`
    if (ids.newer.has(id) || ids.older.has(id)) return false
    ids.newer.add(id)
    if (ids.newer.size >= REMEMBERED) {
      ids.older = ids.newer
      ids.newer = new Set()
    }
    return true
  }
}
