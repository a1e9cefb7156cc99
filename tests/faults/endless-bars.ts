/** A partition of the bars topic in which every third record is another market's, and offset n opens at second n. */

import type { InstrumentKey, MarketEvent } from '../../src/shared/market.ts'
import type { BarSource } from '../../src/main/store/csv-sink.ts'

export const MARKET: InstrumentKey = 'binance:BTC/USDT'
const OTHER: InstrumentKey = 'binance:ETH/USDT'
export const START = 1_795_325_520_000

/** Whether the record at an offset is one of the sink's market. */
export function isOurs(offset: number): boolean {
  return offset % 3 !== 2
}

export function barAt(offset: number): MarketEvent {
  const openAt = START + offset * 1_000
  const price = String(60_000 + offset)
  return {
    instrument: isOurs(offset) ? MARKET : OTHER,
    at: openAt,
    receivedAt: openAt + 2_000,
    origin: 'stream',
    data: {
      kind: 'bar',
      interval: 1_000,
      openAt,
      revision: 0,
      state: 'traded',
      open: price,
      high: price,
      low: price,
      close: price,
      vwap: price,
      avgPrice: price,
      priceSum: price,
      volume: '0.5',
      quoteVolume: '1',
      buyVolume: '0.5',
      trades: 1,
    },
  }
}

/** Seven records a millisecond, from the cursor on, for ever. */
export const endlessBars: BarSource = (cursor, onBatch) => {
  let base = cursor ?? 0
  const timer = setInterval(() => {
    const events = Array.from({ length: 7 }, (_, index) => barAt(base + index))
    void onBatch({ base, events })
    base += events.length
  }, 1)
  return () => clearInterval(timer)
}
