import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'
import type { Bus } from '../../src/main/bus/bus.ts'
import {
  START,
  collectingMember,
  freshName,
  freshTopic,
  numberOf,
  numbered,
  openTestBus,
  readRecords,
  until,
} from './bus-setup.ts'
import { useBrokers } from './cluster.ts'

describe.each(KAFKA_VERSIONS)('A-44 the bus over Kafka %s', (version) => {
  let brokers: readonly string[]
  let bus: Bus

  beforeAll(async () => {
    ;({ brokers } = await useBrokers(version))
    ;({ bus } = openTestBus(brokers))
    await until('the cluster is up', () => bus.state().state === 'up')
  }, 120_000)
  afterAll(() => bus.close())

  test('shows the cluster with its brokers and the one controller', async () => {
    const { id, brokers: nodes } = await bus.admin.cluster()
    expect({ id: id.length > 0, addresses: nodes.map(({ address }) => address) }).toEqual({
      id: true,
      addresses: [...brokers],
    })
    expect(nodes.filter(({ isController }) => isController)).toHaveLength(1)
  })

  test('A-41 creates, shows, configures, widens and deletes a topic', async () => {
    const name = freshName('admin')
    const order = {
      name,
      partitions: 2,
      replication: 1,
      configs: { 'retention.ms': '600000', 'cleanup.policy': 'delete' },
    }
    expect([await bus.admin.create(order), await bus.admin.create(order)]).toEqual(['created', 'exists'])
    expect(await bus.admin.topics()).toContain(name)

    await bus.admin.configure(name, { 'retention.ms': '700000' })
    const set = async () => {
      const configs = (await bus.admin.configs(name)).filter(({ source }) => source === 'topic')
      return Object.fromEntries(configs.map((each) => [each.name, each.value]))
    }
    await until('the change is in force', async () => (await set())['retention.ms'] === '700000')
    expect(await set()).toEqual({ 'retention.ms': '700000', 'cleanup.policy': 'delete' })

    await bus.admin.addPartitions(name, 3)
    const partitions = async () => (await bus.admin.describe([name, 'bus-nowhere'])).get(name) ?? []
    await until(
      'three partitions with leaders',
      async () => (await partitions()).filter(({ leader }) => leader).length === 3,
    )
    const [first] = await partitions()
    expect(first).toEqual({ partition: 0, leader: first!.leader, replicas: [first!.leader], inSync: [first!.leader] })

    await bus.admin.remove(name)
    await until('the topic is gone', async () => !(await bus.admin.topics()).includes(name))
    await expect(bus.admin.ends(name)).rejects.toMatchObject({ fault: { code: 'unknown-topic' } })
  })

  test.each([
    ['an impossible replication', { name: 'bus-refused', partitions: 1, replication: 9, configs: {} }],
    ['a name that Kafka forbids', { name: 'bus refused', partitions: 1, replication: 1, configs: {} }],
    [
      'a setting that is none',
      { name: 'bus-refused', partitions: 1, replication: 1, configs: { 'retention.ms': 'long' } },
    ],
  ])('says in one sentence why it refuses %s', async (_, order) => {
    await expect(bus.admin.create(order)).rejects.toMatchObject({
      fault: { code: 'bad-request', message: expect.stringContaining(`topic ${order.name}`) },
    })
  })

  test('A-31 what was sent comes back with key, headers, bytes and time, in order per partition', async () => {
    const topic = await freshTopic(bus, 'round', 2)
    const producer = bus.producer()
    const odd = { key: null, value: Uint8Array.of(0, 255, 10), headers: {}, timestamp: START }
    const gone = { key: 'gone', value: null, headers: { empty: '' }, timestamp: START - 5 }
    const [a, b] = await Promise.all([producer.send(topic, 0, numbered(3)), producer.send(topic, 1, [odd, gone])])
    const c = await producer.send(topic, 0, numbered(2, 3))
    await producer.close()
    expect([a, b, c].map(({ partition, base }) => ({ partition, base }))).toEqual([
      { partition: 0, base: 0n },
      { partition: 1, base: 0n },
      { partition: 0, base: 3n },
    ])
    expect(await readRecords(bus, topic, 0, 5)).toEqual(
      numbered(5).map(({ key, value, headers, timestamp }, i) => ({
        topic,
        partition: 0,
        offset: BigInt(i),
        key: Buffer.from(key!),
        value: Buffer.from(value!),
        headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
        timestamp,
      })),
    )
    const head = { topic, partition: 1 }
    expect(await readRecords(bus, topic, 1, 2)).toEqual([
      { ...head, offset: 0n, key: null, value: Buffer.of(0, 255, 10), headers: {}, timestamp: START },
      {
        ...head,
        offset: 1n,
        key: Buffer.from('gone'),
        value: null,
        headers: { empty: Buffer.of() },
        timestamp: START - 5,
      },
    ])
  })

  test('knows where partitions begin and end, and the first record at a time', async () => {
    const topic = await freshTopic(bus, 'ends', 2)
    const producer = bus.producer()
    await producer.send(topic, 0, numbered(100))
    await producer.close()
    expect(await bus.admin.ends(topic)).toEqual([
      { partition: 0, start: 0n, end: 100n },
      { partition: 1, start: 0n, end: 0n },
    ])
    expect(await bus.admin.offsetsAt(topic, START + 40)).toEqual([
      { partition: 0, offset: 40n },
      { partition: 1, offset: 0n },
    ])
    expect(await bus.admin.offsetsAt(topic, START + 1_000)).toEqual([
      { partition: 0, offset: 100n },
      { partition: 1, offset: 0n },
    ])
  })

  test('A-40 commits for a group that nobody is in, reads it back, and forgets the group', async () => {
    const topic = await freshTopic(bus, 'commit', 3)
    const group = freshName('group')
    await bus.admin.commit(group, [
      { topic, partition: 0, offset: 5n },
      { topic, partition: 2, offset: 2n ** 53n + 1n },
    ])
    expect((await bus.admin.committed(group)).toSorted((a, b) => a.partition - b.partition)).toEqual([
      { topic, partition: 0, offset: 5n },
      { topic, partition: 2, offset: 2n ** 53n + 1n },
    ])
    expect(await bus.admin.committed(group, ['another'])).toEqual([])
    expect(await bus.admin.describeGroups([group, 'bus-nobody'])).toEqual([
      { group, state: 'Empty', protocol: expect.any(String), members: [] },
      { group: 'bus-nobody', state: 'Dead', protocol: '', members: [] },
    ])
    await bus.admin.removeGroup(group)
    expect((await bus.admin.groups()).map((each) => each.group)).not.toContain(group)
    await expect(bus.admin.removeGroup(group)).rejects.toMatchObject({ fault: { code: 'not-found' } })
  })

  test('A-41 a read-only profile refuses every write by itself', async () => {
    const { bus: reader } = openTestBus(brokers, { readOnly: true })
    const order = { name: 'bus-readonly', partitions: 1, replication: 1, configs: {} }
    const writes = [
      reader.admin.create(order),
      reader.admin.configure('bus-readonly', {}),
      reader.admin.addPartitions('bus-readonly', 9),
      reader.admin.remove('bus-readonly'),
      reader.admin.commit('bus-readonly', []),
      reader.admin.removeGroup('bus-readonly'),
    ]
    const refused = { status: 'rejected', reason: { fault: { code: 'read-only' } } }
    expect(await Promise.allSettled(writes)).toMatchObject(writes.map(() => refused))
    expect(() => reader.producer()).toThrow(/read-only/)
    expect((await reader.admin.topics()).length).toBeGreaterThan(0)
    await reader.close()
  })

  test('A-39 a reader stops on abort, waits beyond the end for what comes, and begins at the first record that is left', async () => {
    const topic = await freshTopic(bus, 'tail')
    const producer = bus.producer()
    await producer.send(topic, 0, numbered(10))
    const stop = new AbortController()
    const numbers: number[] = []
    const reading = (async () => {
      for await (const { records } of bus.read(topic, 0, 7n, stop.signal)) numbers.push(...records.map(numberOf))
    })()
    await until('the last three', () => numbers.length === 3)
    for (let i = 10; i < 20; i += 5) await producer.send(topic, 0, numbered(5, i))
    await until('what came later', () => numbers.length === 13)
    stop.abort()
    await reading
    expect(numbers).toEqual(Array.from({ length: 13 }, (_, i) => i + 7))
    await producer.close()
  })

  test('a topic that is not there ends a reader and a send with its name', async () => {
    const fault = { fault: { code: 'unknown-topic', message: expect.stringContaining('bus-nowhere') } }
    const reading = bus.read('bus-nowhere', 0, 0n, new AbortController().signal)[Symbol.asyncIterator]()
    const producer = bus.producer()
    const [read, sent] = await Promise.allSettled([reading.next(), producer.send('bus-nowhere', 0, numbered(1))])
    expect([read, sent]).toMatchObject([{ reason: fault }, { reason: fault }])
    await producer.close()
  })

  test('a record that is too large is refused, and the next one is sent', async () => {
    const topic = freshName('large')
    await bus.admin.create({ name: topic, partitions: 1, replication: 1, configs: { 'max.message.bytes': '2000' } })
    const { bus: plain } = openTestBus(brokers, { compression: 'none' })
    const producer = plain.producer()
    const large = { key: null, value: 'x'.repeat(5_000), headers: {}, timestamp: START }
    await expect(producer.send(topic, 0, [large])).rejects.toMatchObject({ fault: { code: 'record-too-large' } })
    expect(await producer.send(topic, 0, numbered(1))).toEqual({ topic, partition: 0, base: 0n })
    await plain.close()
  })
})

