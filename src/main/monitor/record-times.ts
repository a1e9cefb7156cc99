import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus, InRecord } from '../bus/bus.ts'

const TIMEOUT: Millis = 2 * SECOND
const KEPT = 5_000

/** Reads one record of a partition: the first at or behind an offset. Undefined where none came in time. */
export async function readRecord(
  bus: Pick<Bus, 'read'>,
  topic: string,
  partition: number,
  offset: bigint,
  timeout = TIMEOUT,
): Promise<InRecord | undefined> {
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(), timeout)
  try {
    for await (const { records } of bus.read(topic, partition, offset, aborter.signal)) {
      const found = records.find((record) => record.offset >= offset)
      if (found) return found
    }
    return undefined
  } finally {
    clearTimeout(timer)
    aborter.abort()
  }
}

/** Times of single records, for lag in market time. A record never changes its time: it is read once. */
export interface RecordTimes {
  at(topic: string, partition: number, offset: bigint): Promise<Millis | undefined>
}

export function createRecordTimes(bus: Pick<Bus, 'read'>): RecordTimes {
  const known = new Map<string, Millis>()
  return {
    async at(topic, partition, offset) {
      const key = `${topic}/${partition}/${offset}`
      const found = known.get(key)
      if (found !== undefined) return found
      const record = await readRecord(bus, topic, partition, offset)
      if (!record) return undefined
      known.set(key, record.timestamp)
      const oldest = known.size > KEPT ? known.keys().next().value : undefined
      if (oldest !== undefined) known.delete(oldest)
      return record.timestamp
    },
  }
}
