import { expect, it } from 'vitest'
import type { LogLine } from '../../shared/engine-view.ts'
import { LOG_LENGTH, mergeLines } from './log-store.ts'

const line = (at: number, text = String(at)): LogLine => ({ at, level: 'info', text })

it('lines heard again after a reconnect stand once', () => {
  expect(mergeLines([line(1), line(2), line(3)], [line(2), line(3), line(4)])).toEqual([
    line(1),
    line(2),
    line(3),
    line(4),
  ])
})

it('lines of one millisecond are told apart by their text', () => {
  expect(mergeLines([line(1, 'a')], [line(1, 'a'), line(1, 'b')])).toEqual([line(1, 'a'), line(1, 'b')])
})

it('the oldest go when there are too many', () => {
  const many = Array.from({ length: LOG_LENGTH }, (_, at) => line(at))
  const merged = mergeLines(many, [line(LOG_LENGTH)])
  expect([merged.length, merged[0]?.at, merged.at(-1)?.at]).toEqual([LOG_LENGTH, 1, LOG_LENGTH])
})
