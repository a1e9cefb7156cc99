/** Kafka as a page sees it: the cluster, topics, groups, records, consumers, and the hops of one trade. */

import type { Fault } from './faults.ts'
import type { GroupReason } from './group-reasons.ts'
import type { ClusterProfile, PresetId } from './kafka-settings.ts'
import type { Millis } from './market.ts'

/** Offsets and record counts beyond 2^53 exist: they cross as text. */
export type Offset = string

export interface OutboxView {
  /** Records journaled and not yet acknowledged, their bytes, and the oldest one's age. */
  readonly records: number
  readonly bytes: number
  readonly oldestAt?: Millis
  readonly inPerSecond: number
  readonly outPerSecond: number
  /** Until empty at the present rates; absent while it does not shrink. */
  readonly drainSeconds?: number
  readonly acked: number
  readonly retries: number
  readonly ack?: { readonly p50: Millis; readonly p99: Millis }
  /** Records that could not be sent at all (too large, refused), kept with their reason. */
  readonly parked: number
  readonly presets: readonly {
    readonly preset: PresetId
    readonly records: number
    readonly acked: number
    readonly fault?: Fault
  }[]
  /** One point a second, of the last 90. */
  readonly history: readonly { readonly at: Millis; readonly records: number; readonly away: boolean }[]
}

export interface ClusterView {
  readonly profile?: { readonly id: string; readonly name: string; readonly readOnly: boolean }
  /** What the environment's variables made, where they do: it is in use in place of a saved one, and no setting. */
  readonly environment?: ClusterProfile
  readonly state: 'off' | 'connecting' | 'up' | 'away'
  readonly since: Millis
  readonly fault?: Fault
  /** The connection is cut on command until then, to see what an outage does. */
  readonly drillUntil?: Millis
  readonly clusterId?: string
  readonly brokers: readonly { readonly id: number; readonly address: string; readonly isController: boolean }[]
  /** Rights that this user lacks, each with what it costs. */
  readonly missingRights: readonly { readonly right: string; readonly feature: string }[]
  readonly outbox?: OutboxView
}

export interface TopicRow {
  readonly name: string
  readonly partitions?: number
  readonly replication?: number
  readonly underReplicated?: number
  readonly leaderless?: number
  readonly records?: Offset
  readonly perSecond?: number
}

export interface PartitionRow {
  readonly partition: number
  readonly leader?: number
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
  readonly start?: Offset
  readonly end?: Offset
}

/** Lag of one partition: end − max(committed, start). `note` says why there is no number, or what is special. */
export interface LagRow {
  readonly topic: string
  readonly partition: number
  readonly committed?: Offset
  readonly start?: Offset
  readonly end?: Offset
  readonly lag?: Offset
  readonly note?: 'never-committed' | 'retention-passed' | 'leaderless' | 'deleted' | 'unknown'
  /** Lag in market time: newest record's time minus the committed one's. */
  readonly seconds?: number
  readonly member?: string
}

export interface GroupRow {
  readonly group: string
  readonly state: string
  readonly members?: number
  readonly lag?: Offset
  /** Partitions whose lag is not known; the rest is added up. */
  readonly unknown: number
  readonly seconds?: number
  /** Records a second, negative: falling behind. */
  readonly slope?: number
  readonly clearSeconds?: number
}

export interface GroupDetail extends GroupRow {
  readonly partitions: readonly LagRow[]
  /** absent: not visible to this client. */
  readonly memberRows?: readonly {
    readonly id: string
    readonly clientId: string
    readonly host: string
    readonly assigned: readonly { readonly topic: string; readonly partition: number }[]
    /** Why it reads nothing, where that is known. */
    readonly idle?: GroupReason
  }[]
  readonly history: readonly { readonly at: Millis; readonly lag: number; readonly seconds?: number }[]
}

