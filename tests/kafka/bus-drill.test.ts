import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InBatch } from '../../src/main/bus/bus.ts'
import { trades } from '../../src/main/journal/fixtures.ts'
import type { Setup } from './setup.ts'
import { setup, toRecords, until } from './setup.ts'

let kafka: Setup
beforeAll(async () => {
  kafka = await setup()
})
afterAll(() => kafka.close())

test('W4 a drill cuts producer and member off, says so, and both go on behind it with nothing lost or repeated', async () => {
  const topic = await kafka.topic()
  const bus = kafka.open()
  const offsets: bigint[] = []
  bus.member({
    group: `drill-${randomUUID()}`,
    topics: [topic],
    start: 'earliest',
    resumeAt: () => Promise.resolve(undefined),
    onBatch({ records }: InBatch) {
      offsets.push(...records.map(({ offset }) => offset))
      return Promise.resolve()
    },
    onEvent: () => {},
  })
  const producer = bus.producer()
  const records = toRecords(trades(30))
  await producer.send(topic, 0, records.slice(0, 10))
  await until(() => offsets.length === 10)

  bus.cut(60_000)
  expect(bus.cutUntil()).toBeGreaterThan(Date.now())
  await until(() => bus.state().state === 'away')
  expect(bus.state().fault?.message).toBe('The connection is cut as a drill. It comes back by itself.')
  const sending = producer.send(topic, 0, records.slice(10, 20))
  const held = await Promise.race([sending.then(() => 'sent'), new Promise((resolve) => setTimeout(resolve, 1_500))])
  expect([held, offsets.length]).toEqual([undefined, 10])

  bus.cut(0)
  expect(bus.cutUntil()).toBeUndefined()
  await sending
  await producer.send(topic, 0, records.slice(20))
  await until(() => offsets.length === 30)
  expect(offsets).toEqual(Array.from({ length: 30 }, (_, index) => BigInt(index)))
  expect(bus.state().state).toBe('up')
}, 60_000)
