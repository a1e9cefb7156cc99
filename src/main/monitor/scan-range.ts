import { FaultError } from '../../shared/faults.ts'
import type { Admin } from '../bus/bus.ts'
import type { MessageQuery } from './record-filter.ts'

/** What is to be read of a partition: offsets `from` … `to` − 1; without `to` for good. */
export interface ScanRange {
  readonly partition: number
  readonly from: bigint
  readonly to: bigint | undefined
}

/** A query's offsets, by partition. Throws 'unknown-topic' where there is nothing of that name. */
export async function toRanges(
  admin: Admin,
  { topic, partitions, from, to, follow }: MessageQuery,
): Promise<readonly ScanRange[]> {
  const ends = (await admin.ends(topic)).filter(({ partition }) => partitions?.includes(partition) ?? true)
  if (ends.length === 0)
    throw new FaultError('unknown-topic', `There is no topic "${topic}" with such a partition, or it may not be seen.`)
  const since = typeof from === 'object' && 'at' in from ? await offsetsAt(admin, topic, from.at) : undefined
  const until = to !== undefined && 'at' in to ? await offsetsAt(admin, topic, to.at) : undefined
  const ranges: ScanRange[] = []
  for (const { partition, start, end } of ends) {
    if (start === undefined || end === undefined) continue
    const begin = (): bigint => {
      if (from === 'earliest') return start
      if (from === 'latest') return end
      if ('offset' in from) return BigInt(from.offset)
      if ('last' in from) return end - BigInt(from.last)
      return since?.get(partition) ?? end
    }
    const first = clamp(begin(), start, end)
    const stop = to === undefined ? end : 'offset' in to ? BigInt(to.offset) : (until?.get(partition) ?? end)
    ranges.push({ partition, from: first, to: follow ? undefined : clamp(stop, first, end) })
  }
  return ranges
}

async function offsetsAt(admin: Admin, topic: string, at: number): Promise<ReadonlyMap<number, bigint>> {
  return new Map((await admin.offsetsAt(topic, at)).map(({ partition, offset }) => [partition, offset]))
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  return value < least ? least : value > most ? most : value
}
