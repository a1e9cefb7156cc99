/** The Kafka part of what a page may ask of the engine. Merged into the one contract (contract.ts). */

import { z } from 'zod'
import { command, stream } from './contract-makers.ts'
import { nothing } from './contract-parameters.ts'
import type { ImportNote } from './import-notes.ts'
import type { ConsumerSpec } from './kafka-settings.ts'
import type {
  Offset,
  ClusterView,
  TopicRow,
  PartitionRow,
  GroupRow,
  GroupDetail,
  ScanFrame,
  ConsumerView,
  DoctorStep,
  Hop,
} from './kafka-view.ts'
import type { InstrumentKey, Millis } from './market.ts'
import type { RecordReason } from './record-reasons.ts'
import { clusterProfileSchema } from './kafka-settings.ts'

const topic = z.string().min(1).max(249)
const group = z.string().min(1).max(255)
const offset = z.string().regex(/^\d{1,19}$/, 'must be a whole number')
const partition = z.number().int().min(0).max(100_000)

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
      readonly reason: RecordReason
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
