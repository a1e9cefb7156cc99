import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** The labels in use. Each has few values that do not grow with time: no trade, no market, no address. */
export const LABELS = [
  'consumer',
  'feed',
  'group',
  'host',
  'mode',
  'part',
  'percentile',
  'preset',
  'state',
  'venue',
  'version',
] as const
export type Labels = Readonly<Partial<Record<(typeof LABELS)[number], string>>>

/** One number of a metric, in its base unit. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** A metric as data: what it is called, what it means, and where its numbers are found in what the engine knows. */
export interface Metric<F> {
  /** By Prometheus' conventions: the unit at the end, and behind it `_total` on what only grows. */
  readonly name: `tapedeck_${string}`
  readonly type: 'counter' | 'gauge'
  /** One sentence. */
  readonly help: string
  /** Nothing where there is nothing to tell: a value that is not known is left out and is never 0. */
  readonly samples: (facts: F) => readonly Sample[]
}

/** A single number without labels, if it is known. */
export function one(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ labels: {}, value }]
}

/** One of several states, as Prometheus tells it: 1 for the state that holds, 0 for the others. */
export function oneOf(states: readonly string[], state: string, labels: Labels = {}): readonly Sample[] {
  return states.map((each) => ({ labels: { ...labels, state: each }, value: each === state ? 1 : 0 }))
}

/** The percentiles that the engine keeps, in seconds. They are gauges: a delay below 0 is a difference of clocks. */
export function percentiles(
  values: { readonly p50: Millis; readonly p99: Millis } | undefined,
  labels: Labels = {},
): readonly Sample[] {
  if (!values) return []
  return [
    { labels: { ...labels, percentile: '50' }, value: values.p50 / SECOND },
    { labels: { ...labels, percentile: '99' }, value: values.p99 / SECOND },
  ]
}

/** A length of time, in seconds. */
export function seconds(time: Millis | undefined): number | undefined {
  return time === undefined ? undefined : time / SECOND
}
