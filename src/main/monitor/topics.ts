import { FaultError } from '../../shared/faults.ts'
import type { PartitionRow, TopicRow } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus, TopicConfig } from '../bus/bus.ts'
import { several } from './several.ts'
import { checkWritable } from './writable.ts'

const AT_ONCE = 8
/** Ends of a topic are asked again after so long. */
const FRESH: Millis = SECOND

interface Seen {
  readonly at: Millis
  readonly end: bigint
  readonly records: bigint
  readonly perSecond: number | undefined
}

/** Topics as the pages show and change them. Every change is refused on a read-only profile. */
export interface Topics {
  /** All names, from one call. */
  list(): Promise<readonly string[]>
  /** Details of the topics in sight. What a topic does not tell is left out of its row. */
  rows(names: readonly string[]): Promise<readonly TopicRow[]>
  describe(
    topic: string,
  ): Promise<{ readonly partitions: readonly PartitionRow[]; readonly configs: readonly TopicConfig[] }>
  create(topic: {
    readonly name: string
    readonly partitions: number
    readonly replication: number | null
    readonly configs: Readonly<Record<string, string>>
  }): Promise<void>
  configure(topic: string, configs: Readonly<Record<string, string>>): Promise<void>
  remove(topic: string, confirm: string): Promise<void>
}

export function createTopics(bus: Bus, now: () => Millis = Date.now): Topics {
  const { admin } = bus
  const seen = new Map<string, Seen>()

  const look = async (topic: string): Promise<Seen | undefined> => {
    const before = seen.get(topic)
    const at = now()
    if (before && at - before.at < FRESH) return before
    const ends = await admin.ends(topic).catch(() => undefined)
    if (!ends) return undefined
    let end = 0n
    let records = 0n
    for (const each of ends) {
      end += each.end ?? 0n
      records += (each.end ?? 0n) - (each.start ?? 0n)
    }
    const perSecond =
      before && end >= before.end ? (Number(end - before.end) * SECOND) / (at - before.at) : before?.perSecond
    const found = { at, end, records, perSecond }
    seen.set(topic, found)
    return found
  }

  return {
    list: () => admin.topics(),
    async rows(names) {
      const described = await admin.describe(names)
      return several(names, AT_ONCE, async (name): Promise<TopicRow> => {
        const partitions = described.get(name)
        if (!partitions) return { name }
        const found = await look(name)
        return {
          name,
          partitions: partitions.length,
          replication: Math.max(0, ...partitions.map(({ replicas }) => replicas.length)),
          underReplicated: partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length).length,
          leaderless: partitions.filter(({ leader }) => leader === undefined).length,
          ...(found ? { records: String(found.records) } : {}),
          ...(found?.perSecond === undefined ? {} : { perSecond: found.perSecond }),
        }
      })
    },
    async describe(topic) {
      const partitions = (await admin.describe([topic])).get(topic)
      if (!partitions) throw new FaultError('unknown-topic', `There is no topic "${topic}".`)
      const [ends, configs] = await Promise.all([
        admin.ends(topic).catch(() => []),
        // Without the right to see the settings the partitions are still worth showing.
        admin.configs(topic).catch(() => []),
      ])
      const rows = partitions.map(({ partition, leader, replicas, inSync }): PartitionRow => {
        const at = ends.find((each) => each.partition === partition)
        return {
          partition,
          replicas,
          inSync,
          ...(leader === undefined ? {} : { leader }),
          ...(at?.start === undefined ? {} : { start: String(at.start) }),
          ...(at?.end === undefined ? {} : { end: String(at.end) }),
        }
      })
      return { partitions: rows, configs: configs.filter(({ sensitive }) => !sensitive) }
    },
    async create(topic) {
      checkWritable(bus)
      const { name, replication } = topic
      const made = await admin.create({ ...topic, replication: replication ?? bus.profile.replication })
      if (made === 'exists') throw new FaultError('bad-request', `name: there is a topic "${name}" already.`)
    },
    async configure(topic, configs) {
      checkWritable(bus)
      await admin.configure(topic, configs)
    },
    async remove(topic, confirm) {
      checkWritable(bus)
      if (confirm !== topic)
        throw new FaultError(
          'bad-request',
          `confirm: type the topic's name, "${topic}", to delete it with all its records.`,
        )
      await admin.remove(topic)
      seen.delete(topic)
    },
  }
}
