import type { Family } from './text-format.ts'
import { seriesName } from './text-format.ts'

/** Keeps counters from falling while this process runs. */
export type RunningTotals = (families: readonly Family[]) => readonly Family[]

interface Total {
  /** What parts that are gone had counted. */
  readonly before: number
  readonly last: number
}

/**
 * Parts count from 0 when they are made anew (another network, another cluster, demo in place of live). Their counters go on
 * where the last one stood when it was last asked.
 */
export function createRunningTotals(): RunningTotals {
  const totals = new Map<string, Total>()
  const grown = (series: string, value: number): number => {
    const { before, last } = totals.get(series) ?? { before: 0, last: 0 }
    const next = { before: value < last ? before + last : before, last: value }
    totals.set(series, next)
    return next.before + value
  }
  return (families) =>
    families.map((family) => {
      if (family.type === 'gauge') return family
      const samples = family.samples.map(({ labels, value }) => ({
        labels,
        value: grown(seriesName(family.name, labels), value),
      }))
      return { ...family, samples }
    })
}
