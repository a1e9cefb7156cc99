/** Means of the price, drawn on the candles. */

import { DAY } from '../market.ts'
import { defineIndicator } from './indicator.ts'
import type { Candle } from './indicator.ts'
import { LENGTH, exponential, mean, nextMean, ratio, windowOf } from './windows.ts'

/** Simple moving average of the close. */
export const sma = defineIndicator({
  place: 'price',
  unit: 'price',
  parameters: { length: { ...LENGTH, initial: 20 } },
  lines: [{ name: 'sma', kind: 'line' }],
  step: (at, { length }) => [mean(windowOf(at, length)?.map(({ close }) => close) ?? [undefined])],
})

/** Exponential moving average of the close, begun with the simple one. */
export const ema = defineIndicator({
  place: 'price',
  unit: 'price',
  parameters: { length: { ...LENGTH, initial: 20 } },
  lines: [{ name: 'ema', kind: 'line' }],
  step: ({ candles, rows, index }, { length }) => [
    nextMean(rows[index - 1]?.[0], index, length, exponential(length), (at) => candles[at]?.close),
  ],
})

/** Money per unit since 00:00 UTC: of the trades themselves where the exchange tells their money, else at each bar's typical price. */
export const vwap = defineIndicator({
  place: 'price',
  unit: 'price',
  parameters: {},
  lines: [{ name: 'vwap', kind: 'line' }],
  step({ candles, rows, index }) {
    const candle = candles[index]!
    const before = candles[index - 1]
    const isSameDay = before !== undefined && dayOf(before) === dayOf(candle)
    const [, money = 0, volume = 0] = (isSameDay && rows[index - 1]) || []
    const sums = [money + moneyOf(candle), volume + candle.volume] as const
    return [ratio(...sums), ...sums]
  },
})

const dayOf = ({ openAt }: Candle): number => Math.floor(openAt / DAY)
const moneyOf = ({ high, low, close, volume, quoteVolume }: Candle): number =>
  quoteVolume > 0 ? quoteVolume : ((high + low + close) / 3) * volume
