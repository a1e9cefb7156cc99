import { expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import { createPathFilter } from './path-filter.ts'

const record = {
  kind: 'trade',
  data: { price: '116539000.5', size: 0.25, side: 'buy', id: '17', ok: true, none: null },
  bids: [
    ['1.50', '2'],
    ['1.49', '3'],
  ],
}

test('A-38 a path is compared as numbers where both are, else as text', () => {
  const filters: Record<string, boolean> = {
    'data.price > 116539000': true,
    'data.price > 116539000.5': false,
    'data.price = 116539000.50': true,
    'data.price < 99': false,
    'data.size = 0.25': true,
    'data.size != 0.25': false,
    'data.side = "buy"': true,
    "data.side = 'sell'": false,
    'data.side = buy': true,
    'data.side != sell': true,
    'data.side ~ uy': true,
    'data.id = 17': true,
    'data.id = "17"': true,
    'data.ok = true': true,
    'data.none = null': true,
    'data.missing = 1': false,
    'data.missing != 1': true,
    'data.missing.deeper > 1': false,
    'bids[1][0] = 1.49': true,
    'bids[9][0] = 1.49': false,
    'bids ~ 1.49': true,
    'kind > "tickr"': true,
    'toString = 1': false,
    'constructor.name ~ Object': false,
  }
  const found = Object.fromEntries(Object.keys(filters).map((text) => [text, createPathFilter(text)(record)]))
  expect(found).toEqual(filters)
})

test('a filter that is none says how one is written', () => {
  for (const text of ['data.price', 'data.price >', '= 3', 'data..price = 3', 'a[x] = 1', 'a = "open'])
    expect(() => createPathFilter(text), text).toThrow(FaultError)
})

test('a number beyond reason is no number and no crash', () => {
  expect(createPathFilter('a > 1')({ a: '1e999999' })).toBe(false)
  expect(createPathFilter('a > 1')({ a: Number.MAX_VALUE })).toBe(false)
})
