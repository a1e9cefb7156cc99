import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IndexPoint } from '../shared/items-contract.ts'
import { itemKey } from '../shared/items.ts'
import type { Index, Item } from '../shared/items.ts'
import type { MarketEvent } from '../shared/market.ts'
import { TOPICS } from '../shared/topics.ts'
import { encodeBatch } from '../shared/wire.ts'
import { createLog } from './log.ts'
import type { News } from './news.ts'
import { createNews } from './news.ts'
import type { TestStore } from './store/fixtures.ts'
import { openTestStore } from './store/fixtures.ts'

let store: TestStore
let news: News
const told: string[] = []
beforeEach(async () => {
  told.length = 0
  store = await openTestStore()
  await store.put(item('before'))
  news = createNews({ ...store, demo: false, log: createLog(() => undefined) })
  await store.reader.newItems({ count: 1 }) // behind its own first question
  news.onItems((rows) => told.push(...rows.map(({ id }) => id)))
})
afterEach(async () => {
  news.close()
  await store.close()
  store.remove()
})

function item(id: string, title = `Title ${id}`): MarketEvent<Item> {
  const publishedAt = Date.now()
  const data: Item = { kind: 'item', feed: 'crypto_news', id, title, publishedAt, language: 'en', symbols: [] }
  return { instrument: itemKey(data), at: publishedAt, receivedAt: publishedAt, origin: 'polled', data }
}
function index(value: string): MarketEvent<Index> {
  const data: Index = { kind: 'index', feed: 'alternative_me', value, label: 'Fear' }
  return { instrument: itemKey(data), at: Date.now(), receivedAt: Date.now(), origin: 'polled', data }
}
/** As another collector's records come from Kafka. */
const arrive = (next: number, ...events: MarketEvent[]) =>
  store.store.take({
    group: 'g',
    topic: TOPICS.items.name,
    partition: 0,
    next,
    parts: [
      {
        collector: 'other',
        offsets: Float64Array.from(events, (_, at) => next - events.length + at),
        bytes: encodeBatch(events),
      },
    ],
    parked: [],
  })

test('A-07 what this machine collects is told once it is stored, each item once', async () => {
  await store.put(item('a'), item('b'), item('a'), item('c', 'Title b'))
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['a', 'b'])
})

test('A-07 what others collected is told too, and what both collected once', async () => {
  await store.put(item('a'))
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['a'])
  await arrive(3, item('a'), item('x'), item('before'))
  await arrive(4, item('y'))
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['a', 'x', 'y'])
})

test('A-07 an index tells its values now, and again when one arrives', async () => {
  const seen: (readonly IndexPoint[])[] = []
  news.onIndex({ feed: 'alternative_me', days: 90 }, (points) => seen.push(points))
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1)
  await arrive(1, index('40'))
  await expect.poll(() => seen.at(-1)?.map(({ value }) => value), { timeout: 10_000 }).toEqual(['40'])
})

test('a store that is closed under a reading is told as trouble, but not where the news were closed before', async () => {
  const said: string[] = []
  const read = (close: (other: News) => void) => {
    const refused = Promise.reject(new Error('The store is closed.'))
    refused.catch(() => undefined)
    const reader = { newItems: () => refused, index: () => refused }
    close(createNews({ store: store.store, reader, demo: false, log: createLog((line) => said.push(line)) }))
    return new Promise((resolve) => setImmediate(resolve))
  }
  await read((other) => other.close())
  expect(said).toEqual([])
  await read(() => undefined)
  expect(said).toEqual([expect.stringContaining('News could not be read from the store: Error: The store is closed.')])
})
