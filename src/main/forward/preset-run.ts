/** One preset's forwarding: its routes, its producer, its group in the journal. */

import type { Fault } from '../../shared/faults.ts'
import type { PresetId } from '../../shared/kafka-settings.ts'
import type { Millis } from '../../shared/market.ts'
import { TOPICS, partitionOf, topicName } from '../../shared/topics.ts'
import type { TopicId } from '../../shared/topics.ts'
import type { Bus } from '../bus/bus.ts'
import type { Cursor, Journal } from '../journal/journal.ts'
import { placeKey } from '../journal/places.ts'
import type { Preset, PresetTopic } from '../pipeline/presets/preset.ts'
import { createCommitter } from './committer.ts'
import type { Encode } from './encoders.ts'
import { createOwnEncoder, createPresetEncoder } from './encoders.ts'
import { forwardGroup } from './groups.ts'
import type { Origin } from './outgoing.ts'
import type { Route } from './route.ts'
import { startRoute } from './route.ts'
import { createSender } from './sender.ts'
import { openTopicDirectory } from './topic-directory.ts'

export interface PresetRunOptions {
  readonly journal: Journal
  readonly bus: Bus
  /** 'own', or what a preset is made of. */
  readonly preset: 'own' | Preset
  readonly demo: boolean
  readonly collector: string
  /** Where partitions begin that the group has not read before; absent: with what is committed from now on. */
  readonly begin?: readonly Cursor[]
  readonly log: { info(text: string): void; warn(text: string): void }
  readonly onAcked: (took: Millis) => void
  readonly signal: AbortSignal
}

export interface PresetRun {
  readonly id: PresetId
  readonly routes: readonly Route[]
  readonly acked: number
  readonly retries: number
  readonly parked: number
  readonly fault: Fault | undefined
  /** Ends the routes, whose signal has been aborted, and resolves when their cursors are committed. */
  close(): Promise<void>
}

/** What a run reads: topics of the journal, one of their partitions or all, and how they are encoded. */
interface Reading {
  readonly topic: TopicId
  readonly encode: Encode
  readonly schema?: string
}

/** Starts at the group's cursors; a group that is new begins at `begin`, else with what is committed from now on. */
export async function runPreset(options: PresetRunOptions): Promise<PresetRun> {
  const { journal, bus, preset, demo, log, signal } = options
  const id = preset === 'own' ? 'own' : preset.id
  const group = forwardGroup(bus.profile.id, id)
  const directory = openTopicDirectory(bus, topicsOf(preset, demo), signal)
  const readings = readingsOf(preset, demo, directory)
  const cursors = await startCursors(options, group, readings)
  const committer = createCommitter(journal, group)
  let retries = 0
  /** What stands in the way of a batch that the producer is still trying to send. */
  let trying: Fault | undefined
  const producer = bus.producer({
    onRetry(fault) {
      retries += 1
      trying = fault
    },
  })
  const faults = new Map<string, Fault>()
  let acked = 0
  let parked = (await journal.parked(group)).length

  const sender = createSender(
    bus,
    producer,
    {
      onFault(fault, topic, partition) {
        const place = placeKey({ topic, partition })
        if (!fault) return void faults.delete(place)
        retries += 1
        if (fault.code === 'unknown-topic') directory.forget(topic)
        if (![...faults.values()].some(({ code }) => code === fault.code))
          log.warn(`Forwarding to ${topic}: ${fault.message}`)
        faults.set(place, fault)
      },
      onAcked(records, took) {
        acked += records
        trying = undefined
        options.onAcked(took)
      },
    },
    signal,
  )
  const routes = await Promise.all(
    cursors.map(({ offset, reading, ...place }) =>
      startRoute({
        journal,
        place,
        from: offset,
        origin: originOf(options, reading, place.partition),
        encode: (lines) => reading.encode(place, lines),
        sender,
        committer,
        onRefused(record, reason) {
          parked += 1
          log.warn(`A record of ${record.line.instrument} was set aside: ${reason}`)
        },
        signal,
      }),
    ),
  )
  return {
    id,
    routes,
    get acked() {
      return acked
    },
    get retries() {
      return retries
    },
    get parked() {
      return parked
    },
    get fault() {
      return directory.fault ?? [...faults.values()][0] ?? trying
    },
    async close() {
      // A batch that is being tried is given up: the next run sends it.
      await producer.close()
      await Promise.all(routes.map(({ ended }) => ended))
      await committer.flush()
    },
  }
}

function topicsOf(preset: 'own' | Preset, demo: boolean): readonly PresetTopic[] {
  if (preset !== 'own')
    return demo ? preset.topics.map((topic) => ({ ...topic, name: `demo.${topic.name}` })) : preset.topics
  return Object.values(TOPICS).map((topic) => ({
    name: topicName(topic, demo),
    partitions: topic.partitions,
    retention: topic.retention,
    split: 'key',
  }))
}

function readingsOf(
  preset: 'own' | Preset,
  demo: boolean,
  directory: ReturnType<typeof openTopicDirectory>,
): readonly Reading[] {
  if (preset !== 'own') {
    const encode = createPresetEncoder(preset, demo, directory)
    return preset.reads.map((topic) => ({ topic, encode }))
  }
  return Object.entries(TOPICS).map(([topic, spec]) => ({
    topic: topic as TopicId,
    encode: createOwnEncoder(spec, demo, directory),
    schema: spec.schema,
  }))
}

/** Of a partition that the group has read once and does not any more: nothing waits for it there. */
const NOT_READ = Number.MAX_SAFE_INTEGER

async function startCursors(
  { journal, preset, demo, begin = [] }: PresetRunOptions,
  group: string,
  readings: readonly Reading[],
): Promise<readonly (Cursor & { readonly reading: Reading })[]> {
  const market = preset === 'own' ? undefined : preset.market
  const stored = await journal.cursors(group)
  const known = new Map([...begin, ...stored].map((cursor) => [placeKey(cursor), cursor.offset]))
  const byTopic = new Map(readings.map((reading) => [topicName(TOPICS[reading.topic], demo), reading]))
  const cursors = (await journal.ends()).flatMap((place) => {
    const reading = byTopic.get(place.topic)
    if (!reading) return []
    if (market !== undefined && partitionOf(market, TOPICS[reading.topic].partitions) !== place.partition) return []
    const { topic, partition, start, end } = place
    const offset = Math.min(Math.max(known.get(placeKey(place)) ?? end, start), end)
    return [{ topic, partition, offset, reading }]
  })
  const left = stored.filter((cursor) => !cursors.some((each) => placeKey(each) === placeKey(cursor)))
  journal.setGroup(group, [
    ...cursors.map(({ topic, partition, offset }) => ({ topic, partition, offset })),
    ...left.map((cursor) => ({ ...cursor, offset: NOT_READ })),
  ])
  return cursors
}

function originOf({ journal, collector }: PresetRunOptions, { schema }: Reading, partition: number): Origin {
  const base = { collector, record: `${journal.name}/${partition}` }
  return schema === undefined ? base : { ...base, schema }
}
