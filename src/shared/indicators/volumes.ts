/** Volume weighed by where in its range a candle closed: on panes of their own. */

import { defineIndicator } from './indicator.ts'
import type { Candle } from './indicator.ts'
import { LENGTH, ratio, windowOf } from './windows.ts'

/** The whole volume for a close at the high, all of it against for one at the low. A candle of one price says nothing. */
function flowOf({ high, low, close, volume }: Candle): number {
  return high === low ? 0 : ((2 * close - low - high) / (high - low)) * volume
}

/** Accumulation and distribution: the sum of the flow since the first candle that is loaded. */
export const accumulation = defineIndicator({
  place: 'pane',
  unit: 'amount',
  parameters: {},
  lines: [{ name: 'ad', kind: 'line' }],
  step: ({ candles, rows, index }) => [(rows[index - 1]?.[0] ?? 0) + flowOf(candles[index]!)],
})

/** Chaikin money flow: the flow of the last candles, of their volume, −1 to 1. */
export const moneyFlow = defineIndicator({
  place: 'pane',
  unit: 'share',
  parameters: { length: { ...LENGTH, initial: 20 } },
  lines: [{ name: 'cmf', kind: 'line' }],
  scale: { levels: [0] },
  step(at, { length }) {
    const candles = windowOf(at, length)
    if (candles === undefined) return [undefined]
    const sum = (valueOf: (candle: Candle) => number) => candles.reduce((total, each) => total + valueOf(each), 0)
    return [
      ratio(
        sum(flowOf),
        sum(({ volume }) => volume),
      ),
    ]
  },
})
