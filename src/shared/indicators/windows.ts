/** What indicators are put together from. A value that is undefined makes the whole undefined: nothing is made up. */

import type { Candle, Place } from './indicator.ts'

/** The candles of the last `length`, the one at `index` included; undefined: there are not so many. */
export function windowOf({ candles, index }: Place, length: number): readonly Candle[] | undefined {
  return index + 1 < length ? undefined : candles.slice(index + 1 - length, index + 1)
}

export function mean(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0
  for (const value of values) {
    if (value === undefined) return undefined
    sum += value
  }
  return sum / values.length
}

/** Values of the last `length` places; undefined where one before the first place is wanted. */
export function lastOf(
  index: number,
  length: number,
  valueAt: (index: number) => number | undefined,
): (number | undefined)[] {
  return Array.from({ length }, (_, back) => {
    const at = index + 1 - length + back
    return at < 0 ? undefined : valueAt(at)
  })
}

/**
 * The next value of an exponential mean: `before` moved towards the newest value by `share`. Its first is the plain mean of
 * the first `length` values that are there.
 */
export function nextMean(
  before: number | undefined,
  index: number,
  length: number,
  share: number,
  valueAt: (index: number) => number | undefined,
): number | undefined {
  const newest = valueAt(index)
  if (newest === undefined) return undefined
  return before === undefined ? mean(lastOf(index, length, valueAt)) : before + (newest - before) * share
}

/** Share of the newest value in an exponential mean over `length`. */
export const exponential = (length: number): number => 2 / (length + 1)
/** The same as Wilder has it. */
export const wilder = (length: number): number => 1 / length

/** Undefined where there is nothing to divide by. */
export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole === 0 ? undefined : part / whole
}

export const highest = (candles: readonly Candle[]): number =>
  candles.reduce((most, { high }) => Math.max(most, high), -Infinity)
export const lowest = (candles: readonly Candle[]): number =>
  candles.reduce((least, { low }) => Math.min(least, low), Infinity)

export const LENGTH = { least: 1, most: 500 } as const
