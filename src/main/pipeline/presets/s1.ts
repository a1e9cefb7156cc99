/**
 * Trades of one market on `stock_trade`. Its readers take `price` and `timestamp`; the further fields say what else is
 * known of the trade. Keyed by the trade's id, so that the load spreads evenly over the members of a group.
 */

import type { InstrumentKey } from '../../../shared/market.ts'
import { exactly, toJson } from './fields.ts'
import type { Preset } from './preset.ts'

export const STOCK_TRADE = 'stock_trade'

export function createS1(market: InstrumentKey): Preset {
  return {
    id: 's1',
    topics: [{ name: STOCK_TRADE, partitions: 3, split: 'key' }],
    reads: ['trades'],
    market,
    encode({ instrument, at, data }) {
      if (instrument !== market || data.kind !== 'trade') return []
      const value = toJson({
        price: exactly(data.price),
        timestamp: at,
        id: data.id,
        side: data.side,
        amount: exactly(data.size),
        market,
      })
      return [{ topic: STOCK_TRADE, key: data.id, value }]
    },
  }
}
