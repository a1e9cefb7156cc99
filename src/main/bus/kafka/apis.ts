/** What is asked of a broker and what it answers, by API. Answers are as decoded: every error code in them is ours to look at. */

import type { FetchedPartition } from './fetch-answer.ts'

interface Api<Args, Answer> {
  readonly args: Args
  readonly answer: Answer
}
interface Coded {
  readonly errorCode: number
}
interface Throttled {
  readonly clientSideThrottleTime?: number
}

export interface TopicPartitions<P> {
  readonly topic: string
  readonly partitions: readonly P[]
}

export interface MetadataAnswer extends Throttled {
  readonly clusterId: string | null
  readonly controllerId: number
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[]
  readonly topicMetadata: readonly {
    readonly topicErrorCode: number
    readonly topic: string
    readonly isInternal: boolean
    readonly partitionMetadata: readonly {
      readonly partitionErrorCode: number
      readonly partitionId: number
      /** −1: none. */
      readonly leader: number
      readonly replicas: readonly number[]
      readonly isr: readonly number[]
    }[]
  }[]
}

export interface WireMessage {
  readonly key: Buffer | string | null
  readonly value: Buffer | string | null
  readonly headers: Readonly<Record<string, string>>
  readonly timestamp: number
}

interface TopicErrors extends Throttled {
  readonly topicErrors: readonly (Coded & { readonly topic: string; readonly errorMessage?: string | null })[]
}
interface ConfigResource {
  readonly type: number
  readonly name: string
}
interface Membership {
  readonly groupId: string
  readonly groupGenerationId: number
  readonly memberId: string
}

export interface Apis {
  /** `topics` undefined: all; empty: none, for the brokers alone. Never creates a topic. */
  Metadata: Api<{ readonly topics: readonly string[] | undefined }, MetadataAnswer>
  Produce: Api<
    {
      readonly acks: -1
      readonly timeout: number
      readonly compression: number
      readonly producerId: string
      readonly producerEpoch: number
      readonly topicData: readonly TopicPartitions<{
        readonly partition: number
        readonly firstSequence: number
        readonly messages: readonly WireMessage[]
      }>[]
    },
    {
      readonly topics: readonly {
        readonly topicName: string
        readonly partitions: readonly (Coded & { readonly partition: number; readonly baseOffset: string })[]
      }[]
    }
  >
  InitProducerId: Api<
    { readonly transactionTimeout: number },
    Coded & { readonly producerId: string; readonly producerEpoch: number }
  >
  Fetch: Api<
    {
      readonly replicaId: -1
      readonly isolationLevel: 0 | 1
      readonly maxWaitTime: number
      readonly minBytes: number
      readonly maxBytes: number
      readonly topics: readonly TopicPartitions<{
        readonly partition: number
        readonly fetchOffset: string
        readonly maxBytes: number
      }>[]
    },
    Coded & { readonly partitions: readonly FetchedPartition[] }
  >
  ListOffsets: Api<
    {
      readonly isolationLevel: 0 | 1
      readonly topics: readonly TopicPartitions<{ readonly partition: number; readonly timestamp: number }>[]
    },
    {
      readonly responses: readonly TopicPartitions<
        Coded & { readonly partition: number; readonly offset: string; readonly timestamp: string }
      >[]
    }
  >
  GroupCoordinator: Api<
    { readonly groupId: string },
    Coded & { readonly coordinator: { readonly nodeId: number; readonly host: string; readonly port: number } }
  >
  JoinGroup: Api<
    {
      readonly groupId: string
      readonly sessionTimeout: number
      readonly rebalanceTimeout: number
      readonly memberId: string
      readonly protocolType: 'consumer'
      readonly groupProtocols: readonly { readonly name: string; readonly metadata: Buffer }[]
    },
    Coded & {
      readonly generationId: number
      readonly groupProtocol: string
      readonly leaderId: string
      readonly memberId: string
      readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[]
    }
  >
  SyncGroup: Api<
    {
      readonly groupId: string
      readonly generationId: number
      readonly memberId: string
      readonly groupAssignment: readonly { readonly memberId: string; readonly memberAssignment: Buffer }[]
    },
    Coded & { readonly memberAssignment: Buffer }
  >
  Heartbeat: Api<Membership, Coded>
  LeaveGroup: Api<{ readonly groupId: string; readonly memberId: string }, Coded>
  OffsetCommit: Api<
    Membership & {
      readonly topics: readonly TopicPartitions<{ readonly partition: number; readonly offset: string }>[]
    },
    { readonly responses: readonly TopicPartitions<Coded & { readonly partition: number }>[] }
  >
  /** No topics: all. */
  OffsetFetch: Api<
    { readonly groupId: string; readonly topics: readonly TopicPartitions<{ readonly partition: number }>[] },
    Coded & {
      readonly responses: readonly TopicPartitions<Coded & { readonly partition: number; readonly offset: string }>[]
    }
  >
  ListGroups: Api<
    undefined,
    Coded & { readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[] }
  >
  DescribeGroups: Api<
    { readonly groupIds: readonly string[] },
    {
      readonly groups: readonly (Coded & {
        readonly groupId: string
        readonly state: string
        readonly protocolType: string
        readonly members: readonly {
          readonly memberId: string
          readonly clientId: string
          readonly clientHost: string
          readonly memberAssignment: Buffer
        }[]
      })[]
    }
  >
  DeleteGroups: Api<readonly string[], { readonly results: readonly (Coded & { readonly groupId: string })[] }>
  CreateTopics: Api<
    {
      readonly timeout: number
      readonly topics: readonly {
        readonly topic: string
        readonly numPartitions: number
        readonly replicationFactor: number
        readonly configEntries: readonly { readonly name: string; readonly value: string }[]
      }[]
    },
    TopicErrors
  >
  CreatePartitions: Api<
    {
      readonly timeout: number
      readonly topicPartitions: readonly { readonly topic: string; readonly count: number }[]
    },
    TopicErrors
  >
  DeleteTopics: Api<{ readonly timeout: number; readonly topics: readonly string[] }, TopicErrors>
  DescribeConfigs: Api<
    { readonly resources: readonly ConfigResource[] },
    {
      readonly resources: readonly (Coded & {
        readonly errorMessage: string | null
        readonly configEntries: readonly {
          readonly configName: string
          readonly configValue: string | null
          readonly readOnly: boolean
          readonly configSource: number
          readonly isSensitive: boolean
        }[]
      })[]
    }
  >
  /** Sets (0) or clears (1) single values; the others stay. */
  IncrementalAlterConfigs: Api<
    {
      readonly topic: string
      readonly configs: readonly { readonly name: string; readonly operation: 0 | 1; readonly value: string | null }[]
    },
    Coded & { readonly errorMessage: string | null }
  >
}
export type ApiName = keyof Apis
