import { afterEach, expect, test } from 'vitest'
import type { Bus, InBatch } from '../../src/main/bus/bus.ts'
import { collectingMember, freshName, freshTopic, numberOf, numbered, openTestBus, until } from './bus-setup.ts'
import { useCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'

const PARTITIONS = 3
const BATCH = 20

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function open(
  options: Parameters<typeof useCluster>[0],
): Promise<{ readonly cluster: Cluster; readonly bus: Bus }> {
  const cluster = await useCluster(options)
  closers.push(() => cluster.close())
  const { bus } = openTestBus(cluster.brokers)
  closers.push(() => bus.close())
  await until('the cluster is up', () => bus.state().state === 'up')
  return { cluster, bus }
}

/** Sends numbered records to every partition, batch after batch, until told to stop. */
function sendSteadily(bus: Bus, topic: string) {
  const producer = bus.producer()
  const acked: number[] = []
  let next = 0
  const stop = new AbortController()
  let longest = 0
  const run = async (partition: number) => {
    while (!stop.signal.aborted) {
      const first = next
      next += BATCH
      const begin = performance.now()
      await producer.send(topic, partition, numbered(BATCH, first))
      longest = Math.max(longest, performance.now() - begin)
      for (let i = first; i < next && i < first + BATCH; i += 1) acked.push(i)
    }
  }
  const running = Promise.all(Array.from({ length: PARTITIONS }, (_, partition) => run(partition)))
  return {
    acked,
    longest: () => longest,
    async stop() {
      stop.abort()
      await running
      await producer.close()
      return acked
    },
  }
}

/** Reads like a sink of the store: rows and offset move together, and a member begins at the sink's own offset. */
function storeSteadily(bus: Bus, topic: string) {
  const offsets = new Map<number, bigint>()
  const stored: number[] = []
  const holes: string[] = []
  const { events, kinds } = collectingMember(bus, freshName('group'), [topic], {
    resumeAt: async (_, partition) => offsets.get(partition),
    onBatch: async ({ partition, records }: InBatch) => {
      for (const record of records) {
        const expected = offsets.get(partition) ?? 0n
        if (record.offset !== expected) holes.push(`${partition}: ${record.offset} instead of ${expected}`)
        offsets.set(partition, record.offset + 1n)
        stored.push(numberOf(record))
      }
    },
  })
  return { stored, holes, events, kinds }
}

/** Of what was acknowledged: what is not stored, and what is stored more than once. */
function compare(acked: readonly number[], stored: readonly number[]) {
  const counts = new Map<number, number>()
  for (const number of stored) counts.set(number, (counts.get(number) ?? 0) + 1)
  return {
    lost: acked.filter((number) => !counts.has(number)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([number]) => number),
  }
}

test(
  'A-26 a broker killed and started again under load: nothing lost, nothing doubled, and the state says so in time',
  { timeout: 120_000 },
  async () => {
    const { cluster, bus } = await open({ nodes: 1 })
    const topic = await freshTopic(bus, 'kill', PARTITIONS)
    const sending = sendSteadily(bus, topic)
    const { stored, holes, kinds } = storeSteadily(bus, topic)
    await until('records flow', () => stored.length > 500)

    await cluster.kill(1)
    await until('away within 4 s', () => bus.state().state === 'away', 4_000)
    const known = sending.acked.length
    await cluster.start(1)
    await until('up within 5 s of its return', () => bus.state().state === 'up', 5_000)
    await until('records flow again', () => sending.acked.length > known + 500, 30_000)

    const acked = await sending.stop()
    await until('all that was acknowledged is stored', () => stored.length >= acked.length, 30_000)
    expect({ ...compare(acked, stored), holes }).toEqual({ lost: [], doubled: [], holes: [] })
    expect(kinds().filter((kind) => kind !== 'waiting')[0]).toBe('joined')
  },
)

test(
  'a broker that hangs is away within 4 s, and all goes on when it answers again',
  { timeout: 120_000 },
  async () => {
    const { cluster, bus } = await open({ nodes: 1 })
    const topic = await freshTopic(bus, 'hang', PARTITIONS)
    const sending = sendSteadily(bus, topic)
    const { stored, holes } = storeSteadily(bus, topic)
    await until('records flow', () => stored.length > 500)

    cluster.pause(1)
    await until('away within 4 s', () => bus.state().state === 'away', 4_000)
    await until('a request has given up', () => sending.longest() > 0 && bus.state().fault !== undefined)
    cluster.resume(1)
    await until('up within 5 s of its return', () => bus.state().state === 'up', 5_000)
    const known = sending.acked.length
    await until('records flow again', () => sending.acked.length > known + 500, 40_000)

    const acked = await sending.stop()
    await until('all that was acknowledged is stored', () => stored.length >= acked.length, 30_000)
    expect({ ...compare(acked, stored), holes }).toEqual({ lost: [], doubled: [], holes: [] })
  },
)

test(
  'A-30 the leaders of three brokers killed and hung in turn: nothing lost, nothing doubled',
  { timeout: 180_000 },
  async () => {
    const { cluster, bus } = await open({ nodes: 3 })
    const topic = await freshTopic(bus, 'leader', PARTITIONS)
    const sending = sendSteadily(bus, topic)
    const { stored, holes } = storeSteadily(bus, topic)
    const flows = async (limit = 40_000) => {
      const known = sending.acked.length
      await until('records flow', () => sending.acked.length > known + 500, limit)
    }
    const leader = async () => (await bus.admin.describe([topic])).get(topic)![0]!.leader!
    await flows()

    const killed = await leader()
    await cluster.kill(killed)
    await flows()
    expect(bus.state().state).toBe('up')
    await cluster.start(killed)
    await flows()

    const hung = await leader()
    cluster.pause(hung)
    await until('another leads', async () => (await leader()) !== hung, 30_000)
    await flows()
    cluster.resume(hung)
    await flows()

    const acked = await sending.stop()
    await until('all that was acknowledged is stored', () => stored.length >= acked.length, 40_000)
    expect({ ...compare(acked, stored), holes }).toEqual({ lost: [], doubled: [], holes: [] })
  },
)
