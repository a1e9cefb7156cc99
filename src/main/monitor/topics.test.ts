import { expect, test } from 'vitest'
import { clusterProfileSchema } from '../../shared/kafka-settings.ts'
import type { Admin, Bus, PartitionInfo } from '../bus/bus.ts'
import { createTopics } from './topics.ts'

const PARTITIONS: readonly PartitionInfo[] = [0, 1, 2].map((partition) => ({
  partition,
  leader: partition === 2 ? undefined : 1,
  replicas: [1, 2],
  inSync: partition === 0 ? [1, 2] : [1],
}))

test('A-37 of 9,000 topics the names come from one call, and details are asked for the rows in sight only', async () => {
  const asked: string[] = []
  const names = Array.from({ length: 9_000 }, (_, index) => `topic-${index}`)
  let end = 100n
  const admin: Partial<Admin> = {
    topics: () => {
      asked.push('names')
      return Promise.resolve(names)
    },
    describe: (topics) => {
      asked.push(`describe ${topics.length}`)
      return Promise.resolve(new Map(topics.filter((name) => name !== 'gone').map((name) => [name, PARTITIONS])))
    },
    ends: (topic) => {
      asked.push(`ends ${topic}`)
      return topic === 'topic-8'
        ? Promise.reject(new Error('no right'))
        : Promise.resolve([{ partition: 0, start: 40n, end }])
    },
  }
  let now = 1_000
  const profile = clusterProfileSchema.parse({ id: 'p', name: 'p', brokers: ['a:1'] })
  const topics = createTopics({ admin, profile } as Bus, () => now)
  const listed = await topics.list()
  await topics.rows(['topic-7', 'topic-8', 'gone'])
  now += 2_000
  end = 300n
  const rows = await topics.rows(['topic-7', 'topic-8', 'gone'])
  const row = { partitions: 3, replication: 2, underReplicated: 2, leaderless: 1 }
  const once = ['describe 3', 'ends topic-7', 'ends topic-8']
  expect({ listed: listed.length, rows, asked }).toEqual({
    listed: 9_000,
    rows: [{ name: 'topic-7', ...row, records: '260', perSecond: 100 }, { name: 'topic-8', ...row }, { name: 'gone' }],
    asked: ['names', ...once, ...once],
  })
})
