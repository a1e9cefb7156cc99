import { FaultError } from '../../../shared/faults.ts'
import type { Admin, PartitionInfo, TopicConfig } from '../bus.ts'
import type { ApiName, Apis, MetadataAnswer } from './apis.ts'
import type { Cluster } from './cluster.ts'
import { CODES } from './codes.ts'
import { PassingError, checkCode, codeFault } from './errors.ts'
import { listOffsets } from './offsets.ts'

type TopicAdmin = Pick<
  Admin,
  | 'cluster'
  | 'topics'
  | 'describe'
  | 'ends'
  | 'offsetsAt'
  | 'configs'
  | 'create'
  | 'configure'
  | 'addPartitions'
  | 'remove'
>

/** How long the cluster may take to carry out a change. */
const CHANGE = 15_000
const CONTROLLER_TRIES = 5
const BETWEEN = 300
const TOPIC_RESOURCE = 2
/** Where a value comes from, by Kafka's number for it. */
const SOURCES: Readonly<Record<number, TopicConfig['source']>> = { 1: 'topic', 2: 'broker', 3: 'broker', 4: 'broker' }

/** What there is of topics and what can be done to them. Changes go to the controller. */
export function createTopicAdmin(cluster: Cluster): TopicAdmin {
  const partitionsOf = async (topic: string): Promise<readonly PartitionInfo[]> => {
    const [found] = (await cluster.metadata([topic])).topicMetadata
    checkCode(found?.topicErrorCode ?? CODES.unknownTopic, 'Metadata', `topic ${topic}`)
    return toPartitions(found!)
  }

  return {
    async cluster() {
      const { clusterId, controllerId, brokers } = await cluster.metadata([])
      return {
        id: clusterId ?? '',
        brokers: brokers
          .map(({ nodeId, host, port }) => ({
            id: nodeId,
            address: `${host}:${port}`,
            isController: nodeId === controllerId,
          }))
          .toSorted((a, b) => a.id - b.id),
      }
    },
    async topics() {
      const { topicMetadata } = await cluster.metadata(undefined)
      return topicMetadata.map(({ topic }) => topic).toSorted()
    },
    async describe(topics) {
      if (topics.length === 0) return new Map()
      const { topicMetadata } = await cluster.metadata(topics)
      const found = topicMetadata.filter(
        ({ topicErrorCode }) => topicErrorCode === 0 || topicErrorCode === CODES.leaderNotAvailable,
      )
      const denied = topicMetadata.find(({ topicErrorCode }) => topicErrorCode === CODES.topicNotAuthorized)
      if (found.length === 0 && denied) throw codeFault(denied.topicErrorCode, 'Metadata', `topic ${denied.topic}`)
      return new Map(found.map((each) => [each.topic, toPartitions(each)]))
    },
    async ends(topic) {
      const partitions = (await partitionsOf(topic)).map(({ partition }) => partition)
      const [starts, ends] = await Promise.all([
        listOffsets(cluster, topic, partitions, 'start'),
        listOffsets(cluster, topic, partitions, 'end'),
      ])
      const denied = [...starts, ...ends].find(
        ({ fault }) => fault instanceof FaultError && fault.fault.code === 'not-authorized',
      )
      if (denied?.fault) throw denied.fault
      return starts.map(({ partition, offset }, index) => ({ partition, start: offset, end: ends[index]?.offset }))
    },
    async offsetsAt(topic, at) {
      const partitions = (await partitionsOf(topic)).map(({ partition }) => partition)
      const [found, ends] = await Promise.all([
        listOffsets(cluster, topic, partitions, { at }),
        listOffsets(cluster, topic, partitions, 'end'),
      ])
      return found.flatMap(({ partition, offset, fault }, index) => {
        const result = fault ? undefined : (offset ?? ends[index]?.offset)
        return result === undefined ? [] : [{ partition, offset: result }]
      })
    },
    async configs(topic) {
      const { resources } = await cluster.any('DescribeConfigs', { resources: [{ type: TOPIC_RESOURCE, name: topic }] })
      const [found] = resources
      checkCode(found?.errorCode ?? CODES.unknownTopic, 'DescribeConfigs', `topic ${topic}`, found?.errorMessage)
      return found!.configEntries.map(({ configName, configValue, configSource, readOnly, isSensitive }) => ({
        name: configName,
        value: configValue ?? '',
        source: SOURCES[configSource] ?? 'default',
        readOnly,
        sensitive: isSensitive,
      }))
    },
    async create({ name, partitions, replication, configs }) {
      const { topicErrors } = await onController(cluster, 'CreateTopics', {
        timeout: CHANGE,
        topics: [
          {
            topic: name,
            numPartitions: partitions,
            replicationFactor: replication ?? -1,
            configEntries: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
          },
        ],
      })
      const [answer] = topicErrors
      if (answer?.errorCode === CODES.topicExists) return 'exists'
      checkCode(answer?.errorCode ?? 0, 'CreateTopics', `topic ${name}`, answer?.errorMessage)
      return 'created'
    },
    async configure(topic, configs) {
      const changes = Object.entries(configs).map(([name, value]) => ({ name, operation: 0 as const, value }))
      const { errorCode, errorMessage } = await onController(cluster, 'IncrementalAlterConfigs', {
        topic,
        configs: changes,
      })
      checkCode(errorCode, 'IncrementalAlterConfigs', `topic ${topic}`, errorMessage)
    },
    async addPartitions(topic, count) {
      const { topicErrors } = await onController(cluster, 'CreatePartitions', {
        timeout: CHANGE,
        topicPartitions: [{ topic, count }],
      })
      checkCode(topicErrors[0]?.errorCode ?? 0, 'CreatePartitions', `topic ${topic}`, topicErrors[0]?.errorMessage)
      cluster.forget(topic)
    },
    async remove(topic) {
      const { topicErrors } = await onController(cluster, 'DeleteTopics', { timeout: CHANGE, topics: [topic] })
      checkCode(topicErrors[0]?.errorCode ?? 0, 'DeleteTopics', `topic ${topic}`)
      cluster.forget(topic)
    },
  }
}

function toPartitions({ partitionMetadata }: MetadataAnswer['topicMetadata'][number]): readonly PartitionInfo[] {
  return partitionMetadata
    .map(({ partitionId, leader, replicas, isr }) => ({
      partition: partitionId,
      leader: leader < 0 ? undefined : leader,
      replicas,
      inSync: isr,
    }))
    .toSorted((a, b) => a.partition - b.partition)
}

type ChangeApi = Extract<ApiName, 'CreateTopics' | 'DeleteTopics' | 'CreatePartitions' | 'IncrementalAlterConfigs'>

/** Asks the controller, and its successor where it has moved. Nothing is asked twice that may have been done. */
async function onController<N extends ChangeApi>(
  cluster: Cluster,
  name: N,
  args: Apis[N]['args'],
): Promise<Apis[N]['answer']> {
  for (let left = CONTROLLER_TRIES; ; left -= 1) {
    const { controllerId } = await cluster.metadata([])
    if (controllerId < 0) {
      if (left <= 1) throw new PassingError('cluster-away', 'The cluster has no controller now. Try again in a moment.')
    } else {
      const answer: Apis[ChangeApi]['answer'] = await cluster.on(controllerId, name, args, { timeout: CHANGE + 2_000 })
      const code = 'topicErrors' in answer ? answer.topicErrors[0]?.errorCode : answer.errorCode
      if (code !== CODES.notController || left <= 1) return answer
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN))
  }
}
