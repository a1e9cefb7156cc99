/** The newest ticker of every followed market. */

import type { TickerRow } from '../../shared/contract.ts'
import type { InstrumentKey } from '../../shared/market.ts'
import type { Cells } from './cells.ts'
import { createCells } from './cells.ts'

export interface TickersStore extends Cells<InstrumentKey, TickerRow> {
  apply(rows: readonly TickerRow[]): void
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
  }
}