test('a cluster that is not there is away at once and says where nothing listens', async () => {
  const door = createServer()
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const { port } = door.address() as AddressInfo
  await new Promise((resolve) => door.close(resolve))
  const { bus } = openTestBus([`127.0.0.1:${port}`])
  expect(bus.state().state).toBe('connecting')
  await until('away', () => bus.state().state === 'away', 4_000)
  expect(bus.state().fault).toEqual({
    code: 'cluster-away',
    message: `Nothing listens at 127.0.0.1:${port} (connection refused).`,
  })
  await expect(bus.admin.topics()).rejects.toMatchObject({ fault: { code: 'cluster-away' } })
  await bus.close()
  await expect(bus.admin.topics()).rejects.toMatchObject({ fault: { code: 'cancelled' } })
})

test('a closed bus leaves no socket and no timer behind', async () => {
  const { brokers } = await useBrokers()
  const held = () =>
    process.getActiveResourcesInfo().filter((each) => each === 'TCPSocketWrap' || each === 'Timeout').length
  const before = held()
  const { bus } = openTestBus(brokers)
  const topic = await freshTopic(bus, 'close', 3)
  const producer = bus.producer()
  await producer.send(topic, 0, numbered(10))
  const { assigned } = collectingMember(bus, freshName('group'), [topic])
  await readRecords(bus, topic, 0, 10)
  await until('the member reads', () => assigned().length === 3)
  expect(held()).toBeGreaterThan(before)
  await bus.close()
  await until('all is closed', () => held() <= before)
  await expect(producer.send(topic, 0, numbered(1))).rejects.toMatchObject({ fault: { code: 'cancelled' } })
})
