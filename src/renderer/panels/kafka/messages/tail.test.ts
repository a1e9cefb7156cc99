import { expect, it } from 'vitest'
import type { MessageRow, ScanFrame } from '../../../../shared/kafka-view.ts'
import { addFrame, EMPTY_TAIL, MOST_ROWS } from './tail.ts'

const row = (partition: number, offset: string): MessageRow => ({
  topic: 't',
  partition,
  offset,
  at: 0,
  key: null,
  value: '',
  valueBytes: 0,
  binary: false,
  headers: {},
})
const frame = (rows: readonly MessageRow[], scanned: number, skipped = 0): ScanFrame => ({
  rows,
  scanned,
  done: false,
  skipped,
})

it('A-39 offsets that do not follow are counted by partition, beyond 2^53 too', () => {
  const first = addFrame(EMPTY_TAIL, frame([row(0, '9007199254740993'), row(1, '7')], 2))
  const second = addFrame(first, frame([row(0, '9007199254740994'), row(1, '11')], 4))
  expect([first.missing, second.missing]).toEqual([0, 3])
})

it('A-39 what the engine left out is added up', () => {
  expect(addFrame(addFrame(EMPTY_TAIL, frame([], 5, 40)), frame([], 9, 2)).skipped).toBe(42)
})

it('keeps the newest rows', () => {
  const rows = Array.from({ length: MOST_ROWS + 3 }, (_, index) => row(0, String(index)))
  const tail = addFrame(EMPTY_TAIL, frame(rows, rows.length))
  expect([tail.rows.length, tail.rows[0]?.offset, tail.missing]).toEqual([MOST_ROWS, '3', 0])
})

it('a scan that began again begins again', () => {
  const tail = addFrame(addFrame(EMPTY_TAIL, frame([row(0, '5')], 500, 9)), frame([row(0, '1')], 100))
  expect([tail.rows.map((each) => each.offset), tail.skipped, tail.missing]).toEqual([['1'], 0, 0])
})
