import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import type { KafkaSettings } from '../../shared/kafka-settings.ts'
import { DEFAULT_KAFKA } from '../../shared/kafka-settings.ts'
import type { MarketEvent } from '../../shared/market.ts'
import { CLOCK_KEY } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { encodeEvent } from '../../shared/wire.ts'
import { BTC, START, clock, gap, second, ticker, trade, trades } from '../journal/fixtures.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open-journal.ts'
import type { Forwarder } from './forwarder.ts'
import { runForwarder } from './forwarder.ts'
import { forwardGroup, retireForwards } from './groups.ts'
import type { FakeCluster } from './testing/fake-bus.ts'
import { createFakeCluster, textOf, valuesOf } from './testing/fake-bus.ts'

const TRADES = TOPICS.trades.name
const DRAIN = 20_000

let folder: string
let journal: Journal
let forwarder: Forwarder | undefined
let cluster: FakeCluster
const said: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-forward-'))
  said.length = 0
  cluster = createFakeCluster()
  await reopen()
})
afterEach(async () => {
  await forwarder?.close(0)
  await journal.close()
  rmSync(folder, { recursive: true })
})

async function reopen(): Promise<void> {
  journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
    clock: () => START,
  })
}

/** Starts to forward and waits until the groups are known, so that what is appended next is after their beginning. */
async function forward(settings: Partial<KafkaSettings['forward']> = {}, demo = false): Promise<Forwarder> {
  const next = runForwarder({
    journal,
    bus: cluster.bus,
    settings: { ...DEFAULT_KAFKA.forward, ...settings },
    demo,
    collector: 'me',
    log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
  })
  forwarder = next
  const presets = settings.presets ?? DEFAULT_KAFKA.forward.presets
  await expect.poll(() => next.view().presets.length, { timeout: 10_000 }).toBe(presets.length)
  return next
}
const emptied = (of = forwarder!) =>
  expect.poll(() => of.view().records + journal.stats().pending, { timeout: DRAIN }).toBe(0)

test('A-31 each record is the journal’s own line, keyed by its market, timed by the venue, with schema, collector, place and hops', async () => {
  await forward()
  const event = trade('7', START, { receivedAt: START + 5 })
  journal.append('trades', [event])
  await emptied()
  const partition = partitionOf(BTC, 3)
  const [record] = cluster.topics.get(TRADES)![partition]!
  const { journaled, sent, ...headers } = record!.headers
  expect({ ...record, value: textOf(record!.value), headers }).toEqual({
    key: BTC,
    value: encodeEvent(event),
    timestamp: START,
    headers: {
      schema: 'tapedeck.trades.v1',
      collector: 'me',
      record: `${journal.epoch}/${partition}/0`,
      received: String(START + 5),
    },
  })
  expect(Number(journaled)).toBeLessThanOrEqual(Number(sent))
})

test('A-29 a market’s records go to the partition of Kafka’s own hash over as many partitions as the topic really has', async () => {
  cluster.createTopic(TRADES, 7)
  await forward()
  const events = trades(200, ['upbit:BTC/KRW', 'upbit:ETH/KRW', 'binance:BTC/USDT', 'okx:SOL/USDT'])
  journal.append('trades', events)
  await emptied()
  const seen = cluster.topics.get(TRADES)!.flatMap((log, partition) => log.map(({ key }) => [key, partition]))
  expect(seen).toHaveLength(200)
  expect(seen).toEqual(seen.map(([key]) => [key, partitionOf(String(key), 7)]))
})

test('Missing topics are made with our own partitions and retention, and all kinds arrive in order with the clock records', async () => {
  await forward()
  const events: MarketEvent[] = [trade('1', START), gap(START + 10), trade('2', START + 20)]
  journal.append('trades', events)
  journal.appendToAll('trades', clock(START + 1_000))
  journal.append('trades', [trade('3', START + 1_100)])
  journal.append('bars', [second(START, '1')])
  journal.append('tickers', [ticker(START, '2')])
  await emptied()
  expect(Object.fromEntries([...cluster.topics].map(([name, partitions]) => [name, partitions.length]))).toEqual(
    Object.fromEntries(Object.values(TOPICS).map(({ name, partitions }) => [name, partitions])),
  )
  const logs = cluster.topics.get(TRADES)!
  expect(logs[partitionOf(BTC, 3)]!.map(({ value }) => textOf(value))).toEqual(
    [...events, clock(START + 1_000), trade('3', START + 1_100)].map(encodeEvent),
  )
  expect(logs.map((log) => log.filter(({ key }) => key === CLOCK_KEY).length)).toEqual([1, 1, 1])
})

