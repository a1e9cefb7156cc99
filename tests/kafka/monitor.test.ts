import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultError } from '../../src/shared/faults.ts'
import { sendMessage } from '../../src/main/monitor/messages.ts'
import { createOffsets } from '../../src/main/monitor/offsets.ts'
import { runLagMonitor } from '../../src/main/monitor/lag-monitor.ts'
import { resend } from '../../src/main/monitor/resend.ts'
import { createTopics } from '../../src/main/monitor/topics.ts'
import type { Setup } from './setup.ts'
import { setup, silent, until } from './setup.ts'

let kafka: Setup
beforeAll(async () => {
  kafka = await setup()
})
afterAll(() => kafka.close())

const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: FaultError) => `${error.fault.code}: ${error.message}`,
  )

test('A-40 an offset reset shows now and then, refuses a group in use by name, reads back and is undone', async () => {
  const topic = await kafka.topic(2)
  const group = kafka.group()
  for (const partition of [0, 1]) await kafka.send(topic, partition, ['a', 'b', 'c', 'd'])
  await kafka.bus.admin.commit(group, [{ topic, partition: 0, offset: 3n }])
  const moved: unknown[] = []
  const offsets = createOffsets({
    bus: kafka.bus,
    onMoved: (name, places) => {
      moved.push([name, places.map(({ partition, offset }) => `${partition} → ${offset}`)])
      return Promise.resolve()
    },
  })
  const committed = async () =>
    (await kafka.bus.admin.committed(group)).map(({ partition, offset }) => `${partition}: ${offset}`).toSorted()

  const plan = await offsets.plan({ group, topics: [topic], to: { by: -1 } })
  const { undo } = await offsets.reset(plan.id)
  const after = await committed()
  await offsets.undo(undo)
  expect({ rows: plan.rows, after, undone: await committed(), moved }).toEqual({
    rows: [
      { topic, partition: 0, now: '3', then: '2' },
      { topic, partition: 1, then: '0' },
    ],
    after: ['0: 2', '1: 0'],
    undone: ['0: 3'],
    moved: [
      [group, ['0 → 2', '1 → 0']],
      [group, ['0 → 3', '1 → undefined']],
    ],
  })

  const member = kafka.bus.member({
    group,
    topics: [topic],
    start: 'latest',
    resumeAt: () => Promise.resolve(undefined),
    onBatch: () => Promise.resolve(),
    onEvent: () => {},
  })
  await until(async () => (await kafka.bus.admin.describeGroups([group]))[0]?.members?.length === 1)
  const again = await offsets.plan({ group, topics: [topic], to: 'earliest' })
  expect(await fault(offsets.reset(again.id))).toMatch(
    new RegExp(`^group-active: The group "${group}" is in use by tapedeck on [\\d.:a-f]+\\. Stop them first`),
  )
  await member.close()
})

test('A-41 topics are made, configured and deleted by their typed name, and a read-only profile refuses every write', async () => {
  const topics = createTopics(kafka.bus)
  const name = await kafka.topic()
  await topics.configure(name, { 'retention.ms': '60000' })
  await kafka.send(name, 0, ['a', 'b'])
  const described = await topics.describe(name)
  const [row] = await topics.rows([name])
  expect({
    retention: described.configs.find((config) => config.name === 'retention.ms')?.value,
    partition: { start: described.partitions[0]?.start, end: described.partitions[0]?.end },
    row: { partitions: row?.partitions, records: row?.records, leaderless: row?.leaderless },
    twice: await fault(topics.create({ name, partitions: 1, replication: null, configs: {} })),
    unconfirmed: await fault(topics.remove(name, 'other')),
  }).toEqual({
    retention: '60000',
    partition: { start: '0', end: '2' },
    row: { partitions: 1, records: '2', leaderless: 0 },
    twice: `bad-request: name: there is a topic "${name}" already.`,
    unconfirmed: `bad-request: confirm: type the topic's name, "${name}", to delete it with all its records.`,
  })

  const readOnly = kafka.open({ readOnly: true })
  const refused = createTopics(readOnly)
  const moves = createOffsets({ bus: readOnly, onMoved: () => Promise.resolve() })
  const plan = await moves.plan({ group: kafka.group(), topics: [name], to: 'earliest' })
  const message = { topic: name, partition: null, key: null, value: 'x', headers: {} }
  const writes = await Promise.all(
    [
      refused.create({ name: `${name}-2`, partitions: 1, replication: null, configs: {} }),
      refused.configure(name, {}),
      refused.remove(name, name),
      moves.reset(plan.id),
      sendMessage(readOnly, message),
      resend(
        readOnly,
        { from: [{ topic: name, partition: 0, offset: '0' }], to: name, perSecond: 1, dryRun: false },
        new AbortController().signal,
      ),
    ].map(fault),
  )
  expect(writes.map((each) => each.split(':')[0])).toEqual(Array.from({ length: 6 }, () => 'read-only'))

  await topics.remove(name, name)
  await until(async () => !(await topics.list()).includes(name))
})

test('A-36 lag moves by itself, in records and in market time', async () => {
  const topic = await kafka.topic()
  const group = kafka.group()
  const at = 1_767_571_200_000
  const producer = kafka.bus.producer()
  const send = (from: number, count: number) =>
    producer.send(
      topic,
      0,
      Array.from({ length: count }, (_, index) => ({
        key: null,
        value: 'x',
        headers: {},
        timestamp: at + (from + index) * 100,
      })),
    )
  await send(0, 200)
  await kafka.bus.admin.commit(group, [{ topic, partition: 0, offset: 50n }])
  const monitor = runLagMonitor({
    bus: kafka.bus,
    cluster: () => Promise.resolve('test'),
    history: undefined,
    own: () => [group],
    log: silent,
  })
  const row = () => monitor.groups().find((each) => each.group === group)
  await until(() => row()?.seconds !== undefined)
  // From record 49, the last committed one, to record 199: 150 tenths of a second.
  expect({ lag: row()?.lag, unknown: row()?.unknown, seconds: row()?.seconds }).toEqual({
    lag: '150',
    unknown: 0,
    seconds: 15,
  })

  await send(200, 100)
  await until(() => row()?.lag === '250')
  await kafka.bus.admin.commit(group, [{ topic, partition: 0, offset: 300n }])
  await until(() => row()?.lag === '0')
  const detail = await monitor.detail(group)
  expect({
    partitions: detail?.partitions,
    readers: monitor.readersOf(topic),
    points: detail!.history.length > 1,
  }).toEqual({
    partitions: [{ topic, partition: 0, committed: '300', start: '0', end: '300', lag: '0', seconds: 0 }],
    readers: [group],
    points: true,
  })
  await monitor.close()
  await producer.close()
}, 60_000)
