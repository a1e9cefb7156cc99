/** Bollinger's bands: the simple mean, and standard deviations of the population above and below it. */

import { defineIndicator } from './indicator.ts'
import type { Place } from './indicator.ts'
import { mean, ratio, windowOf } from './windows.ts'

const PARAMETERS = {
  length: { least: 2, most: 500, initial: 20 },
  deviations: { least: 1, most: 5, initial: 2 },
} as const
type Parameters = Readonly<Record<keyof typeof PARAMETERS, number>>

interface Bands {
  readonly upper: number
  readonly middle: number
  readonly lower: number
  readonly close: number
}

function bandsAt(at: Place, { length, deviations }: Parameters): Bands | undefined {
  const closes = windowOf(at, length)?.map(({ close }) => close)
  const middle = closes && mean(closes)
  if (middle === undefined) return undefined
  const reach = deviations * Math.sqrt(mean(closes!.map((close) => (close - middle) ** 2))!)
  return { upper: middle + reach, middle, lower: middle - reach, close: closes!.at(-1)! }
}

export const bollinger = defineIndicator({
  place: 'price',
  unit: 'price',
  parameters: PARAMETERS,
  lines: [
    { name: 'upper', kind: 'line' },
    { name: 'middle', kind: 'line' },
    { name: 'lower', kind: 'line' },
  ],
  step(at, parameters) {
    const bands = bandsAt(at, parameters)
    return [bands?.upper, bands?.middle, bands?.lower]
  },
})

/** How far the bands are apart, of the middle. */
export const bollingerWidth = defineIndicator({
  place: 'pane',
  unit: 'share',
  parameters: PARAMETERS,
  lines: [{ name: 'width', kind: 'line' }],
  scale: { least: 0 },
  step(at, parameters) {
    const bands = bandsAt(at, parameters)
    return [bands && ratio(bands.upper - bands.lower, bands.middle)]
  },
})

/** Where the close is: 0 on the lower band, 1 on the upper. */
export const bollingerPercent = defineIndicator({
  place: 'pane',
  unit: 'share',
  parameters: PARAMETERS,
  lines: [{ name: 'percent', kind: 'line' }],
  scale: { levels: [0, 1] },
  step(at, parameters) {
    const bands = bandsAt(at, parameters)
    return [bands && ratio(bands.close - bands.lower, bands.upper - bands.lower)]
  },
})
