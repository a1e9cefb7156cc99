/** What a preset is: an encoder of events into the records that an earlier system wrote, without I/O, and its topics as data. */

import type { PresetId } from '../../../shared/kafka-settings.ts'
import type { InstrumentKey, MarketEvent, Millis } from '../../../shared/market.ts'
import type { TopicId } from '../../../shared/topics.ts'

/** How records are split over a topic's partitions: by Kafka's own hash of the key, or each venue to a partition of its own. */
export type Split = 'key' | Readonly<Record<string, number>>

/** A topic as it is created where the cluster lacks it. */
export interface PresetTopic {
  readonly name: string
  readonly partitions: number
  /** Absent: the profile's, else the cluster's default. */
  readonly replication?: number
  /** Absent: the cluster's default. */
  readonly retention?: Millis
  readonly split: Split
  /** What has to be there before anything is written to it. Such a topic is not created. */
  readonly waits?: 'raw frames'
}

export interface PresetRecord {
  readonly topic: string
  readonly key: string | null
  /** JSON text. */
  readonly value: string
}

export interface Preset {
  readonly id: Exclude<PresetId, 'own'>
  readonly topics: readonly PresetTopic[]
  /** The journal's topics that it is made from. */
  readonly reads: readonly TopicId[]
  /** Made from this market alone; absent: from all. */
  readonly market?: InstrumentKey
  /** The records of one event: none where the earlier system had nothing to say of it. */
  encode(event: MarketEvent): readonly PresetRecord[]
}

/** What the encoders are told by the settings. */
export interface PresetOptions {
  /** The one market of s0 and s1. */
  readonly market: InstrumentKey
  /** Prefix of s3's topics. */
  readonly prefix: string
  /** Other partitions of venues in s2's regional topics. */
  readonly partitions?: Readonly<Record<string, number>> | undefined
}
