import { ENGINE_METRICS } from './engine-metrics.ts'
import type { EngineFacts } from './facts.ts'
import type { FailingPart } from './failing-parts.ts'
import { failingParts } from './failing-parts.ts'
import { KAFKA_METRICS } from './kafka-metrics.ts'
import type { Metric } from './metric.ts'
import { one } from './metric.ts'
import { createRunningTotals } from './running-totals.ts'
import { SOURCE_METRICS } from './source-metrics.ts'
import { encodeFamilies } from './text-format.ts'

const UP: Metric<EngineFacts | undefined> = {
  name: 'tapedeck_engine_up',
  type: 'gauge',
  help: '1 while an engine runs; 0 while it is being opened or replaced, and nothing else is told then.',
  samples: (facts) => one(facts ? 1 : 0),
}
const OF_AN_ENGINE = [...ENGINE_METRICS, ...SOURCE_METRICS, ...KAFKA_METRICS]

/** All metrics there are, in the order in which they are told. */
export const METRICS: readonly Pick<Metric<never>, 'name' | 'type' | 'help'>[] = [UP, ...OF_AN_ENGINE]

/** 'failing': at least one part is named, with the code of its trouble and one sentence. */
export type HealthAnswer =
  | { readonly status: 'ok' }
  | { readonly status: 'failing'; readonly parts: readonly FailingPart[] }

/** What this process tells those who watch it from outside. Nothing is measured or kept between two questions but totals. */
export interface Monitoring {
  /** In Prometheus' text format. */
  metrics(): Promise<string>
  health(): Promise<HealthAnswer>
}

/** `read`: what the engine of the moment knows; undefined while there is none. */
export function createMonitoring(read: () => Promise<EngineFacts | undefined>): Monitoring {
  const runningTotals = createRunningTotals()
  return {
    async metrics() {
      const facts = await read()
      const families = facts ? OF_AN_ENGINE.map((each) => ({ ...each, samples: each.samples(facts) })) : []
      return encodeFamilies([{ ...UP, samples: UP.samples(facts) }, ...runningTotals(families)])
    },
    async health() {
      const parts = failingParts(await read())
      return parts.length === 0 ? { status: 'ok' } : { status: 'failing', parts }
    },
  }
}
