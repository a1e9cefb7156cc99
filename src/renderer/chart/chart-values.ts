/** Values of a chart's bars: exact texts, put together from shorter bars without rounding. */

import type { BarColumns, LiveSecond } from '../../shared/market-view.ts'
import { compareDecimals } from '../../shared/decimal.ts'
import { addDecimals } from '../../shared/exact.ts'
import type { Decimal } from '../../shared/market.ts'

/** What a bar with at least one trade holds. */
export interface ChartValues {
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  readonly volume: Decimal
  readonly quoteVolume: Decimal
  readonly buyVolume: Decimal
  readonly trades: number
}

/** Two neighbouring stretches as one, the earlier first. */
export function joinValues(first: ChartValues | undefined, then: ChartValues): ChartValues {
  if (first === undefined) return then
  return {
    open: first.open,
    high: compareDecimals(first.high, then.high) < 0 ? then.high : first.high,
    low: compareDecimals(first.low, then.low) > 0 ? then.low : first.low,
    close: then.close,
    volume: addDecimals(first.volume, then.volume),
    quoteVolume: addDecimals(first.quoteVolume, then.quoteVolume),
    buyVolume: addDecimals(first.buyVolume, then.buyVolume),
    trades: first.trades + then.trades,
  }
}

/** A live second without its time. */
export function valuesOf(second: LiveSecond): ChartValues {
  const { open, high, low, close, volume, quoteVolume, buyVolume, trades } = second
  return { open, high, low, close, volume, quoteVolume, buyVolume, trades }
}

/** The values in row `index` of a history answer; undefined where nobody traded. */
export function valuesAt(columns: BarColumns, index: number): ChartValues | undefined {
  const open = columns.open[index]
  if (open === undefined || open === '') return undefined
  return {
    open,
    high: columns.high[index] ?? open,
    low: columns.low[index] ?? open,
    close: columns.close[index] ?? open,
    volume: columns.volume[index] || '0',
    quoteVolume: columns.quoteVolume[index] || '0',
    buyVolume: columns.buyVolume[index] || '0',
    trades: columns.trades[index] ?? 0,
  }
}