/** A record as the browser shows it. Bytes that are no text come as hex, cut at 10 kB with the full length told. */
export interface MessageRow {
  readonly topic: string
  readonly partition: number
  readonly offset: Offset
  readonly at: Millis
  readonly key: string | null
  readonly value: string | null
  readonly valueBytes: number
  readonly binary: boolean
  readonly headers: Readonly<Record<string, string>>
}

export interface ScanFrame {
  readonly rows: readonly MessageRow[]
  readonly scanned: number
  readonly total?: number
  readonly done: boolean
  /** Live tail: records left out because the page was slow, and whether offsets were contiguous. */
  readonly skipped: number
  readonly fault?: Fault
}

export interface ConsumerView {
  readonly name: string
  readonly group: string
  readonly bus: 'journal' | 'kafka'
  readonly sink: 'store' | 'csv' | 'none'
  readonly on: boolean
  readonly processed: number
  readonly perSecond: number
  readonly duplicates: number
  readonly lost: number
  readonly parked: number
  readonly members: readonly {
    readonly id: string
    readonly state: 'joining' | 'running' | 'idle' | 'waiting' | 'crashed' | 'stuck' | 'gone'
    readonly assigned: readonly { readonly topic: string; readonly partition: number }[]
    readonly perSecond: number
    /** Why a member does not read. */
    readonly reason?: GroupReason
  }[]
  /** The rebalance time line: which member read which partition from when to when, and the pauses. */
  readonly spans: readonly {
    readonly member: string
    readonly topic: string
    readonly partition: number
    readonly from: Millis
    readonly to?: Millis
  }[]
  readonly rebalances: readonly {
    readonly at: Millis
    readonly pausedFor: Millis
    readonly reason: GroupReason
    readonly lost: number
    readonly duplicates: number
  }[]
}

export interface DoctorStep {
  readonly step: 'dns' | 'tcp' | 'tls' | 'sasl' | 'metadata' | 'listeners' | 'produce' | 'fetch'
  readonly state: 'waiting' | 'running' | 'ok' | 'failed' | 'skipped'
  readonly ms?: number
  /** What was found, in the words of the renderer's i18n: a key and its values. */
  readonly finding?: { readonly code: string; readonly values: Readonly<Record<string, string>> }
  readonly table?: readonly (readonly string[])[]
}

/** Why a trade has not reached a station. True: that may still change, so ask again. */
export const HOP_REASONS = {
  /** On its way into the journal. */
  'not-journaled': true,
  /** Another collector saw it, or the journal has let it go since. */
  'not-in-journal': false,
  /** Its second closes two seconds after its end, by the venue's clock. */
  'second-open': true,
  'no-cluster': false,
  'cluster-away': true,
  'read-only': false,
  /** The settings forward no own topics. */
  'not-forwarded': false,
  'in-outbox': true,
  /** Passed over: forwarding began after it, or its trail is no longer kept. */
  'not-sent': false,
  /** The cluster would not take it. */
  refused: false,
  /** No consumer with a store as its sink reads that topic here. */
  'no-consumer': false,
  'not-consumed': true,
  /** Consumed before this start: times are kept for one run. */
  'not-kept': false,
  'not-stored': true,
  'not-in-store': false,
  /** The page did not see it arrive: it was read from the store. */
  'from-history': false,
  /** The tape stood still or was scrolled away. */
  'not-drawn': true,
} as const satisfies Record<string, boolean>
export type HopReason = keyof typeof HOP_REASONS

/** One station on a trade's way. */
export interface Hop {
  /** 'painted' is the page's own. */
  readonly hop: 'exchange' | 'socket' | 'journal' | 'aggregate' | 'sent' | 'acked' | 'consumed' | 'stored' | 'painted'
  /** When it was there: by the venue's clock at the exchange, by ours from then on. */
  readonly at?: Millis
  readonly where?: string
  /** The record in Kafka, where its offset is known. */
  readonly record?: { readonly topic: string; readonly partition: number; readonly offset: Offset }
  /** The 1 s bar that first counts it. */
  readonly bar?: { readonly openAt: Millis; readonly revision: number }
  /** Why it is not there, or not known to be. */
  readonly missing?: HopReason
}
