import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listNodes } from '../../scripts/kafka/metadata.ts'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'
import { createTopic, leaderOf, partitionsOf, receive, send, toClient } from './client.ts'
import { useBrokers, useCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

const texts = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `record ${from + index}`)

describe.each(KAFKA_VERSIONS)('Kafka %s', (version) => {
  test('one node takes a topic and its records and gives them back in order', { timeout: 120_000 }, async () => {
    const { brokers } = await useBrokers(version)
    const client = toClient(brokers)
    const topic = `cluster-test-${version}-${process.pid}`
    await createTopic(client, topic)
    await send(client, topic, texts(500))
    expect(await receive(client, topic, 500)).toEqual(texts(500))
  })
})

describe('three nodes', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await useCluster({ nodes: 3 })
  }, 180_000)
  afterAll(() => cluster.close())

  test('lose nothing when the leader is killed, and take it back', { timeout: 120_000 }, async () => {
    const topic = 'three-nodes'
    const client = toClient(cluster.brokers)
    await createTopic(client, topic)
    await send(client, topic, texts(100))
    const first = await leaderOf(client, topic)
    await cluster.kill(first)
    const survivors = toClient(cluster.brokers.filter((_, index) => index !== first - 1))
    await expect.poll(() => leaderOf(survivors, topic), { timeout: 60_000 }).not.toBe(first)
    await send(survivors, topic, texts(100, 100))
    expect(await receive(survivors, topic, 200)).toEqual(texts(200))
    await cluster.start(first)
    await expect
      .poll(async () => new Set((await partitionsOf(client, topic))[0]!.isr), { timeout: 60_000 })
      .toEqual(new Set([1, 2, 3]))
  })

  test('a paused node keeps silent until it is resumed', { timeout: 60_000 }, async () => {
    const port = Number(cluster.brokers[2]!.split(':')[1])
    cluster.pause(3)
    // A thread of it may still be on its way to an answer.
    await expect.poll(() => listNodes(port), { timeout: 20_000 }).toBeUndefined()
    cluster.resume(3)
    await expect
      .poll(async () => new Set((await listNodes(port))?.map(({ id }) => id)), { timeout: 30_000 })
      .toEqual(new Set([1, 2, 3]))
  })
})
