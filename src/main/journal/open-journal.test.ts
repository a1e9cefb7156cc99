import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, HOUR } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { decodeBatch } from '../../shared/wire.ts'
import { BTC, START, clock, second, trade, trades } from './fixtures.ts'
import type { CommittedBatch, Journal } from './journal.ts'
import type { JournalOptions } from './open-journal.ts'
import { openJournal } from './open-journal.ts'

let folder: string
let journal: Journal
const committed: CommittedBatch[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-journal-'))
  committed.length = 0
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true })
})

async function open(options: Partial<JournalOptions> = {}): Promise<Journal> {
  journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
    clock: () => START,
    ...options,
  })
  journal.onCommitted((batch) => committed.push(batch))
  return journal
}
const settled = () => expect.poll(() => journal.stats().pending, { timeout: 10_000 }).toBe(0)
const place = { topic: TOPICS.trades.name, partition: partitionOf(BTC, TOPICS.trades.partitions) }

test('Events come back once, in order, with the offsets under which they are stored.', async () => {
  await open()
  const events = trades(5_000, [BTC])
  for (const event of events) journal.append('trades', [event])
  await settled()
  let next = 0
  for (const { base, events } of committed) {
    expect(base).toBe(next)
    next += events.length
  }
  expect(committed.flatMap((batch) => batch.events)).toEqual(events)
  const stored = await journal.read(place, 0, 10_000)
  expect(stored.flatMap((batch) => decodeBatch(batch.bytes))).toEqual(events)
  expect(stored.map(({ minAt, maxAt, count }) => [minAt, maxAt, count])).toEqual(
    committed.map(({ events }) => [events[0]!.at, events.at(-1)!.at, events.length]),
  )
})

test('A read begins with the batch that holds the offset and stops when it has enough.', async () => {
  await open()
  for (const event of trades(3, [BTC])) {
    journal.append('trades', [event])
    await settled()
  }
  journal.append('trades', trades(10, [BTC]))
  await settled()
  const read = async (offset: number, count: number) =>
    (await journal.read(place, offset, count)).map(({ base }) => base)
  expect([await read(0, 1), await read(1, 3), await read(7, 1), await read(13, 1)]).toEqual([[0], [1, 2, 3], [3], []])
})

test('A clock record goes to every partition of trades, in order with what each holds.', async () => {
  await open()
  journal.append('trades', [trade('1', START)])
  journal.appendToAll('trades', clock(START + 1_000))
  await settled()
  const kinds = committed.map(({ partition, events }) => [partition, events.map((event) => event.data.kind).join()])
  expect(kinds).toEqual(
    [0, 1, 2].map((partition) => [partition, partition === place.partition ? 'trade,clock' : 'clock']),
  )
})

test('What a group derived and its cursors are committed together, and are there after a restart.', async () => {
  await open()
  const { epoch } = journal
  await journal.commit('bars', [{ ...place, offset: 7 }], { topic: 'bars', events: [second(START, '1')] })
  expect(committed.map(({ topic, events }) => [topic, events.length])).toEqual([[TOPICS.bars.name, 1]])
  await journal.close()
  await open()
  expect([journal.epoch, journal.lastAt, await journal.cursors('bars')]).toEqual([
    epoch,
    START,
    [{ ...place, offset: 7 }],
  ])
})

test('Closing commits what waits.', async () => {
  await open()
  journal.append('trades', trades(3))
  await journal.close()
  expect(committed.flatMap((batch) => batch.events)).toHaveLength(3)
  await open()
  expect((await journal.ends()).reduce((sum, { start, end }) => sum + end - start, 0)).toBe(3)
})

test('The demo writes to topics of its own.', async () => {
  await open({ demo: true })
  expect(new Set((await journal.ends()).map(({ topic }) => topic.slice(0, 5)))).toEqual(new Set(['demo.']))
})

test('Records older than their topic’s retention go, but never those that a known group still wants.', async () => {
  let now = START
  await open({ clock: () => now })
  for (const event of trades(3, [BTC])) {
    journal.append('trades', [event])
    await settled()
  }
  journal.setGroup('store', [{ ...place, offset: 2 }])
  const held = async () =>
    (await journal.ends()).find(({ topic, partition }) => topic === place.topic && partition === place.partition)
  now = START + DAY - HOUR
  await expect.poll(() => journal.stats().records, { timeout: 5_000 }).toBe(3)
  now = START + DAY + HOUR
  await expect.poll(held, { timeout: 5_000 }).toEqual({ ...place, start: 2, end: 3 })
  journal.setGroup('store', undefined)
  await expect.poll(held, { timeout: 5_000 }).toEqual({ ...place, start: 3, end: 3 })
})

test('A-28 at its quota the journal keeps running, gives up books, tickers and trades before bars, counts exactly, and resumes', async () => {
  await open({ caps: { bytes: 3_000_000 } })
  // A group that has read nothing holds everything.
  journal.setGroup('forwarder', [{ ...place, offset: 0 }])
  let appended = 0
  for (let wave = 0; journal.stats().dropped === 0; wave += 1) {
    journal.append('trades', trades(1_000, [BTC]))
    appended += 1_000
    await settled()
    expect(wave).toBeLessThan(100)
  }
  const kept = () => committed.flatMap((batch) => batch.events)
  expect(journal.stats().dropped).toBe(appended - kept().length)
  await expect.poll(() => journal.stats().fault?.code, { timeout: 5_000 }).toBe('journal-quota')

  // Bars are still taken.
  await journal.commit('bars', [], { topic: 'bars', events: [second(START, '1')] })
  expect(committed.at(-1)?.topic).toBe(TOPICS.bars.name)

  const before = journal.stats().dropped
  journal.append('trades', trades(10, [BTC]))
  await settled()
  expect(journal.stats().dropped).toBe(before + 10)

  // The forwarder catches up: room is made, and the loss is told as a gap in front of what comes next.
  journal.setGroup('forwarder', undefined)
  await expect.poll(() => journal.stats().fault, { timeout: 5_000 }).toBe(undefined)
  committed.length = 0
  const late = trade('late', START + HOUR)
  journal.append('trades', [late])
  await settled()
  expect(kept()).toEqual([
    {
      ...late,
      at: START,
      receivedAt: expect.any(Number),
      data: { kind: 'gap', since: START, until: START + 20 * 999 + 1, reason: 'halted' },
    },
    late,
  ])
  expect(journal.stats().dropped).toBe(before + 10)
})
