import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import { BTC, ETH, START, second, trades } from './fixtures.ts'
import type { CommittedBatch, Journal } from './journal.ts'
import { createLocalBus } from './local-bus.ts'
import { openJournal } from './open-journal.ts'
import { placeKey } from './places.ts'

let folder: string
let journal: Journal

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-bus-'))
  await open()
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true })
})

async function open() {
  const file = join(folder, 'journal.db')
  journal = await openJournal({ file, demo: false, caps: { bytes: 1e9 }, ballastBytes: 4_096, clock: () => START })
}
const topics = [TOPICS.trades.name]

/** Collects what a consumer is given, and checks that each place comes without hole or double. */
function collect() {
  const next = new Map<string, number>()
  const events: MarketEvent[] = []
  return {
    events,
    take(batch: CommittedBatch) {
      const key = placeKey(batch)
      expect(batch.base).toBe(next.get(key) ?? 0)
      next.set(key, batch.base + batch.events.length)
      events.push(...batch.events)
    },
  }
}
const ids = (events: readonly MarketEvent[]) =>
  events.map(({ data }) => (data.kind === 'trade' ? Number(data.id) : -1)).toSorted((a, b) => a - b)

test('A consumer that comes at any moment, however slow, gets every record once: no hole and no double where catching up turns live.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 3_000 }), turns: fc.integer({ min: 0, max: 8 }) }), {
        minLength: 2,
        maxLength: 12,
      }),
      fc.array(fc.record({ after: fc.nat({ max: 11 }), waits: fc.nat({ max: 12 }) }), { minLength: 1, maxLength: 3 }),
      async (bursts, comers) => {
        await journal.close()
        rmSync(join(folder, 'journal.db'))
        await open()
        const all = trades(
          bursts.reduce((sum, { size }) => sum + size, 0),
          [BTC, ETH, 'okx:BTC/USDT'],
        )
        const bus = createLocalBus(journal)
        const consumers = comers.map(() => collect())
        const joined: Promise<{ close(): Promise<void> }>[] = []
        let sent = 0
        for (const [index, { size, turns }] of bursts.entries()) {
          for (const [who, { after, waits }] of comers.entries())
            if (after % bursts.length === index)
              joined.push(
                bus.consume({ group: `group-${who}`, topics, start: 'cursor' }, async (batch) => {
                  for (let turn = 0; turn < waits; turn += 1) await setImmediate()
                  consumers[who]!.take(batch)
                }),
              )
          journal.append('trades', all.slice(sent, sent + size))
          sent += size
          for (let turn = 0; turn < turns; turn += 1) await setImmediate()
        }
        for (const { events } of consumers) await expect.poll(() => events.length, { timeout: 20_000 }).toBe(all.length)
        for (const consumer of await Promise.all(joined)) await consumer.close()
        for (const { events } of consumers) expect(ids(events)).toEqual(all.map((_, index) => index))
      },
    ),
    { numRuns: 12 },
  )
}, 120_000)

test('A-34 a group goes on after its last commit: what it had read and not committed comes again.', async () => {
  journal.append('trades', trades(100, [BTC]))
  const bus = createLocalBus(journal)
  const first = collect()
  const one = await bus.consume({ group: 'bars', topics, start: 'cursor' }, (batch) => first.take(batch))
  await expect.poll(() => first.events.length).toBe(100)
  const place = { topic: TOPICS.trades.name, partition: partitionOf(BTC, TOPICS.trades.partitions) }
  await one.commit([{ ...place, offset: 60 }], { topic: 'bars', events: [second(START, '1')] })
  await one.close()
  await journal.close()
  await open()

  const again: MarketEvent[] = []
  const two = await createLocalBus(journal).consume({ group: 'bars', topics, start: 'cursor' }, ({ events }) => {
    again.push(...events)
  })
  await expect.poll(() => again.length).toBe(40)
  await two.close()
  expect(ids(again)).toEqual(Array.from({ length: 40 }, (_, index) => 60 + index))
})

test('A group may begin at the newest record, or at the oldest whatever its cursor says.', async () => {
  journal.append('trades', trades(10, [BTC]))
  await expect.poll(() => journal.stats().pending).toBe(0)
  const bus = createLocalBus(journal)
  const late: MarketEvent[] = []
  const all: MarketEvent[] = []
  const latest = await bus.consume({ group: 'a', topics, start: 'latest' }, ({ events }) => void late.push(...events))
  const earliest = await bus.consume(
    { group: 'b', topics, start: 'earliest' },
    ({ events }) => void all.push(...events),
  )
  journal.append('trades', trades(3, [BTC]))
  await expect.poll(() => [late.length, all.length]).toEqual([3, 13])
  await latest.close()
  await earliest.close()
})
