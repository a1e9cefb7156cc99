/** A topic in memory behind the reading half of the bus port. */

import type { Bus, InBatch, InRecord } from '../../bus/bus.ts'

export interface FakeLog extends Pick<Bus, 'read' | 'state'> {
  /** Appends values to a partition; `at` is the first one's time, one millisecond each. */
  append(partition: number, values: readonly string[], at?: number): void
  ends(): { readonly partition: number; readonly start: bigint; readonly end: bigint }[]
  /** Readers that are at work. */
  readonly reading: number
}

const BATCH = 100

export function createFakeLog(partitions = 1): FakeLog {
  const logs: InRecord[][] = Array.from({ length: partitions }, () => [])
  const waiting = new Set<() => void>()
  let reading = 0

  async function* read(topic: string, partition: number, from: bigint, signal: AbortSignal): AsyncGenerator<InBatch> {
    reading += 1
    try {
      for (let next = Number(from); !signal.aborted;) {
        const log = logs[partition]!
        const records = log.slice(next, next + BATCH)
        if (records.length > 0) {
          next += records.length
          yield { topic, partition, records, end: BigInt(log.length) }
          continue
        }
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            signal.removeEventListener('abort', wake)
            resolve()
          }
          waiting.add(wake)
          signal.addEventListener('abort', wake)
        })
      }
    } finally {
      reading -= 1
    }
  }

  return {
    read,
    state: () => ({ state: 'up', since: 0 }),
    append(partition, values, at = 0) {
      const log = logs[partition]!
      for (const [index, value] of values.entries())
        log.push({
          topic: 't',
          partition,
          offset: BigInt(log.length),
          key: null,
          value: Buffer.from(value),
          headers: {},
          timestamp: at + index,
        })
      for (const wake of waiting) wake()
    },
    ends: () => logs.map((log, partition) => ({ partition, start: 0n, end: BigInt(log.length) })),
    get reading() {
      return reading
    },
  }
}
