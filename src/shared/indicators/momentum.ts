/** How fast, and how far within its range, the price moves: on panes of their own. */

import { defineIndicator } from './indicator.ts'
import type { Candle, Place } from './indicator.ts'
import { LENGTH, exponential, highest, lastOf, lowest, mean, nextMean, ratio, wilder, windowOf } from './windows.ts'

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : 100 * share)

/** Wilder's relative strength: the share of rises in all movement, 0 to 100. */
export const rsi = defineIndicator({
  place: 'pane',
  unit: 'percent',
  parameters: { length: { ...LENGTH, initial: 14 } },
  lines: [{ name: 'rsi', kind: 'line' }],
  scale: { least: 0, most: 100, levels: [30, 70] },
  step({ candles, rows, index }, { length }) {
    const move = (sign: number) => (at: number) => {
      const before = candles[at - 1]
      return before && Math.max(0, sign * (candles[at]!.close - before.close))
    }
    const rise = nextMean(rows[index - 1]?.[1], index, length, wilder(length), move(1))
    const fall = nextMean(rows[index - 1]?.[2], index, length, wilder(length), move(-1))
    const all = rise === undefined || fall === undefined ? undefined : rise + fall
    return [percent(ratio(rise, all)), rise, fall]
  },
})

/** The fast exponential mean over the slow one, its own mean (the signal), and how far it is from that. */
export const macd = defineIndicator({
  place: 'pane',
  unit: 'price',
  parameters: {
    fast: { ...LENGTH, initial: 12 },
    slow: { ...LENGTH, initial: 26 },
    signal: { ...LENGTH, initial: 9 },
  },
  lines: [
    { name: 'macd', kind: 'line' },
    { name: 'signal', kind: 'line' },
    { name: 'histogram', kind: 'histogram' },
  ],
  scale: { levels: [0] },
  step({ candles, rows, index }, { fast, slow, signal }) {
    const close = (at: number) => candles[at]?.close
    const quick = nextMean(rows[index - 1]?.[3], index, fast, exponential(fast), close)
    const calm = nextMean(rows[index - 1]?.[4], index, slow, exponential(slow), close)
    const line = quick === undefined || calm === undefined ? undefined : quick - calm
    const lineAt = (at: number) => (at === index ? line : rows[at]?.[0])
    const mark = nextMean(rows[index - 1]?.[1], index, signal, exponential(signal), lineAt)
    return [line, mark, line === undefined || mark === undefined ? undefined : line - mark, quick, calm]
  },
})

/** Where the close is in the range of the last candles, 0 to 1. */
function placeInRange(candles: readonly Candle[] | undefined): number | undefined {
  if (candles === undefined) return undefined
  const low = lowest(candles)
  return ratio(candles.at(-1)!.close - low, highest(candles) - low)
}

/** The slow stochastic: %K is smoothed, %D is the mean of %K. */
export const stochastic = defineIndicator({
  place: 'pane',
  unit: 'percent',
  parameters: {
    length: { ...LENGTH, initial: 14 },
    smooth: { ...LENGTH, initial: 3 },
    signal: { ...LENGTH, initial: 3 },
  },
  lines: [
    { name: 'k', kind: 'line' },
    { name: 'd', kind: 'line' },
  ],
  scale: { least: 0, most: 100, levels: [20, 80] },
  step(at, { length, smooth, signal }) {
    const { rows, index } = at
    const raw = percent(placeInRange(windowOf(at, length)))
    const k = mean(lastOf(index, smooth, (back) => (back === index ? raw : rows[back]?.[2])))
    const d = mean(lastOf(index, signal, (back) => (back === index ? k : rows[back]?.[0])))
    return [k, d, raw]
  },
})

/** Williams %R: how far the close is below the highest, −100 to 0. */
export const williams = defineIndicator({
  place: 'pane',
  unit: 'percent',
  parameters: { length: { ...LENGTH, initial: 14 } },
  lines: [{ name: 'r', kind: 'line' }],
  scale: { least: -100, most: 0, levels: [-80, -20] },
  step(at, { length }) {
    const place = placeInRange(windowOf(at, length))
    return [place === undefined ? undefined : 100 * (place - 1)]
  },
})

/** Rate of change: the close against the one `length` candles ago, in percent. */
export const roc = defineIndicator({
  place: 'pane',
  unit: 'percent',
  parameters: { length: { ...LENGTH, initial: 10 } },
  lines: [{ name: 'roc', kind: 'line' }],
  scale: { levels: [0] },
  step({ candles, index }, { length }) {
    const before = candles[index - length]?.close
    return [before === undefined ? undefined : percent(ratio(candles[index]!.close - before, before))]
  },
})

/** How far the price reaches from one close to the next: the range, gaps between candles included. */
function trueRange({ candles }: Pick<Place, 'candles'>, index: number): number | undefined {
  const before = candles[index - 1]?.close
  if (before === undefined) return undefined
  const { high, low } = candles[index]!
  return Math.max(high, before) - Math.min(low, before)
}

/** Wilder's average true range, in the quote currency. */
export const atr = defineIndicator({
  place: 'pane',
  unit: 'price',
  parameters: { length: { ...LENGTH, initial: 14 } },
  lines: [{ name: 'atr', kind: 'line' }],
  scale: { least: 0 },
  step: (at, { length }) => [
    nextMean(at.rows[at.index - 1]?.[0], at.index, length, wilder(length), (back) => trueRange(at, back)),
  ],
})
