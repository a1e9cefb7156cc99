import { assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../shared/market.ts'
import { toPlainText } from './plain-text.ts'
import { symbolsIn } from './symbols.ts'
import { Refusal, toIndex, toItem } from './validate.ts'

const NOW = Date.UTC(2026, 10, 23, 12)
const raw = { id: 'a1', title: 'Bitcoin rises', url: 'https://x.example/a', publishedAt: NOW - HOUR }

test('A-07 S3-06 an item is taken as it is checked: plain text, its symbols, its own time', () => {
  expect(
    toItem(
      { ...raw, title: ' <b>Bitcoin</b> &amp;\n XRP rise ', summary: '<p>One.</p><script>x()</script>' },
      'coinness',
      NOW,
    ),
  ).toEqual({
    kind: 'item',
    feed: 'coinness',
    id: 'a1',
    title: 'Bitcoin & XRP rise',
    url: 'https://x.example/a',
    summary: 'One.',
    publishedAt: NOW - HOUR,
    language: 'en',
    symbols: ['BTC', 'XRP'],
  })
})

test.each([
  ['no title', { title: undefined }, 'title'],
  ['a title of tags alone', { title: '<img src=x>' }, 'title'],
  ['a title that is no text', { title: 7 }, 'title'],
  ['a script for an address', { url: 'javascript:alert(1)' }, 'url'],
  ['data for an address', { url: 'data:text/html,x' }, 'url'],
  ['a file for an address', { url: 'file:///etc/passwd' }, 'url'],
  ['a name and password in its address', { url: 'https://user:secret@x.example/' }, 'url'],
  ['a relative address', { url: '/a' }, 'url'],
  ['a time in the future', { publishedAt: NOW + 2 * HOUR }, 'future'],
  ['a time long ago', { publishedAt: NOW - 40 * DAY }, 'old'],
  ['a time that is none', { publishedAt: Number.NaN }, 'publishedAt'],
])('A-07 an item with %s is refused by rule', (_name, change, rule) => {
  expect(toItem({ ...raw, ...change }, 'coinness', NOW)).toEqual(new Refusal(rule as 'url'))
})

test('A-07 an item without id, address or time is known by its title, and as old as its arrival', () => {
  expect(toItem({ title: 'A quiet day' }, 'coinness', NOW)).toMatchObject({ id: 'a quiet day', publishedAt: NOW })
  expect(toItem({ title: 'A quiet day', id: 9, url: null, publishedAt: null }, 'coinness', NOW)).toMatchObject({
    id: '9',
  })
})

test('A-07 a value of an index is a number from 0 to 100 of a plausible time', () => {
  expect(toIndex({ at: NOW, value: '40', label: 'Fear' }, 'alternative_me', NOW)).toEqual({
    at: NOW,
    data: { kind: 'index', feed: 'alternative_me', value: '40', label: 'Fear' },
  })
  expect(toIndex({ at: NOW, value: 63.6857142857, label: 'Greed' }, 'cnn_fear_greed', NOW)).toMatchObject({
    data: { value: '63.6857' },
  })
  for (const [change, rule] of [
    [{ value: '101' }, 'value'],
    [{ value: -1 }, 'value'],
    [{ value: 'x' }, 'value'],
    [{ label: '' }, 'label'],
    [{ at: Number.NaN }, 'at'],
    [{ at: NOW + DAY }, 'future'],
  ] as const)
    expect(toIndex({ at: NOW, value: 1, label: 'x', ...change }, 'alternative_me', NOW)).toEqual(new Refusal(rule))
})

test('text has no tags, entities or hidden signs in it, and is cut at a word', () => {
  expect(toPlainText('&lt;b&gt; it&#39;s &#x1F600;&nbsp;&hellip; &unknown;', 100)).toBe("<b> it's 😀 … &unknown;")
  expect(toPlainText('a\u202egnp.exe\u0000b', 100)).toBe('a gnp.exe b')
  expect(toPlainText('one two three four', 15)).toBe('one two three…')
  expect(toPlainText('<scr<script>ipt>x', 100)).not.toContain('<script')
})

const PIECES = [
  ...'aZ9 \n\t<>/!-&#;"'.split(''),
  '<!--',
  '<script>',
  '</script>',
  '&amp;',
  '&#0;',
  '&#xD800;',
  '\u0000',
  '\u202e',
  '한',
  '😀',
]

test('text is one line of at most so many characters, whatever comes (property)', () => {
  assert(
    property(string({ unit: constantFrom(...PIECES), maxLength: 200 }), (text) => {
      const plain = toPlainText(text, 50)
      expect(plain.length).toBeLessThanOrEqual(50)
      expect(plain).not.toMatch(/[\p{Cc}\u202e]/u)
    }),
  )
})

test('symbols are found where nothing else can be meant', () => {
  expect(symbolsIn('Bitcoin and 이더리움을 산 SEC; ETF, AI and LINK')).toEqual(['BTC', 'ETH'])
  expect(symbolsIn('Bitcoin Cash forks')).toEqual(['BCH'])
  expect(symbolsIn('비트코인이 오르고 $NVDA falls, solanas too')).toEqual(['BTC', 'NVDA'])
  expect(symbolsIn('BTC/KRW, XRPL and ETH2')).toEqual(['BTC'])
})
