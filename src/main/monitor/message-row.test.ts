import { expect, test } from 'vitest'
import type { InRecord } from '../bus/bus.ts'
import { toMessageRow } from './message-row.ts'

const record = (value: Uint8Array | null): InRecord => ({
  topic: 't',
  partition: 1,
  offset: 9_007_199_254_740_993n,
  key: Buffer.from('upbit:BTC/KRW'),
  value,
  headers: { schema: Buffer.from('v1'), raw: Uint8Array.of(0xff, 0) },
  timestamp: 5,
})

test('A-43 text shows as text, other bytes as hex, nothing as nothing; offsets keep all digits', () => {
  expect([Buffer.from('가격\n1'), Uint8Array.of(0, 1, 255), null].map((value) => toMessageRow(record(value)))).toEqual(
    [
      { value: '가격\n1', valueBytes: 8, binary: false },
      { value: '0001ff', valueBytes: 3, binary: true },
      { value: null, valueBytes: 0, binary: false },
    ].map((row) => ({
      topic: 't',
      partition: 1,
      offset: '9007199254740993',
      at: 5,
      key: 'upbit:BTC/KRW',
      headers: { schema: 'v1', raw: 'ff00' },
      ...row,
    })),
  )
})

test('A-43 a long value is cut, never through a letter, and its true length told', () => {
  const text = toMessageRow(record(Buffer.from('가'.repeat(4_000))))
  const bytes = toMessageRow(record(Buffer.alloc(5_000_000, 0xee)))
  expect({
    text: { length: text.value?.length, end: text.value?.at(-1), bytes: text.valueBytes },
    bytes: { length: bytes.value?.length, bytes: bytes.valueBytes, binary: bytes.binary },
  }).toEqual({
    text: { length: 3_333, end: '가', bytes: 12_000 },
    bytes: { length: 10_000, bytes: 5_000_000, binary: true },
  })
})
