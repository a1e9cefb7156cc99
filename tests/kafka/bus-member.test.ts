import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import type { Bus, InBatch } from '../../src/main/bus/bus.ts'
import { START, collectingMember, freshName, freshTopic, numberOf, numbered, openTestBus, until } from './bus-setup.ts'
import { useBrokers } from './cluster.ts'

let bus: Bus

beforeAll(async () => {
  const { brokers } = await useBrokers()
  ;({ bus } = openTestBus(brokers))
}, 120_000)
afterAll(() => bus.close())

const join = (
  { onTestFinished }: TestContext,
  ...args: Parameters<typeof collectingMember> extends [Bus, ...infer Rest] ? Rest : never
) => {
  const joined = collectingMember(bus, ...args)
  onTestFinished(joined.member.close)
  return joined
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const byNumber = (a: number, b: number) => a - b

async function fill(topic: string, partitions: number, each: number): Promise<void> {
  const producer = bus.producer()
  await Promise.all(
    range(0, partitions).map((partition) => producer.send(topic, partition, numbered(each, partition * each))),
  )
  await producer.close()
}

test('a member begins at its own offset, else at the group’s, else where it was told', async (context) => {
  const topic = await freshTopic(bus, 'resume', 4)
  const group = freshName('group')
  await fill(topic, 4, 100)
  await bus.admin.commit(group, [
    { topic, partition: 0, offset: 10n },
    { topic, partition: 1, offset: 90n },
  ])
  const resumeAt = async (_: string, partition: number) => (partition === 0 ? 95n : undefined)
  const first = join(context, group, [topic], { resumeAt, start: { at: START + 250 } })
  await until('the rest of each partition', () => first.records.length >= 5 + 10 + 50 + 100)
  expect(first.records.map(numberOf).toSorted(byNumber)).toEqual([
    ...range(95, 100),
    ...range(190, 200),
    ...range(250, 400),
  ])
  await first.member.close()
  expect((await bus.admin.committed(group)).map(({ offset }) => offset)).toEqual([100n, 100n, 100n, 100n])
  expect(first.kinds()).toEqual(['joined', 'stopped'])

  const latest = join(context, freshName('group'), [topic], { start: 'latest' })
  const tenth = join(context, freshName('group'), [topic], { start: { offset: 90 } })
  await until('both read', () => latest.assigned().length === 4 && tenth.records.length === 40)
  expect(latest.records).toEqual([])
})

test('commits where its sink says that a restart must begin', async (context) => {
  const topic = await freshTopic(bus, 'open')
  const group = freshName('group')
  await fill(topic, 1, 100)
  const { records, member } = join(context, group, [topic], { commitAt: () => 42n })
  await until('all read', () => records.length === 100)
  await member.close()
  expect(await bus.admin.committed(group)).toEqual([{ topic, partition: 0, offset: 42n }])
})

test(
  'A-42 a handler that throws, for ever, never ends the process and nothing is skipped: the member crashes, and comes back',
  { timeout: 60_000 },
  async (context) => {
    const topic = await freshTopic(bus, 'crash')
    await fill(topic, 1, 50)
    let left = 3
    const numbers: number[] = []
    const { events, kinds } = join(context, freshName('group'), [topic], {
      onBatch: async ({ records }) => {
        left -= 1
        if (left > 0) throw new Error('no room')
        numbers.push(...records.map(numberOf))
      },
    })
    await until('the records after two crashes', () => numbers.length === 50, 30_000)
    expect(kinds()).toEqual(['joined', 'crashed', 'joined', 'crashed', 'joined'])
    expect(events.find(({ kind }) => kind === 'crashed')?.reason).toEqual({
      code: 'trouble',
      fault: { code: 'internal', message: `Records of ${topic} 0 could not be handled: no room` },
    })
    expect(numbers).toEqual(range(0, 50))
  },
)

// Most of each is waiting: for a session to end, for the next look at the topics.
describe.concurrent('beside each other', () => {
  test(
    'A-33 three members read one partition each, a fourth has none; when one is killed another reads on, and nothing is lost',
    { timeout: 90_000 },
    async (context) => {
      const topic = await freshTopic(bus, 'share', 3)
      const group = freshName('group')
      await fill(topic, 3, 100)
      const stored = new Map<number, bigint>()
      const numbers: number[] = []
      const sink = {
        resumeAt: async (_: string, partition: number) => stored.get(partition),
        onBatch: async ({ partition, records }: InBatch) => {
          numbers.push(...records.map(numberOf))
          stored.set(partition, records.at(-1)!.offset + 1n)
        },
      }
      const all = range(0, 4).map(() => join(context, group, [topic], sink))
      const shares = () => all.map(({ assigned }) => assigned().length).toSorted(byNumber)
      await until('a share for three of four', () => shares().join() === '0,1,1,1')
      await until('all records', () => numbers.length >= 300)
      const info = (await bus.admin.describeGroups([group]))[0]!
      expect({
        state: info.state,
        shares: info.members?.map(({ assigned }) => assigned.length).toSorted(byNumber),
      }).toEqual({
        state: 'Stable',
        shares: [0, 1, 1, 1],
      })

      const victim = all.find(({ assigned }) => assigned().length === 1)!
      const lost = victim.assigned()[0]!
      const others = all.filter((each) => each !== victim)
      victim.member.kill()
      await bus.producer().send(topic, lost.partition, numbered(100, 300))
      await until('another reads on within session timeout + 5 s', () => numbers.length >= 400, 15_000)
      expect(others.map(({ assigned }) => assigned().length)).toEqual([1, 1, 1])
      expect(numbers.toSorted(byNumber)).toEqual(range(0, 400))
      const heir = others.find(({ assigned }) => assigned()[0]?.partition === lost.partition)!
      const joined = heir.events.findLast(({ kind }) => kind === 'joined')!
      expect(joined).toEqual({
        at: expect.any(Number),
        kind: 'joined',
        assigned: [lost],
        generation: expect.any(Number),
        pausedFor: expect.any(Number),
      })
    },
  )

  test(
    'a pattern follows topics that come, and leaves out what it does not match',
    { timeout: 60_000 },
    async (context) => {
      const prefix = freshName('pattern')
      const make = (name: string) => bus.admin.create({ name, partitions: 1, replication: null, configs: {} })
      await make(`${prefix}.a`)
      await make(`other-${prefix}.c`)
      const { assigned, kinds } = join(context, freshName('group'), [`${prefix}.*`])
      await until('the first', () => assigned().length === 1)
      await make(`${prefix}.b`)
      await until('the second within 30 s', () => assigned().length === 2, 35_000)
      expect(
        assigned()
          .map(({ topic }) => topic)
          .toSorted(),
      ).toEqual([`${prefix}.a`, `${prefix}.b`])
      expect(kinds()).toEqual(['joined', 'rebalancing', 'joined'])
    },
  )

  test(
    'a batch that takes longer than a session keeps its place in the group',
    { timeout: 60_000 },
    async (context) => {
      const topic = await freshTopic(bus, 'slow')
      await fill(topic, 1, 10)
      let isDone = false
      const { kinds, events } = join(context, freshName('group'), [topic], {
        onBatch: async () => {
          await until('12 heartbeats', () => events.filter(({ kind }) => kind === 'heartbeat').length >= 12, 30_000)
          isDone = true
        },
      })
      await until('the batch is handled', () => isDone, 40_000)
      expect(kinds()).toEqual(['joined'])
    },
  )
})
