import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../shared/market.ts'
import { createSeen } from './seen.ts'

const NOW = Date.UTC(2026, 10, 23)
const none = { items: [], indices: [] }
const item = { feed: 'crypto_news', id: '1', title: 'A', url: 'https://x.example/a', publishedAt: NOW } as const

test('A-07 S3-07 the same item told 100 times is new once', () => {
  const seen = createSeen(none, NOW)
  const told = Array.from({ length: 100 }, (_, index) => seen.isNewItem({ ...item }, NOW + index * HOUR))
  expect(told.filter(Boolean)).toHaveLength(1)
})

test('A-07 an item is the same by its id, by its address or by its title within a week', () => {
  const seen = createSeen(none, NOW)
  const isNew = (change: object) => seen.isNewItem({ ...item, ...change }, NOW)
  expect(isNew({})).toBe(true)
  expect(isNew({ title: 'B', url: 'https://x.example/b' })).toBe(false)
  expect(isNew({ id: '2', title: 'C', url: 'http://www.x.example/a/?utm_source=rss' })).toBe(false)
  expect(isNew({ id: '3', title: 'a!', url: 'https://x.example/c', publishedAt: NOW + 6 * DAY })).toBe(false)
  expect(isNew({ id: '4', title: 'a!', url: 'https://x.example/d', publishedAt: NOW + 8 * DAY })).toBe(true)
  expect(isNew({ feed: 'coinness' })).toBe(true)
})

test('A-07 what an item was renamed to is known too', () => {
  const seen = createSeen(none, NOW)
  seen.isNewItem(item, NOW)
  seen.isNewItem({ ...item, title: 'Renamed' }, NOW)
  expect(seen.isNewItem({ feed: 'crypto_news', id: '9', title: 'Renamed', publishedAt: NOW }, NOW)).toBe(false)
})

test('A-07 what is stored is known after a restart; what nobody repeats is forgotten in the end', () => {
  const seen = createSeen({ items: [item], indices: [{ feed: 'alternative_me', at: NOW, value: '40' }] }, NOW)
  expect(seen.isNewItem(item, NOW)).toBe(false)
  expect(seen.isNewIndex({ feed: 'alternative_me', at: NOW, value: '40' })).toBe(false)
  expect(seen.isNewIndex({ feed: 'alternative_me', at: NOW, value: '41' })).toBe(true)
  expect(seen.isNewItem(item, NOW + 31 * DAY)).toBe(false)
  expect(seen.isNewItem(item, NOW + 70 * DAY)).toBe(true)
})
