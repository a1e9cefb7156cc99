import { expect, test } from 'vitest'
import { canonicalUrl, identitiesOf, itemKey, normalTitle } from './items.ts'

test('A-07 addresses that lead to one page are one', () => {
  const same = [
    'https://www.example.com/news/a',
    'http://example.com/news/a/',
    'HTTPS://Example.com/news/a?utm_source=rss&utm_medium=x',
    'https://example.com/news/a#comments',
    'https://example.com/news/a?fbclid=1&ref=home',
  ]
  expect([...new Set(same.map(canonicalUrl))]).toEqual(['example.com/news/a'])
  expect(canonicalUrl('https://example.com/n?id=2&a=1')).toBe('example.com/n?a=1&id=2')
  expect(canonicalUrl('https://example.com/n?a=1&id=2')).toBe('example.com/n?a=1&id=2')
  expect(canonicalUrl('https://example.com/n?id=1')).not.toBe(canonicalUrl('https://example.com/n?id=2'))
  expect(canonicalUrl('https://example.com/News')).not.toBe(canonicalUrl('https://example.com/news'))
  expect(canonicalUrl('https://example.com')).toBe('example.com')
})

test('A-07 a title is compared by its letters and digits', () => {
  expect(normalTitle('  “Bitcoin”  hits $100,000!  ')).toBe('bitcoin hits 100 000')
  expect(normalTitle('비트코인, １억 돌파')).toBe('비트코인 1억 돌파')
  expect(normalTitle('?!')).toBe('?!')
})

test('an item is known by its id, its address and its title', () => {
  expect(identitiesOf({ id: '7', title: 'A b', url: 'https://x.example/a/' })).toEqual([
    'id 7',
    'url x.example/a',
    'title a b',
  ])
  expect(identitiesOf({ id: '7', title: 'A b' })).toEqual(['id 7', 'title a b'])
  expect(itemKey({ kind: 'index', feed: 'alternative_me', value: '1', label: 'x' })).toBe('index:alternative_me')
})
