import kafkajs from 'kafkajs'
import { calmRequestQueue } from '../../src/main/bus/kafka/request-queue.ts'
import type { KafkaConfig, Kafka } from 'kafkajs'

calmRequestQueue()

/** A bare client for tests of the brokers themselves: as patient as kafkajs can be, nothing on the console. */
export function toClient(brokers: readonly string[], more: Partial<KafkaConfig> = {}): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId: 'test',
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 5_000,
    retry: { retries: 20, initialRetryTime: 200, maxRetryTime: 1_000 },
    ...more,
  })
}

/** Makes a topic and waits until each partition has a leader. */
export async function createTopic(client: Kafka, topic: string, partitions = 1): Promise<void> {
  const admin = client.admin()
  await admin.connect()
  try {
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: partitions }] })
  } finally {
    await admin.disconnect()
  }
}

/** Sends texts in order to partition 0. Rejects where the cluster does not take them all. */
export async function send(client: Kafka, topic: string, texts: readonly string[]): Promise<void> {
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  try {
    await producer.send({ topic, acks: -1, messages: texts.map((value) => ({ value, partition: 0 })) })
  } finally {
    await producer.disconnect()
  }
}

/** The first `count` values of a topic, read by a group of its own. */
export async function receive(client: Kafka, topic: string, count: number): Promise<readonly string[]> {
  const consumer = client.consumer({ groupId: `${topic}-reader` })
  await consumer.connect()
  const values: string[] = []
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      // A coordinator that is only just made, or just lost, answers after some retries.
      consumer.on('consumer.crash', ({ payload }) => {
        if (!payload.restart) reject(payload.error)
      })
      consumer
        .run({
          eachMessage: async ({ message }) => {
            values.push(String(message.value))
            if (values.length === count) resolve()
          },
        })
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return values
}

/** The node that leads partition 0. */
export async function leaderOf(client: Kafka, topic: string): Promise<number> {
  const [partition] = await partitionsOf(client, topic)
  return partition!.leader
}

export async function partitionsOf(client: Kafka, topic: string) {
  const admin = client.admin()
  await admin.connect()
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    return topics[0]!.partitions
  } finally {
    await admin.disconnect()
  }
}
