import { readFileSync } from 'node:fs'
import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { TOPICS, murmur2, partitionOf, topicName, topicOf } from './topics.ts'

/** 1,000 keys with the hash that Java gives their UTF-8 bytes (Utils.murmur2 of Kafka's client), one `hash key` a line. */
const VECTORS = readFileSync(new URL('./fixtures/murmur2.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => ({ hash: Number(line.slice(0, line.indexOf(' '))), key: line.slice(line.indexOf(' ') + 1) }))

test('A-29 the hash equals Java’s for 1,000 keys', () => {
  expect(VECTORS).toHaveLength(1_000)
  expect(VECTORS.map(({ key }) => murmur2(key))).toEqual(VECTORS.map(({ hash }) => hash))
})

test('A-29 the hash equals the vectors that Kafka’s own tests name', () => {
  const known = {
    '21': -973932308,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
    abc: 479470107,
  }
  expect(Object.fromEntries(Object.keys(known).map((key) => [key, murmur2(key)]))).toEqual(known)
})

test('A-29 a key gets the partition that Kafka’s default partitioner gives it', () => {
  const partitioner = kafkajs.Partitioners.DefaultPartitioner()
  for (const partitions of [1, 3, 7, 50]) {
    const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 1,
      replicas: [1],
      isr: [1],
    }))
    const theirs = VECTORS.map(({ key }) =>
      partitioner({ topic: 'any', partitionMetadata, message: { key, value: '' } }),
    )
    expect(VECTORS.map(({ key }) => partitionOf(key, partitions))).toEqual(theirs)
  }
})

test('the demo’s topics can never be taken for real ones', () => {
  expect(Object.values(TOPICS).map((topic) => topicName(topic, true))).toEqual(
    Object.values(TOPICS).map(({ name }) => `demo.${name}`),
  )
  expect(topicName(TOPICS.trades, false)).toBe('tapedeck.trades.v1')
})

test('each kind of record has its topic', () => {
  for (const [id, { kinds }] of Object.entries(TOPICS)) for (const kind of kinds) expect(topicOf(kind)).toBe(id)
})
