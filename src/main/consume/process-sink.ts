import { setTimeout } from 'node:timers/promises'
import { FAULTS, toFault } from '../../shared/faults.ts'
import type { Bar, MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { encodeEvent } from '../../shared/wire.ts'
import type { OutRecord, Producer } from '../bus/bus.ts'
import type { ProcessPartition } from './process-partition.ts'
import { createProcessPartition } from './process-partition.ts'
import type { ConsumeSink } from './sink.ts'

export interface ProcessSinkOptions {
  readonly producer: Producer
  /** Names whoever made a bar. */
  readonly group: string
  /** Topic that gets the bars. */
  readonly to: string
  /** Asked with each batch until it has answered; while it rejects, the batch is tried again. */
  readonly layout: () => Promise<Layout>
  readonly log: { warn(text: string): void }
}

/** Partitions of the topic with trades, and of the one that gets the bars. */
export interface Layout {
  readonly inputs: number
  readonly outputs: number
}

export interface ProcessSink extends ConsumeSink {
  made(): { readonly bars: number; readonly late: number }
}

const SEND_RECORDS = 1_000
const AGAIN: Millis = SECOND

/** Folds trades into bars and sends them. It keeps nothing: a partition that is assigned is folded from the group's offset on. */
export function createProcessSink(options: ProcessSinkOptions): ProcessSink {
  const { producer, to, log } = options
  const aborter = new AbortController()
  const partitions = new Map<number, ProcessPartition>()
  const cursors = new Map<number, bigint>()
  const sums = { bars: 0, late: 0 }

  const send = async (partition: number, records: readonly OutRecord[]): Promise<void> => {
    for (;;) {
      try {
        await producer.send(to, partition, records)
        return
      } catch (error) {
        const fault = toFault(error)
        if (aborter.signal.aborted || !FAULTS[fault.code].retryable) throw error
        log.warn(`Bars wait for ${to}: ${fault.message}`)
        await setTimeout(AGAIN, undefined, { signal: aborter.signal })
      }
    }
  }

  return {
    made: () => ({ ...sums }),
    resumeAt(_topic, partition) {
      partitions.delete(partition)
      return Promise.resolve(undefined)
    },
    async take(batch) {
      const { partition } = batch
      const { inputs, outputs } = await options.layout()
      let state = partitions.get(partition)
      if (!state) {
        state = createProcessPartition((instrument, of) => partitionOf(instrument, inputs) === of)
        partitions.set(partition, state)
      }
      const { bars, cursor, late, unreadable, duplicates } = state.apply(batch)
      for (const [output, group] of byPartition(bars, outputs))
        for (let at = 0; at < group.length; at += SEND_RECORDS)
          await send(
            output,
            group.slice(at, at + SEND_RECORDS).map((event) => toRecord(event, options.group)),
          )
      cursors.set(partition, cursor)
      sums.bars += bars.length
      sums.late += late
      return { duplicates, own: 0, parked: unreadable }
    },
    commitAt: (_topic, partition) => cursors.get(partition),
    parked: () => Promise.resolve([]),
    retry: () => Promise.resolve({ stored: 0, left: 0 }),
    rewind: () => Promise.resolve(),
    close() {
      aborter.abort()
      return Promise.resolve()
    },
  }
}

function byPartition(
  bars: readonly MarketEvent<Bar>[],
  count: number,
): ReadonlyMap<number, readonly MarketEvent<Bar>[]> {
  return Map.groupBy(bars, ({ instrument }) => partitionOf(instrument, count))
}

function toRecord(event: MarketEvent<Bar>, group: string): OutRecord {
  return {
    key: event.instrument,
    value: encodeEvent(event),
    headers: { schema: TOPICS.bars.schema, collector: `process:${group}` },
    timestamp: event.at,
  }
}
