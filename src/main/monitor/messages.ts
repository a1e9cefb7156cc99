import type { Sink } from '../../shared/bridge.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { ScanFrame } from '../../shared/kafka-view.ts'
import { partitionOf } from '../../shared/topics.ts'
import type { Bus, OutRecord } from '../bus/bus.ts'
import type { MessageQuery } from './record-filter.ts'
import { createRecordFilter } from './record-filter.ts'
import { follow } from './tail.ts'
import { scan } from './scan.ts'
import { toRanges } from './scan-range.ts'
import { checkWritable } from './writable.ts'

/** Runs a query of the message browser on a stream. Returns what cancels it. */
export function browse(bus: Bus, query: MessageQuery, sink: Sink<ScanFrame>): () => void {
  const aborter = new AbortController()
  const run = async (): Promise<void> => {
    // What is wrong with a filter is said before anything is read.
    createRecordFilter(query)
    const ranges = await toRanges(bus.admin, query)
    await (query.follow ? follow : scan)(bus, query, ranges, sink, aborter.signal)
  }
  run()
    .then(() => {
      if (!aborter.signal.aborted) sink.end()
    })
    .catch((error: unknown) => {
      if (!aborter.signal.aborted) sink.end(toFault(error))
    })
  return () => aborter.abort()
}

/** Sends one record. Its partition is the one asked for, else its key's. */
export async function sendMessage(
  bus: Bus,
  message: {
    readonly topic: string
    readonly partition: number | null
    readonly key: string | null
    readonly value: string | null
    readonly headers: Readonly<Record<string, string>>
  },
): Promise<{ readonly partition: number; readonly offset: string }> {
  checkWritable(bus)
  const { topic, key, value, headers } = message
  const count = await partitionCount(bus, topic)
  const partition = message.partition ?? choosePartition(key, count)
  if (partition >= count) throw new FaultError('bad-request', `partition: "${topic}" has partitions 0 to ${count - 1}.`)
  const record: OutRecord = { key, value, headers, timestamp: Date.now() }
  const producer = bus.producer()
  try {
    const { base } = await producer.send(topic, partition, [record])
    return { partition, offset: String(base) }
  } finally {
    await producer.close()
  }
}

/** Partitions of a topic. Throws 'unknown-topic' where there is none of that name. */
export async function partitionCount(bus: Bus, topic: string): Promise<number> {
  const count = (await bus.admin.describe([topic])).get(topic)?.length ?? 0
  if (count === 0) throw new FaultError('unknown-topic', `There is no topic "${topic}".`)
  return count
}

/** By key as every Kafka client does; without one, anywhere. */
export function choosePartition(key: string | null, count: number): number {
  return key === null ? Math.floor(Math.random() * count) : partitionOf(key, count)
}
