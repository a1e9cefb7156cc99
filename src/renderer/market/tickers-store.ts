/** The newest ticker of every followed market. */

import type { TapeRow, TickerRow } from '../../shared/market-view.ts'
import type { InstrumentKey } from '../../shared/market.ts'
import type { Cells } from './cells.ts'
import { createCells } from './cells.ts'
import { differenceOf } from './values.ts'

export interface TickersStore extends Cells<InstrumentKey, TickerRow> {
  apply(rows: readonly TickerRow[]): void
  /** A market's newest trade is its last price, sooner than the venue's ticker says so. */
  applyTrade(key: InstrumentKey, trade: TapeRow): void
}

export function createTickersStore(): TickersStore {
  const cells = createCells<InstrumentKey, TickerRow>()
  return {
    ...cells,
    apply(rows) {
      for (const row of rows) {
        // Two streams overlap for a moment when the page opens another: the older word never wins.
        const known = cells.get(row.instrument)
        if (known && known.receivedAt > row.receivedAt) continue
        cells.set(row.instrument, row)
      }
    },
    applyTrade(key, trade) {
      const known = cells.get(key)
      if (known === undefined || trade.at < known.at || trade.price === known.last) return
      const { change, ...rest } = known
      // Measured against open24h the change follows the price; a change of the venue's own day stays as it was told.
      const told = change === undefined || differenceOf(known) !== undefined ? {} : { change }
      cells.set(key, { ...rest, ...told, last: trade.price, at: trade.at })
    },
  }
}
