/** Yahoo's rows as candles on our grid. */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Millis } from '../../../shared/market.ts'
import { DAY, SECOND } from '../../../shared/market.ts'
import type { Candle } from '../exchange.ts'
import { mergeCandles } from '../merge-candles.ts'
import type { Chart } from './chart.ts'
import { priceOf, timeOf } from './quote.ts'

/**
 * The rows of a chart, oldest first; those without a price left out (opening, high and low of 0 are placeholders). A day
 * lies on its own date, whatever hour it opened at. The last row is often the day as it runs, at the time of its last
 * trade beside the day's own row: the later one holds for a day, and is no row of its own where rows are shorter.
 */
export function toCandles({ meta, times, columns }: Chart, interval: Millis): readonly Candle[] {
  const offset = meta.has('gmtoffset') ? Number(meta.decimal('gmtoffset')) * SECOND : 0
  const rows: Candle[] = []
  for (const [nth, time] of times.entries()) {
    const at = timeOf(time * SECOND, 'timestamp')
    if (interval < DAY && at % MINUTES !== 0) continue
    const open = price(columns.open[nth], 'open')
    const high = price(columns.high[nth], 'high')
    const low = price(columns.low[nth], 'low')
    const close = price(columns.close[nth], 'close')
    if (open === undefined || high === undefined || low === undefined || close === undefined) continue
    const openAt = interval < DAY ? at : Math.floor((at + offset) / DAY) * DAY
    const candle = { openAt, open, high, low, close, volume: volume(columns.volume[nth]) }
    if (rows.at(-1)?.openAt === openAt) rows[rows.length - 1] = candle
    else rows.push(candle)
  }
  return interval < DAY ? mergeCandles(rows, interval, false) : rows
}

/** No row of less than a minute is asked for. */
const MINUTES = 60 * SECOND

function price(value: number | null | undefined, name: string): Decimal | undefined {
  return priceOf(value ?? undefined, name)
}

function volume(value: number | null | undefined): Decimal {
  return toDecimal(String(Math.max(0, Math.round(value ?? 0))))
}
