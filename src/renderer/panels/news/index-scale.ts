/** An index's scale in words and in lines. */

import type { IndexPoint } from '../../../shared/items-contract.ts'
import type { Millis } from '../../../shared/market.ts'
import { DAY } from '../../../shared/market.ts'

/** The five words of both indices, each up to (and without) a value. */
export const BANDS = [
  { name: 'extremeFear', to: 25 },
  { name: 'fear', to: 45 },
  { name: 'neutral', to: 55 },
  { name: 'greed', to: 75 },
  { name: 'extremeGreed', to: 100 },
] as const
export type BandName = (typeof BANDS)[number]['name']

/** The feed's own word as ours, if it is one of the five. */
export function bandOf(label: string): BandName | undefined {
  const bare = label.toLowerCase().replaceAll(/[^a-z]/g, '')
  return BANDS.find(({ name }) => name.toLowerCase() === bare)?.name
}

/** The newest value that is at least `age` older than the last one. */
export function valueBefore(points: readonly IndexPoint[], age: Millis): number | undefined {
  const last = points.at(-1)
  const found = last && points.findLast((point) => point.at <= last.at - age + DAY / 2)
  return found && found !== last ? Number(found.value) : undefined
}

/** A line through all values by time, in a box from 0,0 to width,height; undefined where there is no line. */
export function linePath(points: readonly IndexPoint[], width: number, height: number): string | undefined {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || last.at === first.at) return undefined
  return points
    .map(({ at, value }, index) => {
      const x = ((at - first.at) / (last.at - first.at)) * width
      const y = height - (Number(value) / 100) * height
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}
