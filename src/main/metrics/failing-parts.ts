/** When a part of the engine counts as failing: what it says of itself, and how long that may go on. */

import type { VenueHealth } from '../../shared/engine-view.ts'
import type { Fault } from '../../shared/faults.ts'
import type { ConsumerView } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { EngineFacts } from './facts.ts'

/** The parts that can fail, in the order of the flow. */
export const PARTS = ['engine', 'sources', 'journal', 'store', 'csv', 'forwarder', 'consumers'] as const
export type Part = (typeof PARTS)[number]

/** A part that fails, with the code of its trouble and one sentence. */
export interface FailingPart extends Fault {
  readonly part: Part
}

/** What is owed to the cluster may wait for so long while nothing is acknowledged. */
const STUCK: Millis = MINUTE

/** All parts that fail now. Undefined facts: no engine runs at this moment. */
export function failingParts(facts: EngineFacts | undefined): readonly FailingPart[] {
  if (!facts) return [{ part: 'engine', ...NO_ENGINE }]
  const { health, kafka } = facts
  const faults: readonly (readonly [Part, Fault | undefined])[] = [
    ['sources', sourcesFault(health.venues)],
    ['journal', health.journal.fault],
    ['store', health.store.fault],
    ['csv', health.csv?.fault],
    ['forwarder', forwarderFault(facts)],
    ...kafka.consumers.map((consumer) => ['consumers', consumerFault(consumer)] as const),
  ]
  return faults.flatMap(([part, fault]) => (fault ? [{ part, code: fault.code, message: fault.message }] : []))
}

const NO_ENGINE: Fault = {
  code: 'connection-lost',
  message: 'No engine runs: it is being opened or replaced. Ask again in a few seconds.',
}

/** One source that answers is enough; one that is off, wants a key or has nothing to watch says nothing. */
function sourcesFault(venues: readonly VenueHealth[]): Fault | undefined {
  const asked = venues.filter(({ state, markets }) => {
    if (state === 'off' || state === 'needs-key') return false
    return state !== 'live' || markets > 0
  })
  const down = asked.filter(({ state }) => state === 'down' || state === 'paused')
  const [first] = down
  if (!first || down.length < asked.length) return undefined
  const reason = first.fault ?? { code: 'connect-refused', message: 'it cannot be reached.' }
  const which = down.length === 1 ? 'The only source does not answer' : `None of ${down.length} sources answers`
  return { code: reason.code, message: `${which}. ${first.venue}: ${reason.message}` }
}

/** A cluster that is away is no failure yet: the journal keeps what it is owed. One that goes on for long is. */
function forwarderFault({ health, kafka }: EngineFacts): Fault | undefined {
  const { outbox, fault, state } = kafka.cluster
  if (!outbox || outbox.records === 0 || outbox.oldestAt === undefined) return undefined
  const age = health.at - outbox.oldestAt
  if (age < STUCK) return undefined
  const reason = outbox.presets.find((preset) => preset.fault)?.fault ?? fault
  if (!reason && state === 'up' && outbox.outPerSecond > 0) return undefined
  const waiting = `${outbox.records} records wait for Kafka, the oldest for ${Math.round(age / SECOND)} s.`
  return reason
    ? { code: reason.code, message: `${waiting} ${reason.message}` }
    : { code: 'timed-out', message: `${waiting} Nothing is acknowledged.` }
}

function consumerFault({ name, on, members }: ConsumerView): Fault | undefined {
  if (!on) return undefined
  if (members.some(({ state }) => state === 'crashed'))
    return { code: 'internal', message: `A member of the consumer "${name}" crashed and is made anew.` }
  if (members.some(({ state }) => state === 'stuck'))
    return { code: 'timed-out', message: `A member of the consumer "${name}" reads nothing while its lag grows.` }
  return undefined
}
