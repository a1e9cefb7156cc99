import { expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import type { MarketEvent } from '../../shared/market.ts'
import { CLOCK_KEY } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { encodeEvent } from '../../shared/wire.ts'
import { BTC, START, clock, gap, second, ticker, trade, trades } from '../journal/fixtures.ts'
import { forwardGroup } from './groups.ts'
import { textOf, valuesOf } from './testing/fake-bus.ts'
import { useForwarding } from './testing/forwarding.ts'

const TRADES = TOPICS.trades.name

const at = useForwarding()
const { forward, reopen, emptied } = at

test('A-31 each record is the journal’s own line, keyed by its market, timed by the venue, with schema, collector, place and hops', async () => {
  await forward()
  const event = trade('7', START, { receivedAt: START + 5 })
  at.journal.append('trades', [event])
  await emptied()
  const partition = partitionOf(BTC, 3)
  const [record] = at.cluster.topics.get(TRADES)![partition]!
  const { journaled, sent, ...headers } = record!.headers
  expect({ ...record, value: textOf(record!.value), headers }).toEqual({
    key: BTC,
    value: encodeEvent(event),
    timestamp: START,
    headers: {
      schema: 'tapedeck.trades.v1',
      collector: 'me',
      record: `${at.journal.epoch}/${partition}/0`,
      received: String(START + 5),
    },
  })
  expect(Number(journaled)).toBeLessThanOrEqual(Number(sent))
})

test('A-29 a market’s records go to the partition of Kafka’s own hash over as many partitions as the topic really has', async () => {
  at.cluster.createTopic(TRADES, 7)
  await forward()
  const events = trades(200, ['upbit:BTC/KRW', 'upbit:ETH/KRW', 'binance:BTC/USDT', 'okx:SOL/USDT'])
  at.journal.append('trades', events)
  await emptied()
  const seen = at.cluster.topics.get(TRADES)!.flatMap((log, partition) => log.map(({ key }) => [key, partition]))
  expect(seen).toHaveLength(200)
  expect(seen).toEqual(seen.map(([key]) => [key, partitionOf(String(key), 7)]))
})

test('Missing topics are made with our own partitions and retention, and all kinds arrive in order with the clock records', async () => {
  await forward()
  const events: MarketEvent[] = [trade('1', START), gap(START + 10), trade('2', START + 20)]
  at.journal.append('trades', events)
  at.journal.appendToAll('trades', clock(START + 1_000))
  at.journal.append('trades', [trade('3', START + 1_100)])
  at.journal.append('bars', [second(START, '1')])
  at.journal.append('tickers', [ticker(START, '2')])
  await emptied()
  expect(Object.fromEntries([...at.cluster.topics].map(([name, partitions]) => [name, partitions.length]))).toEqual(
    Object.fromEntries(Object.values(TOPICS).map(({ name, partitions }) => [name, partitions])),
  )
  const logs = at.cluster.topics.get(TRADES)!
  expect(logs[partitionOf(BTC, 3)]!.map(({ value }) => textOf(value))).toEqual(
    [...events, clock(START + 1_000), trade('3', START + 1_100)].map(encodeEvent),
  )
  expect(logs.map((log) => log.filter(({ key }) => key === CLOCK_KEY).length)).toEqual([1, 1, 1])
})

test('A-26 while the cluster is away everything waits in the at.journal, is counted exactly, and is all there in order afterwards', async () => {
  const running = await forward()
  at.journal.append('trades', trades(100))
  await emptied()
  at.cluster.setAway(true)
  const events = trades(5_000).map((event, index) => ({ ...event, receivedAt: START + 1_000 + index }))
  for (const event of events) at.journal.append('trades', [event])
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
  at.cluster.setAway(false)
  await emptied()
  expect(valuesOf(at.cluster, TRADES).toSorted()).toEqual([...trades(100), ...events].map(encodeEvent).toSorted())
  const first = at.cluster.topics.get(TRADES)![partitionOf(BTC, 3)]!.map(({ value }) => textOf(value))
  expect(first).toEqual(first.toSorted((a, b) => offsetIn(first, a) - offsetIn(first, b)))
  expect(running.view().presets[0]).toEqual({ preset: 'own', records: 0, acked: 5_100 })
})
const offsetIn = (list: readonly string[], value: string) => list.indexOf(value)

test('A-27 the next run goes on behind the last cursor, and a lost acknowledgement only repeats a batch under the same record name', async () => {
  await forward()
  at.cluster.loseAcks = 1
  at.journal.append('trades', trades(50, [BTC]))
  await emptied()
  await at.forwarder.close(5_000)
  at.journal.append('trades', trades(30, [BTC]))
  await at.journal.close()
  await reopen()
  await forward()
  await emptied()
  const records = at.cluster.topics.get(TRADES)!.flat()
  const names = records.map(({ headers }) => headers['record'])
  expect([new Set(names).size, records.length]).toEqual([80, names.length])
  expect(records.length).toBeGreaterThan(80)
  expect(new Set(records.map(({ headers }) => headers['record']?.split('/')[2])).size).toBe(80)
})

test('A record that the cluster refuses is set aside with its reason, and its neighbours arrive in order', async () => {
  const running = await forward()
  at.cluster.onSend = (records) =>
    records.some(({ value }) => textOf(value).includes('"id":"13"'))
      ? new FaultError('record-too-large', 'The record is larger than the topic takes.')
      : undefined
  at.journal.append('trades', trades(40, [BTC]))
  await emptied()
  const ids = valuesOf(at.cluster, TRADES).map((text) => (JSON.parse(text) as { data: { id: string } }).data.id)
  expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => String(index)).filter((id) => id !== '13'))
  expect(running.view()).toMatchObject({ acked: 39, parked: 1 })
  await expect.poll(async () => (await at.journal.parked(forwardGroup('test', 'own'))).length).toBe(1)
  const [parked] = await at.journal.parked(forwardGroup('test', 'own'))
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
  at.cluster.onSend = () => new FaultError('bad-request', 'The cluster refused Produce.')
  at.journal.append('trades', trades(200, [BTC]))
  await expect.poll(() => running.view().presets[0]?.fault?.code, { timeout: 10_000 }).toBe('bad-request')
  expect(running.view()).toMatchObject({ acked: 0, parked: 0, records: 200 })
  at.cluster.onSend = undefined
  at.cluster.setAway(false)
  await emptied()
  expect(valuesOf(at.cluster, TRADES)).toEqual(trades(200, [BTC]).map(encodeEvent))
})

test('Each acknowledged batch leaves a row that says where a record of the journal went', async () => {
  await forward()
  at.journal.append('trades', trades(20, [BTC]))
  await emptied()
  const place = { topic: TRADES, partition: partitionOf(BTC, 3) }
  await expect.poll(async () => (await at.journal.deliveries(place, 7)).length).toBe(1)
  const [{ sentAt, ackedAt, ...delivery } = { sentAt: 0, ackedAt: 0 }] = await at.journal.deliveries(place, 7)
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
  at.cluster.mayCreate = false
  const running = await forward({ presets: ['s1'], market: BTC })
  at.journal.append('trades', [trade('1', START)])
  await expect
    .poll(() => running.view().presets[0]?.fault, { timeout: 10_000 })
    .toEqual({
      code: 'not-authorized',
      message: 'The topic stock_trade is not there and could not be made. The right Create on the cluster is missing.',
    })
  at.cluster.createTopic('stock_trade', 3)
  at.cluster.setAway(false)
  await emptied()
  expect(valuesOf(at.cluster, 'stock_trade')).toHaveLength(1)
})
