import type { MemberOptions } from '../bus.ts'
import type { Place } from './assign.ts'
import type { Cluster } from './cluster.ts'
import { fetchCommitted, listOffset } from './offsets.ts'

/** Where a member begins on a place. */
export interface Position extends Place {
  readonly offset: bigint
}

/** The offset stored with the data, else the group's, else where a new group begins. */
export async function findPositions(
  cluster: Cluster,
  group: string,
  places: readonly Place[],
  { resumeAt, start }: Pick<MemberOptions, 'resumeAt' | 'start'>,
): Promise<readonly Position[]> {
  const own = await Promise.all(places.map(({ topic, partition }) => resumeAt(topic, partition)))
  const others = places.filter((_, index) => own[index] === undefined)
  const committed = new Map(
    (await fetchCommitted(cluster, group, others)).map(({ topic, partition, offset }) => [
      `${topic} ${partition}`,
      offset,
    ]),
  )
  return Promise.all(
    places.map(async ({ topic, partition }, index) => ({
      topic,
      partition,
      offset:
        own[index] ?? committed.get(`${topic} ${partition}`) ?? (await firstOffset(cluster, topic, partition, start)),
    })),
  )
}

async function firstOffset(
  cluster: Cluster,
  topic: string,
  partition: number,
  start: MemberOptions['start'],
): Promise<bigint> {
  if (start === 'earliest') return listOffset(cluster, topic, partition, 'start')
  if (start === 'latest') return listOffset(cluster, topic, partition, 'end')
  if ('at' in start)
    return (await listOffset(cluster, topic, partition, start)) ?? (await listOffset(cluster, topic, partition, 'end'))
  const first = await listOffset(cluster, topic, partition, 'start')
  return first > start.offset ? first : BigInt(start.offset)
}
