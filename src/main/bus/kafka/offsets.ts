/** Where partitions begin and end, and what groups have committed. */

import type { Millis } from '../../../shared/market.ts'
import type { Cluster } from './cluster.ts'
import { CODES, LEADER_CODES } from './codes.ts'
import { PassingError, busFault, checkCode } from './errors.ts'

export interface PlaceOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
}

/** 'end': the offset the next record will get. A time: the first record at or after it. */
export type OffsetAt = 'start' | 'end' | { readonly at: Millis }

const TIMESTAMPS = { start: -2, end: -1 } as const
/** Aborted and open transactions count: the end is what the next record gets. */
const READ_UNCOMMITTED = 0

/** Of one partition; undefined: no record is at or after that time. */
export async function listOffset(
  cluster: Cluster,
  topic: string,
  partition: number,
  at: 'start' | 'end',
): Promise<bigint>
export async function listOffset(
  cluster: Cluster,
  topic: string,
  partition: number,
  at: OffsetAt,
): Promise<bigint | undefined>
export async function listOffset(cluster: Cluster, topic: string, partition: number, at: OffsetAt) {
  const [found] = await listOffsets(cluster, topic, [partition], at)
  if (found?.fault) throw found.fault
  return found?.offset
}

export interface ListedOffset {
  readonly partition: number
  /** undefined without a fault: no record is at or after that time. */
  readonly offset?: bigint
  readonly fault?: Error
}

/** Of many partitions: each leader is asked once, and a partition without an answer has a fault instead. Never rejects. */
export async function listOffsets(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
  at: OffsetAt,
): Promise<readonly ListedOffset[]> {
  const located = await Promise.all(
    partitions.map(async (partition) => {
      try {
        return { partition, node: await cluster.leader(topic, partition) }
      } catch (error) {
        return { partition, fault: busFault(error) }
      }
    }),
  )
  const lost = located.flatMap(({ partition, fault }) => (fault ? [{ partition, fault }] : []))
  const byNode = Map.groupBy(
    located.filter(({ node }) => node !== undefined),
    ({ node }) => node!,
  )
  const found = await Promise.all(
    [...byNode].map(async ([node, of]) => {
      const asked = of.map(({ partition }) => partition)
      try {
        return await listOn(cluster, node, topic, asked, at)
      } catch (error) {
        cluster.forget(topic)
        const fault = busFault(error)
        return asked.map((partition) => ({ partition, fault }))
      }
    }),
  )
  return [...lost, ...found.flat()].toSorted((a, b) => a.partition - b.partition)
}

async function listOn(
  cluster: Cluster,
  node: number,
  topic: string,
  partitions: readonly number[],
  at: OffsetAt,
): Promise<readonly ListedOffset[]> {
  const timestamp = typeof at === 'object' ? at.at : TIMESTAMPS[at]
  const answer = await cluster.on(node, 'ListOffsets', {
    isolationLevel: READ_UNCOMMITTED,
    topics: [{ topic, partitions: partitions.map((partition) => ({ partition, timestamp })) }],
  })
  return answer.responses.flatMap((response) =>
    response.partitions.map(({ partition, errorCode, offset }) => {
      if (LEADER_CODES.has(errorCode)) cluster.forget(topic)
      try {
        checkCode(errorCode, 'ListOffsets', `topic ${topic}`)
      } catch (error) {
        return { partition, fault: busFault(error) }
      }
      return BigInt(offset) < 0n ? { partition } : { partition, offset: BigInt(offset) }
    }),
  )
}

/** What a group has committed, of the given places or of all. A place without a commit is absent. */
export async function fetchCommitted(
  cluster: Cluster,
  group: string,
  places: readonly { readonly topic: string; readonly partition: number }[] | undefined,
): Promise<readonly PlaceOffset[]> {
  if (places?.length === 0) return []
  const topics = [...Map.groupBy(places ?? [], ({ topic }) => topic)].map(([topic, of]) => ({
    topic,
    partitions: of.map(({ partition }) => ({ partition })),
  }))
  return onCoordinator(cluster, group, async (node) => {
    const answer = await cluster.on(node, 'OffsetFetch', { groupId: group, topics })
    checkCode(answer.errorCode, 'OffsetFetch', `group ${group}`)
    return answer.responses.flatMap(({ topic, partitions }) =>
      partitions.flatMap(({ partition, errorCode, offset }) => {
        if (errorCode !== 0) checkPlace(errorCode, topic)
        return errorCode !== 0 || BigInt(offset) < 0n ? [] : [{ topic, partition, offset: BigInt(offset) }]
      }),
    )
  })
}

/** A topic that is gone or not ours to see has no commit; anything else is trouble. */
function checkPlace(errorCode: number, topic: string): void {
  try {
    checkCode(errorCode, 'OffsetFetch', `topic ${topic}`)
  } catch (error) {
    const { code } = busFault(error).fault
    if (code !== 'unknown-topic' && code !== 'not-authorized') throw error
  }
}

/** Commits for a group outside of it. Rejects with 'group-active' while it has members. */
export async function commitOffsets(
  cluster: Cluster,
  group: string,
  offsets: readonly PlaceOffset[],
  as: { readonly generation: number; readonly member: string } = { generation: -1, member: '' },
): Promise<void> {
  if (offsets.length === 0) return
  const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([topic, of]) => ({
    topic,
    partitions: of.map(({ partition, offset }) => ({ partition, offset: offset.toString() })),
  }))
  await onCoordinator(cluster, group, async (node) => {
    const answer = await cluster.on(node, 'OffsetCommit', {
      groupId: group,
      groupGenerationId: as.generation,
      memberId: as.member,
      topics,
    })
    for (const { topic, partitions } of answer.responses)
      for (const { errorCode } of partitions)
        checkCode(errorCode, 'OffsetCommit', TOPIC_CODES.has(errorCode) ? `topic ${topic}` : `group ${group}`)
  })
}

const TOPIC_CODES: ReadonlySet<number> = new Set([CODES.topicNotAuthorized, CODES.unknownTopic])
const TRIES = 5
const BETWEEN: Millis = 200

/** Asks a group's coordinator, and its successor where it has moved. */
export async function onCoordinator<T>(
  cluster: Cluster,
  group: string,
  work: (node: number) => Promise<T>,
): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await work(await cluster.coordinator(group))
    } catch (error) {
      if (!(error instanceof PassingError) || left <= 1) throw error
      await new Promise((resolve) => setTimeout(resolve, BETWEEN))
    }
  }
}
