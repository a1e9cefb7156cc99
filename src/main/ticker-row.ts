import type { TickerRow } from '../shared/market-view.ts'
import type { MarketEvent, Ticker } from '../shared/market.ts'

/** A ticker as pages get it. */
export function toTickerRow({ instrument, at, receivedAt, origin, data }: MarketEvent<Ticker>): TickerRow {
  const { kind: _kind, ...values } = data
  return { ...values, instrument, at, receivedAt, origin }
}
