import type { Bar, InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { PartitionBars } from './partition-bars.ts'

/** Records of one partition, in order: what the journal has committed, or Kafka delivered. */
export interface Records {
  readonly topic: string
  readonly partition: number
  /** Offset of the first. */
  readonly base: number
  readonly events: readonly MarketEvent[]
}

/**
 * A closed second that has got a trade and is out of memory, after ten minutes or over a restart: its bar is to be made
 * again from the stored trades (shared/bars.ts barOf) with the stored bar's revision + 1. Nothing is to be done where it
 * comes out the same.
 */
export interface LateSecond {
  readonly instrument: InstrumentKey
  readonly openAt: Millis
  /** Until its bar is made again, a restart must not begin to read later than here, or nobody would know of it. */
  readonly cursor: number
}

export interface Folded {
  readonly output: readonly MarketEvent<Bar>[]
  readonly late: readonly LateSecond[]
  /** Where a restart must begin to read this partition, so that nothing is lost. Commit it together with `output`. */
  readonly cursor: number
}

export interface BarsFold {
  apply(records: Records): Folded
}

export interface BarsOptions {
  /** Whether a market's records travel in a partition. Absent: as Kafka's default partitioner splits the trades topic. */
  readonly owns?: (instrument: InstrumentKey, partition: number) => boolean
}

/**
 * Folds trades, gaps and clock records into 1 s bars. Longer bars are merged from them (shared/bars.ts).
 *
 * Bars are cut by exchange time and close at the watermark plus two seconds. A trade that comes later still counts: the
 * next clock record makes the bar again with `revision + 1`, and whoever keeps bars keeps the highest revision. Only
 * records move time, so a replay gives the same bars. After a restart at `cursor` some bars come again, the same as before:
 * (instrument, openAt, revision) names a bar.
 */
export function createBarsFold(options: BarsOptions = {}): BarsFold {
  const owns =
    options.owns ?? ((instrument, partition) => partitionOf(instrument, TOPICS.trades.partitions) === partition)
  const partitions = new Map<string, PartitionBars>()
  return {
    apply(records) {
      const place = `${records.topic}/${records.partition}`
      let bars = partitions.get(place)
      if (bars === undefined) {
        bars = new PartitionBars(records.base, (instrument) => owns(instrument, records.partition))
        partitions.set(place, bars)
      }
      return bars.apply(records)
    },
  }
}