test('A-26 while the cluster is away everything waits in the journal, is counted exactly, and is all there in order afterwards', async () => {
  const running = await forward()
  journal.append('trades', trades(100))
  await emptied()
  cluster.setAway(true)
  const events = trades(5_000).map((event, index) => ({ ...event, receivedAt: START + 1_000 + index }))
  for (const event of events) journal.append('trades', [event])
  await expect.poll(() => running.view().records, { timeout: 10_000 }).toBe(5_000)
  const { records, bytes, oldestAt, acked, presets } = running.view()
  expect({ records, bytes, oldestAt, acked, presets: presets.map(({ records }) => records) }).toEqual({
    records: 5_000,
    bytes: events.reduce((sum, event) => sum + encodeEvent(event).length + 1, 0),
    oldestAt: START + 1_000,
    acked: 100,
    presets: [5_000],
  })
  await expect.poll(() => running.view().presets[0]?.fault?.code, { timeout: 10_000 }).toBe('cluster-away')
  cluster.setAway(false)
  await emptied()
  expect(valuesOf(cluster, TRADES).toSorted()).toEqual([...trades(100), ...events].map(encodeEvent).toSorted())
  const first = cluster.topics.get(TRADES)![partitionOf(BTC, 3)]!.map(({ value }) => textOf(value))
  expect(first).toEqual(first.toSorted((a, b) => offsetIn(first, a) - offsetIn(first, b)))
  expect(running.view().presets[0]).toEqual({ preset: 'own', records: 0, acked: 5_100 })
})
const offsetIn = (list: readonly string[], value: string) => list.indexOf(value)

test('A-27 the next run goes on behind the last cursor, and a lost acknowledgement only repeats a batch under the same record name', async () => {
  await forward()
  cluster.loseAcks = 1
  journal.append('trades', trades(50, [BTC]))
  await emptied()
  await forwarder!.close(5_000)
  journal.append('trades', trades(30, [BTC]))
  await journal.close()
  await reopen()
  await forward()
  await emptied()
  const records = cluster.topics.get(TRADES)!.flat()
  const names = records.map(({ headers }) => headers['record'])
  expect([new Set(names).size, records.length]).toEqual([80, names.length])
  expect(records.length).toBeGreaterThan(80)
  expect(new Set(records.map(({ headers }) => headers['record']?.split('/')[2])).size).toBe(80)
})

test('A record that the cluster refuses is set aside with its reason, and its neighbours arrive in order', async () => {
  const running = await forward()
  cluster.onSend = (records) =>
    records.some(({ value }) => textOf(value).includes('"id":"13"'))
      ? new FaultError('record-too-large', 'The record is larger than the topic takes.')
      : undefined
  journal.append('trades', trades(40, [BTC]))
  await emptied()
  const ids = valuesOf(cluster, TRADES).map((text) => (JSON.parse(text) as { data: { id: string } }).data.id)
  expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => String(index)).filter((id) => id !== '13'))
  expect(running.view()).toMatchObject({ acked: 39, parked: 1 })
  await expect.poll(async () => (await journal.parked(forwardGroup('test', 'own'))).length).toBe(1)
  const [parked] = await journal.parked(forwardGroup('test', 'own'))
  expect({ ...parked, bytes: textOf(parked!.bytes) }).toEqual({
    topic: TRADES,
    partition: partitionOf(BTC, 3),
    offset: 13,
    toTopic: TRADES,
    at: START + 13 * 20,
    reason: 'The record is larger than the topic takes.',
    bytes: encodeEvent(trades(40, [BTC])[13]!),
  })
})

test('Where everything is refused it is not the records: they wait, the outbox says why, and none is missing afterwards', async () => {
  const running = await forward()
  cluster.onSend = () => new FaultError('bad-request', 'The cluster refused Produce.')
  journal.append('trades', trades(200, [BTC]))
  await expect.poll(() => running.view().presets[0]?.fault?.code, { timeout: 10_000 }).toBe('bad-request')
  expect(running.view()).toMatchObject({ acked: 0, parked: 0, records: 200 })
  cluster.onSend = undefined
  cluster.setAway(false)
  await emptied()
  expect(valuesOf(cluster, TRADES)).toEqual(trades(200, [BTC]).map(encodeEvent))
})

test('Each acknowledged batch leaves a row that says where a record of the journal went', async () => {
  await forward()
  journal.append('trades', trades(20, [BTC]))
  await emptied()
  const place = { topic: TRADES, partition: partitionOf(BTC, 3) }
  await expect.poll(async () => (await journal.deliveries(place, 7)).length).toBe(1)
  const [{ sentAt, ackedAt, ...delivery } = { sentAt: 0, ackedAt: 0 }] = await journal.deliveries(place, 7)
  expect(delivery).toEqual({
    ...place,
    group: 'forward:test:own',
    first: 0,
    last: 19,
    toTopic: TRADES,
    toPartition: place.partition,
    toBase: '0',
    records: 20,
  })
  expect(sentAt).toBeLessThanOrEqual(ackedAt)
})

