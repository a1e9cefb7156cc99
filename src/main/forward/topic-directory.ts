/** The topics of one preset on the cluster: made where they are missing, and how many partitions each really has. */

import type { Fault } from '../../shared/faults.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'
import type { PresetTopic } from '../pipeline/presets/preset.ts'
import { untilRetry } from './retry.ts'

export interface TopicDirectory {
  /** Partitions of a topic. Waits, for good if need be, until the cluster has it with at least so many. */
  partitions(topic: string, least?: number): Promise<number>
  /** The cluster does not know the topic any more, or not so. */
  forget(topic: string): void
  readonly fault: Fault | undefined
}

/** Partitions may be added by others: the count is asked anew. */
const REFRESH = 5 * MINUTE

export function openTopicDirectory(bus: Bus, topics: readonly PresetTopic[], signal: AbortSignal): TopicDirectory {
  const specs = new Map(topics.map((topic) => [topic.name, topic]))
  const wanted = new Set(topics.filter((topic) => topic.waits === undefined).map((topic) => topic.name))
  const counts = new Map<string, number>()
  let askedAt: Millis = 0
  let fault: Fault | undefined
  let asking: Promise<void> | undefined
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

  const ask = async () => {
    const names = [...wanted]
    const present = new Set(await bus.admin.topics())
    const made: string[] = []
    let problem: Fault | undefined
    for (const name of names)
      try {
        if (!present.has(name)) await make(bus, specs.get(name)!)
        made.push(name)
      } catch (error) {
        // One topic that this user may not make does not hold up the others.
        problem ??= toFault(error)
      }
    for (const [name, { length }] of await bus.admin.describe(made)) if (length > 0) counts.set(name, length)
    askedAt = Date.now()
    fault = problem
  }
  const refresh = () => {
    asking ??= ask()
      .catch((error: unknown) => void (fault = toFault(error)))
      .finally(() => (asking = undefined))
    return asking
  }
  const partitions = async (topic: string, least = 1): Promise<number> => {
    wanted.add(topic)
    for (let attempt = 0; ; attempt += 1) {
      if (signal.aborted) throw new FaultError('cancelled', 'Forwarding has ended.')
      const count = counts.get(topic) ?? 0
      if (count >= least) {
        if (Date.now() - askedAt > REFRESH) void refresh()
        return count
      }
      // The cluster's answer may take its time: who ends does not wait for it.
      await Promise.race([refresh(), ended])
      const found = counts.get(topic) ?? 0
      if (found >= least) continue
      if (found > 0) fault = tooFew(topic, found, least)
      await untilRetry(bus, fault ?? NOT_YET, attempt, signal)
    }
  }
  // All of them at once, also those that have no record for a long time.
  for (const topic of wanted) partitions(topic).catch(() => undefined)

  return {
    partitions,
    forget: (topic) => void counts.delete(topic),
    get fault() {
      return fault
    },
  }
}

/** Made, and not yet known to the broker that was asked. */
const NOT_YET: Fault = { code: 'unknown-topic', message: 'The topic is being made.' }

function tooFew(topic: string, count: number, least: number): Fault {
  return {
    code: 'bad-setting',
    message: `${topic} has too few partitions (${count}): a venue belongs into partition ${least - 1}. Add partitions to the topic, or change "forward.partitions" in the settings.`,
  }
}

async function make(bus: Bus, topic: PresetTopic): Promise<void> {
  const { length: brokers } = (await bus.admin.cluster()).brokers
  const wished = bus.profile.replication ?? topic.replication
  try {
    await bus.admin.create({
      name: topic.name,
      partitions: topic.partitions,
      replication: wished === undefined ? null : Math.max(1, Math.min(wished, brokers)),
      configs: topic.retention === undefined ? {} : { 'retention.ms': String(topic.retention) },
    })
  } catch (error) {
    const { code, message } = toFault(error)
    throw new FaultError(code, `The topic ${topic.name} is not there and could not be made. ${message}`)
  }
}
