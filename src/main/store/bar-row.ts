/** A bar as a row of market.db. */

import type { Bar, BarState, Decimal, Millis } from '../../shared/market.ts'

/** The columns behind (instrument, interval, open_at), in order. */
export const BAR_COLUMNS =
  'open, high, low, close, vwap, avg_price, price_sum, volume, quote_volume, buy_volume, trades, revision, state'

export interface BarRow {
  readonly interval: Millis
  readonly open_at: Millis
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  readonly vwap: Decimal
  readonly avg_price: Decimal
  readonly price_sum: Decimal
  readonly volume: Decimal
  readonly quote_volume: Decimal
  readonly buy_volume: Decimal
  readonly trades: number
  readonly revision: number
  readonly state: BarState
}

export function toBar(row: BarRow): Bar {
  return {
    kind: 'bar',
    interval: row.interval,
    openAt: row.open_at,
    open: row.open,
    high: row.high,
    low: row.low,
    close: row.close,
    vwap: row.vwap,
    avgPrice: row.avg_price,
    priceSum: row.price_sum,
    volume: row.volume,
    quoteVolume: row.quote_volume,
    buyVolume: row.buy_volume,
    trades: row.trades,
    revision: row.revision,
    state: row.state,
  }
}
