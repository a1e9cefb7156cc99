import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { encodeEvent } from '../../shared/wire.ts'
import { BTC, START, trades } from './fixtures.ts'
import type { Delivery, Journal } from './journal.ts'
import { journal as firstFormat } from './migrations/0001-journal.ts'
import { openJournal } from './open-journal.ts'

const place = { topic: TOPICS.trades.name, partition: partitionOf(BTC, TOPICS.trades.partitions) }
const GROUP = 'forward:local:own'

let folder: string
let journal: Journal | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-trail-'))
})
afterEach(async () => {
  await journal?.close()
  rmSync(folder, { recursive: true })
})

async function open(): Promise<Journal> {
  const opened = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
    clock: () => START,
  })
  journal = opened
  return opened
}

const delivery = (first: number, last: number, more: Partial<Delivery> = {}): Omit<Delivery, 'group'> => ({
  ...place,
  first,
  last,
  toTopic: 'there',
  toPartition: 1,
  toBase: '9007199254740993',
  records: last - first + 1,
  sentAt: START,
  ackedAt: START + 3,
  ...more,
})

test('A delivery is found by any record in it, newest first, and is there after a restart with its cursor', async () => {
  const first = await open()
  const cursor = { ...place, offset: 20 }
  await first.commit(GROUP, [cursor], undefined, { deliveries: [delivery(0, 9), delivery(10, 19)], parked: [] })
  await first.commit('other', [cursor], undefined, { deliveries: [delivery(5, 15, { toBase: '7' })], parked: [] })
  await first.close()
  const next = await open()
  expect(await next.deliveries(place, 12)).toEqual([
    { ...delivery(5, 15, { toBase: '7' }), group: 'other' },
    { ...delivery(10, 19), group: GROUP },
  ])
  expect([await next.deliveries(place, 20), await next.cursors(GROUP), await next.groups()]).toEqual([
    [],
    [cursor],
    [GROUP, 'other'],
  ])
})

test('A parked record keeps its bytes and its reason', async () => {
  const opened = await open()
  const record = {
    ...place,
    offset: 3,
    toTopic: 'there',
    at: START,
    reason: 'Too large.',
    bytes: Buffer.from('{"a":1}'),
  }
  await opened.commit(GROUP, [{ ...place, offset: 4 }], undefined, { deliveries: [], parked: [record] })
  const [parked] = await opened.parked(GROUP)
  expect({ ...parked, bytes: Buffer.from(parked!.bytes) }).toEqual(record)
  expect(await opened.parked('other')).toEqual([])
})

test('The backlog is counted to the byte, also from the middle of a batch', async () => {
  const opened = await open()
  const events = trades(30, [BTC])
  for (let at = 0; at < events.length; at += 10) {
    opened.append('trades', events.slice(at, at + 10))
    await expect.poll(() => opened.stats().pending, { timeout: 10_000 }).toBe(0)
  }
  const bytesFrom = (offset: number) =>
    events.slice(offset).reduce((sum, event) => sum + Buffer.byteLength(encodeEvent(event)) + 1, 0)
  for (const offset of [0, 7, 10, 29, 30])
    expect(await opened.backlog(place, offset)).toEqual({ end: 30, bytes: bytesFrom(offset) })
})

test('A committed batch knows its bytes, and a stored one when it was committed', async () => {
  const opened = await open()
  const sizes: number[] = []
  opened.onCommitted(({ bytes }) => sizes.push(bytes))
  const before = Date.now()
  opened.append('trades', trades(3, [BTC]))
  await expect.poll(() => sizes.length, { timeout: 10_000 }).toBe(1)
  const [batch] = await opened.read(place, 0, 1)
  expect(sizes).toEqual([batch!.bytes.length])
  expect(batch!.writtenAt).toBeGreaterThanOrEqual(before)
})

test('A journal of the first format opens, and its batches have no time of commitment', async () => {
  const db = new Database(join(folder, 'journal.db'))
  db.exec(firstFormat.sql)
  db.pragma('user_version = 1')
  db.prepare('INSERT INTO partitions VALUES (1, ?, ?, 0, 1)').run(place.topic, place.partition)
  db.prepare('INSERT INTO batches VALUES (1, 0, 1, ?, ?, ?)').run(START, START, Buffer.from('{}\n'))
  db.close()
  const [batch] = await (await open()).read(place, 0, 1)
  expect({ ...batch, bytes: batch!.bytes.length }).toEqual({
    ...place,
    base: 0,
    count: 1,
    minAt: START,
    maxAt: START,
    bytes: 3,
  })
})