test('A user who may not make topics is told which right is missing, and sending begins once the topic is there', async () => {
  cluster.mayCreate = false
  const running = await forward({ presets: ['s1'], market: BTC })
  journal.append('trades', [trade('1', START)])
  await expect
    .poll(() => running.view().presets[0]?.fault, { timeout: 10_000 })
    .toEqual({
      code: 'not-authorized',
      message: 'The topic stock_trade is not there and could not be made. The right Create on the cluster is missing.',
    })
  cluster.createTopic('stock_trade', 3)
  cluster.setAway(false)
  await emptied()
  expect(valuesOf(cluster, 'stock_trade')).toHaveLength(1)
})

test('A-29 a venue with a partition of its own gets that one, and waits with a reason while the topic does not have it', async () => {
  const topic = 'Region.NE_TickerPreprocessing'
  cluster.createTopic(topic, 1)
  const running = await forward({ presets: ['s2'] })
  const keys = ['binance:BTC/USDT', 'kraken:BTC/USD', 'upbit:BTC/KRW'] as const
  journal.append(
    'tickers',
    keys.map((key) => ticker(START, '1', key)),
  )
  await expect
    .poll(() => running.view().presets[0]?.fault, { timeout: 10_000 })
    .toMatchObject({
      code: 'bad-setting',
      message: `${topic} has too few partitions (1): a venue belongs into partition 1. Add partitions to the topic, or change "forward.partitions" in the settings.`,
    })
  cluster.createTopic(topic, 2)
  cluster.setAway(false)
  await emptied()
  expect(cluster.topics.get(topic)!.map((log) => log.map(({ key }) => key))).toEqual([
    ['binance:ticker'],
    ['kraken:ticker'],
  ])
})

test('Each preset has a cursor of its own; the outbox counts a record once, whoever still owes it', async () => {
  const running = await forward({ presets: ['own', 's0'], market: BTC })
  cluster.onSend = (_records, topic) => (topic === 'bit_topic' ? new FaultError('cluster-away', 'Not now.') : undefined)
  journal.append('bars', [second(START, '1'), second(START, '2', {}, 'upbit:ETH/KRW')])
  journal.append('trades', trades(10))
  await expect.poll(() => running.view().presets[0]?.acked, { timeout: 10_000 }).toBe(12)
  const { records, presets } = running.view()
  const bars = partitionOf('upbit:ETH/KRW', 3) === partitionOf(BTC, 3) ? 2 : 1
  expect([records, presets[0]?.records, presets[1]?.records]).toEqual([bars, 0, bars])
  cluster.onSend = undefined
  await emptied()
  expect(valuesOf(cluster, 'bit_topic')).toHaveLength(1)
})

test('A preset that is not chosen any more holds nothing back, nor does a cluster that is not in use', async () => {
  await forward({ presets: ['own', 's1'] })
  await forwarder!.close(1_000)
  expect(await journal.groups()).toEqual(['forward:test:own', 'forward:test:s1'])
  await forward({ presets: ['own'] })
  await expect.poll(() => journal.groups()).toEqual(['forward:test:own'])
  await forwarder!.close(1_000)
  await retireForwards(journal)
  expect(await journal.groups()).toEqual([])
})

test('A read-only profile forwards nothing, says so, and holds nothing back', async () => {
  cluster = createFakeCluster({ readOnly: true })
  const running = await forward()
  journal.append('trades', trades(5))
  await expect.poll(() => journal.stats().pending).toBe(0)
  expect(running.view()).toMatchObject({ records: 0, presets: [{ preset: 'own', fault: { code: 'read-only' } }] })
  expect([cluster.sends.length, await journal.groups()]).toEqual([0, []])
})

test('Closing sends what the journal still holds, unless the cluster is away', async () => {
  await forward()
  journal.append('trades', trades(3_000))
  await expect.poll(() => journal.stats().pending).toBe(0)
  await forwarder!.close(10_000)
  expect(valuesOf(cluster, TRADES)).toHaveLength(3_000)
  await forward()
  cluster.setAway(true)
  journal.append('trades', trades(10))
  await forwarder!.close(60_000)
  expect(valuesOf(cluster, TRADES)).toHaveLength(3_000)
})

test('Closing does not wait for a batch that the cluster does not answer; the next run sends it', async () => {
  await forward()
  cluster.hangs = true
  journal.append('trades', trades(10))
  await expect.poll(() => forwarder!.view().records, { timeout: 10_000 }).toBe(10)
  await forwarder!.close(50)
  expect(valuesOf(cluster, TRADES)).toEqual([])
  cluster.hangs = false
  await forward()
  await emptied()
  expect(valuesOf(cluster, TRADES)).toHaveLength(10)
})

test('The demo’s topics begin with demo., those of presets too', async () => {
  await journal.close()
  rmSync(join(folder, 'journal.db'))
  journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: true,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
    clock: () => START,
  })
  await forward({ presets: ['own', 's0'], market: BTC }, true)
  journal.append('bars', [second(START, '1')])
  await emptied()
  expect([...cluster.topics.keys()].every((name) => name.startsWith('demo.'))).toBe(true)
  expect(valuesOf(cluster, 'demo.bit_topic')).toHaveLength(1)
})
