import { afterEach, beforeEach, expect, test } from 'vitest'
import { itemKey } from '../../shared/items.ts'
import type { Index, Item } from '../../shared/items.ts'
import type { MarketEvent, Millis } from '../../shared/market.ts'
import { DAY, HOUR, SECOND } from '../../shared/market.ts'
import { START } from '../journal/fixtures.ts'
import type { TestStore } from './fixtures.ts'
import { openTestStore } from './fixtures.ts'

let store: TestStore
beforeEach(async () => {
  store = await openTestStore()
})
afterEach(async () => {
  await store.close()
  store.remove()
})

function item(id: string, at: Millis, more: Partial<Item> = {}): MarketEvent<Item> {
  const data: Item = {
    kind: 'item',
    feed: 'crypto_news',
    id,
    title: `Title ${id}`,
    publishedAt: at,
    language: 'en',
    symbols: [],
    ...more,
  }
  return { instrument: itemKey(data), at, receivedAt: at + SECOND, origin: 'polled', data }
}
function index(at: Millis, value: string, receivedAt = at): MarketEvent<Index> {
  const data = { kind: 'index', feed: 'alternative_me', value, label: 'Fear' } as const
  return { instrument: itemKey(data), at, receivedAt, origin: 'polled', data }
}

test('A-07 an item that comes 100 times, by whatever way, is stored once', async () => {
  const one = item('1', START, { url: 'https://www.x.example/a', title: 'Bitcoin rises' })
  const ways = [
    one,
    item('2', START + HOUR, { url: 'http://x.example/a/?utm_source=rss', title: 'Renamed' }),
    item('3', START + 6 * DAY, { title: 'BITCOIN, rises!' }),
  ]
  for (let time = 0; time < 33; time += 1) await store.put(...ways)
  await store.put(one)
  expect(store.query('SELECT id, title FROM items')).toEqual([{ id: '1', title: 'Bitcoin rises' }])
  expect(store.query('SELECT * FROM instruments')).toEqual([])
  await store.put(item('4', START + 8 * DAY, { title: 'Bitcoin rises' }))
  expect(store.query('SELECT id FROM items')).toEqual([{ id: '1' }, { id: '4' }])
})

test('an item comes back as it was, and what it has not is absent', async () => {
  const whole = {
    url: 'https://x.example/a',
    summary: 'S',
    symbols: ['BTC', 'ETH'],
    source: 'X',
    language: 'ko',
  } as const
  await store.put(item('1', START, whole), item('2', START + 1))
  const { items, complete } = await store.reader.items({ count: 10 })
  expect({ items, complete }).toEqual({
    complete: true,
    items: [
      {
        key: 2,
        feed: 'crypto_news',
        id: '2',
        title: 'Title 2',
        publishedAt: START + 1,
        receivedAt: START + 1_001,
        language: 'en',
        symbols: [],
      },
      {
        key: 1,
        feed: 'crypto_news',
        id: '1',
        title: 'Title 1',
        publishedAt: START,
        receivedAt: START + 1_000,
        ...whole,
      },
    ],
  })
})

test('items are listed newest first, by page, feed, symbol and text', async () => {
  await store.put(
    ...Array.from({ length: 5 }, (_, n) =>
      item(`n${n}`, START + (n % 3) * HOUR, { symbols: [n === 1 ? 'ETH' : 'BTC'] }),
    ),
    item('k1', START, { feed: 'coinness', title: '비트코인 100% 상승', summary: 'Großes', symbols: ['BTCX'] }),
  )
  const ids = async (query: Omit<Parameters<TestStore['reader']['items']>[0], 'count'>, count = 10) =>
    (await store.reader.items({ ...query, count })).items.map((each) => each.id)
  const first = await store.reader.items({ count: 2 })
  const { publishedAt, key } = first.items[1]!
  expect([first.complete, first.items.map((each) => each.id)]).toEqual([false, ['n2', 'n4']])
  expect(await ids({ before: { publishedAt, key } })).toEqual(['n1', 'k1', 'n3', 'n0'])
  expect(await ids({ feed: 'coinness' })).toEqual(['k1'])
  expect(await ids({ symbol: 'eth' })).toEqual(['n1'])
  expect(await ids({ symbol: 'BTC' })).toEqual(['n2', 'n4', 'n3', 'n0'])
  expect(await ids({ text: '비트코인' })).toEqual(['k1'])
  expect(await ids({ text: '100%' })).toEqual(['k1'])
  expect(await ids({ text: '%' })).toEqual(['k1'])
  expect(await ids({ text: ' TITLE N3 ' })).toEqual(['n3'])
})

test('what came after a row is told in order, and from now on without one', async () => {
  await store.put(item('1', START + HOUR), item('2', START))
  const now = await store.reader.newItems({ count: 10 })
  expect(now).toEqual({ items: [], last: 2 })
  await store.put(item('3', START))
  const { items, last } = await store.reader.newItems({ after: now.last, count: 10 })
  expect([items.map((each) => each.id), last]).toEqual([['3'], 3])
  expect(await store.reader.newItems({ after: 3, count: 10 })).toEqual({ items: [], last: 3 })
})

test('A-07 of an index’s instant the value that came last holds', async () => {
  await store.put(index(START, '40'), index(START + DAY, '41'))
  await store.put(index(START, '42', START + HOUR), index(START + DAY, '1', START))
  expect(await store.reader.index({ feed: 'alternative_me', since: START })).toEqual([
    { at: START, value: '42', label: 'Fear' },
    { at: START + DAY, value: '41', label: 'Fear' },
  ])
})

test('an index that changes within a day is drawn with the last value of each', async () => {
  const midnight = Math.floor(START / DAY) * DAY
  await store.put(index(midnight, '40'), index(midnight + 2 * HOUR, '44'), index(midnight + HOUR, '42'))
  await store.put(index(midnight - 1, '39'), index(midnight + DAY, '45'))
  const points = await store.reader.index({ feed: 'alternative_me', since: midnight - DAY, daily: true })
  expect(points.map(({ at, value }) => [at - midnight, value])).toEqual([
    [-1, '39'],
    [2 * HOUR, '44'],
    [DAY, '45'],
  ])
})
