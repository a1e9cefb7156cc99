/** Settings of Kafka: clusters to connect to, what is forwarded to them, and who consumes. Secrets are not in here. */

import { z } from 'zod'

const broker = z.string().regex(/^[^\s:/,]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'must look like host:port')
const name = z.string().min(1, 'needs a name').max(60)
const topic = z.string().regex(/^[\w.-]{1,249}$/, 'may hold letters, digits, ".", "_" and "-", at most 249')

export const SASL_MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const
export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/** How a cluster is reached. The password, the key's passphrase or the client secret lie in the host's secret store under `kafka:<id>`. */
export const clusterProfileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'may hold small letters, digits and "-"'),
  name,
  brokers: z.array(broker).min(1, 'needs at least one broker').max(50),
  clientId: z.string().min(1).max(100).default('tapedeck'),
  tls: z
    .strictObject({
      on: z.boolean().default(false),
      caFile: z.string().nullable().default(null),
      certFile: z.string().nullable().default(null),
      keyFile: z.string().nullable().default(null),
      /** Name that the certificate must carry, where it is not the broker's own. */
      serverName: z.string().nullable().default(null),
    })
    .default({ on: false, caFile: null, certFile: null, keyFile: null, serverName: null }),
  sasl: z
    .strictObject({
      mechanism: z.enum(SASL_MECHANISMS),
      username: z.string().max(200).default(''),
      /** OAUTHBEARER: where a token is fetched with client credentials (username = client id). */
      tokenUrl: z.url().nullable().default(null),
    })
    .nullable()
    .default(null),
  /** The engine refuses every write to this cluster, forwarding included. */
  readOnly: z.boolean().default(false),
  compression: z.enum(COMPRESSIONS).default('lz4'),
  /** Of topics that Tapedeck creates. null: the cluster's default. */
  replication: z.number().int().min(1).max(32).nullable().default(null),
})
export type ClusterProfile = z.infer<typeof clusterProfileSchema>

/** What the forwarder can write: our own topics, and what the five earlier systems wrote. */
export const PRESETS = ['own', 's0', 's1', 's2', 's3', 's4'] as const
export type PresetId = (typeof PRESETS)[number]

export const consumerSchema = z.strictObject({
  name,
  bus: z.enum(['journal', 'kafka']).default('kafka'),
  /** Topic names, or patterns with "*". */
  topics: z.array(z.string().min(1).max(249)).min(1, 'needs at least one topic'),
  group: z.string().min(1).max(200),
  members: z.number().int().min(1).max(8, 'may have at most 8 members').default(1),
  /** Where a group without offsets begins. A time: Unix milliseconds. */
  start: z
    .union([
      z.enum(['earliest', 'latest']),
      z.strictObject({ at: z.number().int().min(0) }),
      z.strictObject({ offset: z.number().int().min(0) }),
    ])
    .default('latest'),
  sink: z.enum(['store', 'csv', 'none']).default('store'),
  on: z.boolean().default(true),
})
export type ConsumerSpec = z.infer<typeof consumerSchema>

export const kafkaSettingsSchema = z.strictObject({
  profiles: z.array(clusterProfileSchema).max(20).default([]),
  /** Id of the profile in use; null: the built-in log alone. */
  active: z.string().nullable().default(null),
  forward: z
    .strictObject({
      presets: z.array(z.enum(PRESETS)).default(['own']),
      /** S1 and S0 send one market: this one. */
      market: z.string().default('binance:BTC/USDT'),
      /** KAFKA_TOPIC_PREFIX of S3. */
      prefix: topic.default('cointicker'),
      /** Other partitions for venues in S2's regional topics. A venue that is not named keeps its own (presets/s2.ts). */
      partitions: z.record(z.string(), z.number().int().min(0).max(9_999)).optional(),
    })
    .default({ presets: ['own'], market: 'binance:BTC/USDT', prefix: 'cointicker' }),
  consumers: z.array(consumerSchema).max(20).default([]),
})
export type KafkaSettings = z.infer<typeof kafkaSettingsSchema>
export const DEFAULT_KAFKA: KafkaSettings = kafkaSettingsSchema.parse({})
