/**
 * The bus port: what the engine asks of a Kafka cluster. The one implementation stands on kafkajs (bus/kafka/); nothing
 * outside that folder imports it. All methods reject with a FaultError, nothing else.
 */

import type { Fault } from '../../shared/faults.ts'
import type { GroupReason } from '../../shared/group-reasons.ts'
import type { Millis } from '../../shared/market.ts'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'

/** Secrets of a profile, handed over for one connection and never kept in settings, logs or errors. */
export interface ClusterSecrets {
  /** SASL password, or OAUTHBEARER client secret. */
  readonly password?: string
  /** Of the client certificate's key. */
  readonly keyPassphrase?: string
}

export interface OutRecord {
  readonly key: string | null
  readonly value: string | Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
  /** Record time: the event's. */
  readonly timestamp: Millis
}

export interface InRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, Uint8Array>>
  readonly timestamp: Millis
}

/** Records of one partition, in order, with the end of the partition when they were fetched. */
export interface InBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly InRecord[]
  /** Offset the next record will get. */
  readonly end: bigint
}

/** Records that retention removed before they were read: from this offset up to, not with, that one. */
export interface Gone {
  readonly topic: string
  readonly partition: number
  readonly from: bigint
  readonly to: bigint
}

export interface Ack {
  readonly topic: string
  readonly partition: number
  /** Offset of the first record of the batch. */
  readonly base: bigint
}

/** An idempotent producer, acks=all, one batch in flight per partition. After a rejected send it is discarded and made anew inside. */
export interface Producer {
  /** Sends records of one partition, in order. Resolves when all in-sync replicas have them. */
  send(topic: string, partition: number, records: readonly OutRecord[]): Promise<Ack>
  close(): Promise<void>
}

export interface ProducerOptions {
  /** Called before each further try of a batch, with what stood in the way. */
  readonly onRetry?: (fault: Fault) => void
}

export interface MemberEvent {
  readonly at: Millis
  readonly kind: 'joined' | 'rebalancing' | 'heartbeat' | 'crashed' | 'stopped' | 'rebuilt' | 'stuck' | 'waiting'
  readonly assigned?: readonly { readonly topic: string; readonly partition: number }[]
  readonly generation?: number
  readonly reason?: GroupReason
  readonly pausedFor?: Millis
}

export interface MemberOptions {
  readonly group: string
  /** Told with the profile's client id, so that whoever looks at the group can tell its members apart. */
  readonly name?: string
  /** Exact names or patterns with "*"; new topics that match are found within 30 s. */
  readonly topics: readonly string[]
  /** Where to begin on assignment: an offset of ours (stored with the data), or undefined: the group's, else `start`. */
  readonly resumeAt: (topic: string, partition: number) => Promise<bigint | undefined>
  readonly start: 'earliest' | 'latest' | { readonly at: Millis } | { readonly offset: number }
  /** Its promise is awaited per partition; when it has settled the batch counts as processed, and its offset is committed for lag and other tools. Must not throw: what cannot be read is the sink's to park. */
  readonly onBatch: (batch: InBatch) => Promise<void>
  /** Asked after each batch: the offset to commit for its partition, where a restart must begin earlier than behind the batch (a fold with open seconds). */
  readonly commitAt?: (topic: string, partition: number) => bigint | undefined
  readonly onGone?: (gone: Gone) => void
  readonly onEvent: (event: MemberEvent) => void
}

/** One member of a consumer group, supervised: it is rebuilt after a crash, and when it is assigned but does not move while lag grows. */
export interface Member {
  readonly id: string
  /** Leaves the group in order. */
  close(): Promise<void>
  /** Vanishes without a word, as a killed process does: for the rebalance view. */
  kill(): void
}

export interface BrokerInfo {
  readonly id: number
  readonly address: string
  readonly isController: boolean
}
export interface PartitionInfo {
  readonly partition: number
  readonly leader: number | undefined
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
}
export interface TopicConfig {
  readonly name: string
  readonly value: string
  readonly source: 'default' | 'topic' | 'broker'
  readonly readOnly: boolean
  readonly sensitive: boolean
}
export interface GroupMemberInfo {
  readonly id: string
  readonly clientId: string
  readonly host: string
  readonly assigned: readonly { readonly topic: string; readonly partition: number }[]
}
export interface GroupInfo {
  readonly group: string
  readonly state: string
  readonly protocol: string
  /** undefined: not visible to this client (new group protocol, or no right), which is not the same as none. */
  readonly members: readonly GroupMemberInfo[] | undefined
}

/** A missing right ends only what needs it: these reject with code 'not-authorized' naming the right. */
export interface Admin {
  cluster(): Promise<{ readonly id: string; readonly brokers: readonly BrokerInfo[] }>
  topics(): Promise<readonly string[]>
  describe(topics: readonly string[]): Promise<ReadonlyMap<string, readonly PartitionInfo[]>>
  /** First and next offset per partition; undefined where the partition does not answer. */
  ends(
    topic: string,
  ): Promise<
    readonly { readonly partition: number; readonly start: bigint | undefined; readonly end: bigint | undefined }[]
  >
  offsetsAt(topic: string, at: Millis): Promise<readonly { readonly partition: number; readonly offset: bigint }[]>
  configs(topic: string): Promise<readonly TopicConfig[]>
  create(topic: {
    readonly name: string
    readonly partitions: number
    readonly replication: number | null
    readonly configs: Readonly<Record<string, string>>
  }): Promise<'created' | 'exists'>
  configure(topic: string, configs: Readonly<Record<string, string>>): Promise<void>
  addPartitions(topic: string, count: number): Promise<void>
  remove(topic: string): Promise<void>
  groups(): Promise<readonly { readonly group: string; readonly protocol: string }[]>
  describeGroups(groups: readonly string[]): Promise<readonly GroupInfo[]>
  /** −1 is never returned: a partition without a committed offset is absent. */
  committed(
    group: string,
    topics?: readonly string[],
  ): Promise<readonly { readonly topic: string; readonly partition: number; readonly offset: bigint }[]>
  commit(
    group: string,
    offsets: readonly { readonly topic: string; readonly partition: number; readonly offset: bigint }[],
  ): Promise<void>
  removeGroup(group: string): Promise<void>
  close(): Promise<void>
}

/** A connection to one cluster. Opening it does not wait for the cluster: `state` tells, and everything retries for good. */
export interface Bus {
  readonly profile: ClusterProfile
  state(): {
    readonly state: 'connecting' | 'up' | 'away'
    readonly since: Millis
    readonly fault?: { readonly code: string; readonly message: string }
  }
  onState(listener: () => void): () => void
  /** Cuts all connections for so long, as if the cluster were gone: a drill. 0 ends it. */
  cut(length: Millis): void
  /** When the drill ends; undefined: there is none. */
  cutUntil(): Millis | undefined
  /** Refused with 'read-only' on a read-only profile. */
  producer(options?: ProducerOptions): Producer
  member(options: MemberOptions): Member
  readonly admin: Admin
  /** Records from an offset on, without a group: for the browser and the doctor. Ends when `signal` is aborted. */
  read(topic: string, partition: number, from: bigint, signal: AbortSignal): AsyncIterable<InBatch>
  close(): Promise<void>
}
