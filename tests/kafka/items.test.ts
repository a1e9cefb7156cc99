import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemKey } from '../../src/shared/items.ts'
import { DEFAULT_KAFKA, consumerSchema } from '../../src/shared/kafka-settings.ts'
import type { Index, Item } from '../../src/shared/items.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import { TOPICS } from '../../src/shared/topics.ts'
import { openGroup } from '../../src/main/consume/group.ts'
import { createStoreSink } from '../../src/main/consume/store-sink.ts'
import type { Forwarder } from '../../src/main/forward/forwarder.ts'
import { runForwarder } from '../../src/main/forward/forwarder.ts'
import type { Journal } from '../../src/main/journal/journal.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import type { TestStore } from '../../src/main/store/fixtures.ts'
import { openTestStore } from '../../src/main/store/fixtures.ts'
import type { Setup } from './setup.ts'
import { setup, silent, until } from './setup.ts'

/** Of this run alone: other tests share the brokers. */
const PREFIX = `items-${process.pid}`
const ITEMS = TOPICS.items.name

let kafka: Setup
let folder: string
let journal: Journal
let forwarder: Forwarder
let store: TestStore

beforeAll(async () => {
  kafka = await setup()
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-items-'))
  journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
  })
  forwarder = runForwarder({
    journal,
    bus: kafka.bus,
    settings: { ...DEFAULT_KAFKA.forward, presets: ['own', 's3'], prefix: PREFIX },
    demo: false,
    collector: PREFIX,
    log: silent,
  })
  await until(() => forwarder.view().presets.length === 2)
  store = await openTestStore()
})
afterAll(async () => {
  await store?.close()
  store?.remove()
  await forwarder?.close(0)
  await journal?.close()
  if (folder) rmSync(folder, { recursive: true })
  for (const topic of await kafka.bus.admin.topics())
    if (topic.startsWith(PREFIX)) await kafka.bus.admin.remove(topic).catch(() => undefined)
  await kafka?.close()
})

const now = Date.now()
function item(id: string, feed: Item['feed'] = 'coinness', title = `${PREFIX} ${id}`): MarketEvent<Item> {
  const data: Item = { kind: 'item', feed, id: `${PREFIX} ${id}`, title, publishedAt: now, language: 'ko', symbols: [] }
  return { instrument: itemKey(data), at: now, receivedAt: now, origin: 'polled', data }
}
const data: Index = { kind: 'index', feed: 'cnn_fear_greed', value: '41.25', label: 'Fear' }
const index: MarketEvent<Index> = {
  instrument: itemKey(data),
  at: now,
  receivedAt: now,
  origin: 'polled',
  data,
}

test('A-07 news goes to the own topic and those of S3, and comes back into another store once, however often it was told', async () => {
  // The second and third are the first again: by a new run of the feed, and under another id.
  journal.append('items', [item('1'), item('1'), item('2', 'coinness', `${PREFIX} 1`), item('3', 'crypto_news'), index])
  await until(() => journal.stats().pending === 0)
  await until(() => forwarder.view().records === 0)

  const ends = async (topic: string) =>
    (await kafka.bus.admin.ends(topic)).reduce((sum, { start = 0n, end = 0n }) => sum + Number(end - start), 0)
  const topics = [
    'raw.coinness',
    'raw.crypto_news',
    'raw.cnn_fear_greed',
    'processed.crypto_news',
    'insights.sentiment',
  ]
  const counts = await Promise.all(topics.map(async (name) => [name, await ends(`${PREFIX}.${name}`)]))
  expect(Object.fromEntries(counts)).toEqual({
    'raw.coinness': 3,
    'raw.crypto_news': 1,
    'raw.cnn_fear_greed': 1,
    'processed.crypto_news': 4,
    'insights.sentiment': 1,
  })

  const name = kafka.group()
  const group = openGroup({
    spec: consumerSchema.parse({ name: 'readers', start: 'earliest', topics: [ITEMS], group: name, members: 2 }),
    open: (options) => kafka.bus.member(options),
    sink: createStoreSink({
      store: store.store,
      group: () => Promise.resolve(`kafka:test:${name}`),
      self: 'c0',
      demo: false,
      log: silent,
      onEvents: () => undefined,
      onReturned: () => undefined,
    }),
  })
  try {
    const stored = () => store.query<{ title: string }>(`SELECT title FROM items WHERE title LIKE '${PREFIX}%'`)
    await until(() => stored().length === 2 && store.query(`SELECT 1 FROM indices WHERE value = '41.25'`).length === 1)
    expect(group.totals()).toMatchObject({ parked: 0, lost: 0 })
    expect(stored().map(({ title }) => title)).toEqual([`${PREFIX} 1`, `${PREFIX} 3`])
  } finally {
    await group.close()
  }
}, 90_000)
