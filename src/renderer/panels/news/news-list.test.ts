import { expect, test } from 'vitest'
import type { ItemRow } from '../../../shared/items-contract.ts'
import { EMPTY_LIST, isListed, showWaiting, symbolsOf, withNew, withPage } from './news-list.ts'

const row = (key: number, publishedAt = key, more: Partial<ItemRow> = {}): ItemRow => ({
  key,
  feed: 'crypto_news',
  id: String(key),
  title: `Title ${key}`,
  publishedAt,
  receivedAt: publishedAt,
  language: 'en',
  symbols: [],
  ...more,
})
const keys = (rows: readonly ItemRow[] | undefined) => rows?.map((each) => each.key)
const listed = withPage(EMPTY_LIST, EMPTY_LIST.filter, { items: [row(3), row(2)], complete: false }, false)

test('new items wait while somebody reads, and come once each when asked for', () => {
  const reading = withNew(withNew(listed, [row(5), row(4)], true), [row(5)], true)
  expect([keys(reading.rows), keys(reading.waiting)]).toEqual([
    [3, 2],
    [5, 4],
  ])
  const shown = showWaiting(reading)
  expect([keys(shown.rows), keys(shown.waiting)]).toEqual([[5, 4, 3, 2], []])
  expect(keys(withNew(listed, [row(4)], false).rows)).toEqual([4, 3, 2])
})

test('an item that was published before others stands where its time says', () => {
  expect(keys(withNew(listed, [row(9, 2.5)], false).rows)).toEqual([3, 9, 2])
})

test('older pages are added, and an answer to an older filter is nothing', () => {
  const older = withPage(listed, listed.filter, { items: [row(2), row(1)], complete: true }, true)
  expect([keys(older.rows), older.complete]).toEqual([[3, 2, 1], true])
  expect(withPage(listed, { text: 'else' }, { items: [], complete: true }, false)).toBe(listed)
})

test('what comes is filtered as the engine filters', () => {
  const item = row(1, 1, { title: 'Bitcoin 상승', source: 'CoinDesk', symbols: ['BTC'] })
  expect(isListed({ text: ' COINDESK ' }, item)).toBe(true)
  expect(isListed({ text: '상승', feed: 'crypto_news', symbol: 'BTC' }, item)).toBe(true)
  expect(isListed({ text: '', feed: 'coinness' }, item)).toBe(false)
  expect(isListed({ text: '', symbol: 'ETH' }, item)).toBe(false)
  expect(isListed({ text: 'x' }, item)).toBe(false)
})

test('symbols are offered by how often they are named', () => {
  const rows = [
    row(1, 1, { symbols: ['ETH', 'BTC'] }),
    row(2, 2, { symbols: ['ETH'] }),
    row(3, 3, { symbols: ['ADA'] }),
  ]
  expect(symbolsOf(rows, 2)).toEqual(['ETH', 'ADA'])
})
