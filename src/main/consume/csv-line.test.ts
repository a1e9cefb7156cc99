import { expect, test } from 'vitest'
import { encodeEvent } from '../../shared/wire.ts'
import { second, START, trade } from '../journal/fixtures.ts'
import { createCsvLine } from './csv-line.ts'

const toLine = createCsvLine({ market: 'upbit:BTC/KRW', ticker: 'BTC-KRW', zone: 'UTC' })

test('A-47 a five-field record becomes its line, its numbers with all their digits', () => {
  const text =
    '{"ticker": "BTC-USD", "avg_price": 97123.450000000001, "total_volume": 1.2e-07, "batch_size": 9007199254740993, "timestamp": "2025-01-17T03:04:05.000006"}'
  expect(toLine(text)).toBe('BTC-USD,97123.450000000001,0.00000012,9007199254740993,2025-01-17T03:04:05.000006\n')
})

test('a one-second bar becomes the same line; what is no traded second makes none', () => {
  const bar = encodeEvent(second(START, '116539000'))
  const other = encodeEvent(second(START, '2', {}, 'upbit:ETH/KRW'))
  const later = encodeEvent(second(START, '2', { revision: 1 }))
  expect([bar, other, later, encodeEvent(trade('1', START))].map(toLine)).toEqual([
    'BTC-KRW,116539000,1,1,2026-01-05T00:00:00.000000\n',
    'upbit:ETH/KRW,2,1,1,2026-01-05T00:00:00.000000\n',
    undefined,
    undefined,
  ])
})

test('what cannot be read says why', () => {
  for (const [text, reason] of [
    ['x', 'The record is not JSON.'],
    ['{"avg_price"', 'The record is not JSON.'],
    ['{"avg_price": 1}', '"ticker" is missing or not text.'],
    ['{"avg_price": 1, "ticker": "a"}', '"timestamp" is missing or not text.'],
    [
      '{"ticker": "a", "timestamp": "b", "avg_price": "1", "total_volume": 1, "batch_size": 1}',
      '"avg_price" is missing or not a number.',
    ],
  ] as const)
    expect(() => toLine(text)).toThrow(reason)
})
