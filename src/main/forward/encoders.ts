/** From the journal's records to Kafka's: our own as they stand, those of presets by their encoders. */

import type { InstrumentKey, MarketEvent } from '../../shared/market.ts'
import { CLOCK_KEY, venueOf } from '../../shared/market.ts'
import type { Topic } from '../../shared/topics.ts'
import { murmur2, topicName } from '../../shared/topics.ts'
import type { Place } from '../journal/journal.ts'
import type { Preset, PresetTopic } from '../pipeline/presets/preset.ts'
import { createClockGate } from './clock-gate.ts'
import type { Line } from './lines.ts'
import type { Outgoing } from './outgoing.ts'
import type { TopicDirectory } from './topic-directory.ts'

/**
 * Learns what has to be known of the cluster, and returns the encoding itself: a step without a pause, so that several routes
 * to the same partition keep their order.
 */
export type Encode = (place: Place, lines: readonly Line[]) => Promise<() => readonly Outgoing[]>

/** Kafka's hash of a key, remembered: keys are few and come often. */
function createHashes(): (key: string) => number {
  const known = new Map<string, number>()
  return (key) => {
    let hash = known.get(key)
    if (hash === undefined) {
      if (known.size > 50_000) known.clear()
      known.set(key, (hash = murmur2(key) & 0x7fffffff))
    }
    return hash
  }
}

/** Every record as it stands, in the topic of the same name. */
export function createOwnEncoder(topic: Topic, demo: boolean, directory: TopicDirectory): Encode {
  const name = topicName(topic, demo)
  const hash = createHashes()
  const gate = createClockGate(topic.partitions)
  return async (place, lines) => {
    const partitions = await directory.partitions(name)
    return () => {
      const records: Outgoing[] = []
      for (const line of lines) {
        const { instrument: key, value } = line
        if (key !== CLOCK_KEY) records.push({ topic: name, partition: hash(key) % partitions, key, value, line })
        else
          for (const partition of gate(place.partition, line.at, partitions))
            records.push({ topic: name, partition, key, value, line })
      }
      return records
    }
  }
}

/** A preset's records. In the demo its topics begin with 'demo.' too. */
export function createPresetEncoder(preset: Preset, demo: boolean, directory: TopicDirectory): Encode {
  const topics = new Map(preset.topics.map((topic) => [topic.name, topic]))
  const hash = createHashes()
  return async (_place, lines) => {
    const encoded = lines.flatMap((line) =>
      wants(preset, line.instrument)
        ? preset.encode(JSON.parse(line.value.toString()) as MarketEvent).map((record) => ({ line, ...record }))
        : [],
    )
    const counts = new Map<string, number>()
    for (const { topic, line } of encoded) {
      const least = leastPartitions(topics.get(topic)!, line.instrument)
      if ((counts.get(topic) ?? 0) < least)
        counts.set(topic, await directory.partitions(demo ? `demo.${topic}` : topic, least))
    }
    return () =>
      encoded.map(({ topic, key, value, line }) => ({
        topic: demo ? `demo.${topic}` : topic,
        partition: choose(topics.get(topic)!, key, line.instrument, counts.get(topic)!, hash),
        key,
        value,
        line,
      }))
  }
}

function wants(preset: Preset, instrument: InstrumentKey): boolean {
  return instrument !== CLOCK_KEY && (preset.market === undefined || preset.market === instrument)
}

/** A venue with a partition of its own needs the topic to have it. */
function leastPartitions(topic: PresetTopic, instrument: InstrumentKey): number {
  return topic.split === 'key' ? 1 : (topic.split[venueOf(instrument)] ?? 0) + 1
}

function choose(
  topic: PresetTopic,
  key: string | null,
  instrument: InstrumentKey,
  partitions: number,
  hash: (key: string) => number,
): number {
  if (topic.split !== 'key') return topic.split[venueOf(instrument)] ?? 0
  return key === null ? 0 : hash(key) % partitions
}
