import { setTimeout } from 'node:timers/promises'
import { FAULTS, toFault } from '../../shared/faults.ts'
import type { Bar, MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { encodeEvent } from '../../shared/wire.ts'
import type { Bus, InBatch, OutRecord } from '../bus/bus.ts'
import type { ProcessPartition } from './process-partition.ts'
import { createProcessPartition } from './process-partition.ts'

export interface ProcessOptions {
  readonly bus: Bus
  readonly group: string
  readonly members: number
  /** Topic with trades, gaps and clock records. */
  readonly from: string
  /** Topic that gets the bars; made where it is missing. */
  readonly to: string
  readonly log: { warn(text: string): void }
}

export interface ProcessTotals {
  readonly records: number
  readonly bars: number
  readonly late: number
  readonly unreadable: number
  readonly duplicates: number
}

export interface Process {
  totals(): ProcessTotals
  close(): Promise<void>
}

const SEND_RECORDS = 1_000
const AGAIN: Millis = SECOND

/**
 * Makes one-second bars of a trades topic as members of a consumer group: the very fold that the collector runs, with the
 * group's offset as its cursor. The offset moves only behind seconds that are closed and sent, so a restart or a rebalance
 * folds them again and gives the same bars; (instrument, openAt, revision) names each.
 */
export async function runProcess(options: ProcessOptions): Promise<Process> {
  const { bus, from, to, log } = options
  const { admin, profile } = bus
  const inputs = (await admin.describe([from])).get(from)?.length ?? TOPICS.trades.partitions
  await admin.create({ name: to, partitions: TOPICS.bars.partitions, replication: profile.replication, configs: {} })
  const outputs = (await admin.describe([to])).get(to)?.length ?? TOPICS.bars.partitions
  const producer = bus.producer()
  const aborter = new AbortController()
  const partitions = new Map<number, ProcessPartition>()
  const cursors = new Map<number, bigint>()
  const sums = { records: 0, bars: 0, late: 0, unreadable: 0, duplicates: 0 }

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
  const onBatch = async (batch: InBatch): Promise<void> => {
    const { partition, records } = batch
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
    sums.records += records.length
    sums.bars += bars.length
    sums.late += late
    sums.unreadable += unreadable
    sums.duplicates += duplicates
  }

  const members = Array.from({ length: options.members }, () =>
    bus.member({
      group: options.group,
      topics: [from],
      start: 'earliest',
      resumeAt(_topic, partition) {
        partitions.delete(partition)
        return Promise.resolve(undefined)
      },
      commitAt: (_topic, partition) => cursors.get(partition),
      onBatch,
      onEvent({ kind, reason }) {
        if (kind === 'crashed' || kind === 'stuck') log.warn(`A member of "${options.group}": ${reason ?? kind}`)
      },
    }),
  )
  return {
    totals: () => ({ ...sums }),
    async close() {
      await Promise.all(members.map((member) => member.close()))
      aborter.abort()
      await producer.close()
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
