/** The Kafka part of what a page may ask of the engine. Merged into the one contract (contract.ts). */

import { z } from 'zod'
import { command, stream } from './contract-makers.ts'
import type { Fault } from './faults.ts'
import type { ImportNote } from './import-notes.ts'
import type { InstrumentKey, Millis } from './market.ts'
import { clusterProfileSchema } from './kafka-settings.ts'
import type { ClusterProfile, ConsumerSpec, PresetId } from './kafka-settings.ts'

const nothing = z.strictObject({})
const topic = z.string().min(1).max(249)
const group = z.string().min(1).max(255)
const offset = z.string().regex(/^\d{1,19}$/, 'must be a whole number')
const partition = z.number().int().min(0).max(100_000)

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
    readonly idle?: string
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

export const messageQuerySchema = z.strictObject({
  topic,
  partitions: z.array(partition).max(10_000).optional(),
  from: z.union([
    z.enum(['earliest', 'latest']),
    z.strictObject({ offset }),
    z.strictObject({ at: z.number().int().min(0) }),
    z.strictObject({ last: z.number().int().min(1).max(100_000) }),
  ]),
  to: z.union([z.strictObject({ offset }), z.strictObject({ at: z.number().int().min(0) })]).optional(),
  follow: z.boolean().default(false),
  limit: z.number().int().min(1).max(5_000).default(500),
  key: z.string().max(500).optional(),
  text: z.string().max(500).optional(),
  /** 'data.price > 100', 'data.side = "buy"': a path, an operator (= != < > ~), a value. */
  path: z.string().max(500).optional(),
})

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
    /** Why a member has nothing to do. */
    readonly reason?: string
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
    readonly reason: string
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

export const kafkaContract = {
  'kafka.state': stream(nothing).of<ClusterView>(),
  /** Saves a secret of a profile with the host; never read back by a page. */
  'kafka.secret.set': command(
    z.strictObject({
      profile: z.string().max(40),
      password: z.string().max(4_000).optional(),
      keyPassphrase: z.string().max(4_000).optional(),
    }),
  ).returns<{ readonly kept: 'encrypted' | 'this-run' }>(),
  'kafka.secret.state': command(z.strictObject({ profile: z.string().max(40) })).returns<{
    readonly set: boolean
    readonly kept: 'encrypted' | 'this-run' | 'environment' | 'none'
  }>(),
  'kafka.doctor': stream(
    z.strictObject({ profile: clusterProfileSchema, password: z.string().max(4_000).optional() }),
  ).of<readonly DoctorStep[]>(),
  /** The text of an older kafka_config.yaml as a profile and what could not be taken over. */
  /** Cuts the connection to the cluster for so long; 0 ends it. */
  'kafka.drill': command(z.strictObject({ seconds: z.number().int().min(0).max(300) })).returns<void>(),
  'kafka.import': command(z.strictObject({ yaml: z.string().max(100_000) })).returns<{
    readonly profile: z.infer<typeof clusterProfileSchema>
    readonly notes: readonly string[]
    /** The notes as the page's own language can say them, in the same order. */
    readonly findings?: readonly ImportNote[]
    /** The file's topic prefix and consumer, where it has them; the page may save them with the profile. */
    readonly prefix?: string
    readonly consumer?: ConsumerSpec
  }>(),

  'topics.list': command(nothing).returns<readonly string[]>(),
  /** Details for the rows in sight only. */
  'topics.rows': command(z.strictObject({ topics: z.array(topic).max(200) })).returns<readonly TopicRow[]>(),
  'topics.describe': command(z.strictObject({ topic })).returns<{
    readonly partitions: readonly PartitionRow[]
    readonly configs: readonly {
      readonly name: string
      readonly value: string
      readonly source: string
      readonly readOnly: boolean
    }[]
    readonly groups: readonly string[]
  }>(),
  'topics.create': command(
    z.strictObject({
      name: topic,
      partitions: z.number().int().min(1).max(10_000),
      replication: z.number().int().min(1).max(32).nullable(),
      configs: z.record(z.string().max(200), z.string().max(2_000)),
    }),
  ).returns<void>(),
  'topics.configure': command(
    z.strictObject({ topic, configs: z.record(z.string().max(200), z.string().max(2_000)) }),
  ).returns<void>(),
  /** `confirm` must be the topic's name, typed. */
  'topics.delete': command(z.strictObject({ topic, confirm: z.string().max(249) })).returns<void>(),

  groups: stream(nothing).of<readonly GroupRow[]>(),
  group: stream(z.strictObject({ group })).of<GroupDetail>(),
  /** Now → then per partition; nothing is changed. */
  'offsets.plan': command(
    z.strictObject({
      group,
      topics: z.array(topic).min(1).max(100),
      to: z.union([
        z.enum(['earliest', 'latest']),
        z.strictObject({ at: z.number().int().min(0) }),
        z.strictObject({ by: z.number().int() }),
      ]),
    }),
  ).returns<{
    readonly id: string
    readonly rows: readonly {
      readonly topic: string
      readonly partition: number
      readonly now?: Offset
      readonly then: Offset
    }[]
  }>(),
  /** Refused with 'group-active' while members are in the group. Reads back what it wrote. */
  'offsets.reset': command(z.strictObject({ id: z.string().max(64) })).returns<{ readonly undo: string }>(),
  'offsets.undo': command(z.strictObject({ id: z.string().max(64) })).returns<void>(),

  messages: stream(messageQuerySchema).of<ScanFrame>(),
  'messages.send': command(
    z.strictObject({
      topic,
      partition: partition.nullable(),
      key: z.string().max(1_000_000).nullable(),
      value: z.string().max(5_000_000).nullable(),
      headers: z.record(z.string().max(200), z.string().max(10_000)),
    }),
  ).returns<{ readonly partition: number; readonly offset: Offset }>(),
  /** Sends records again, marked by header `resent-from`. `dryRun`: only says what it would do. */
  'messages.resend': command(
    z.strictObject({
      from: z.array(z.strictObject({ topic, partition, offset })).min(1).max(10_000),
      to: topic,
      perSecond: z.number().int().min(1).max(100_000),
      dryRun: z.boolean(),
    }),
  ).returns<{ readonly records: number; readonly bytes: number }>(),

  consumers: stream(nothing).of<readonly ConsumerView[]>(),
  'consumers.member': command(
    z.strictObject({
      name: z.string().max(60),
      action: z.enum(['add', 'remove', 'kill']),
      member: z.string().max(100).optional(),
    }),
  ).returns<void>(),
  'consumers.parked': command(z.strictObject({ name: z.string().max(60) })).returns<
    readonly {
      readonly topic: string
      readonly partition: number
      readonly offset: Offset
      readonly at: Millis
      readonly reason: string
      readonly value: string
    }[]
  >(),
  'consumers.retry': command(z.strictObject({ name: z.string().max(60) })).returns<{
    readonly stored: number
    readonly left: number
  }>(),

  /** Where one trade went, hop by hop: all of them, in order of the flow, those not reached with their reason. */
  'trace.trade': command(
    z.strictObject({ instrument: z.string().max(70), id: z.string().max(100), at: z.number().int().min(0) }),
  ).returns<readonly Hop[]>(),
  /** Which market and instant a record is about; undefined where it is no market data. */
  'trace.record': command(z.strictObject({ topic, partition, offset })).returns<
    { readonly instrument: InstrumentKey; readonly at: Millis } | undefined
  >(),
}
