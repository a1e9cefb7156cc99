import { expect, test } from 'vitest'
import { messageQuerySchema } from '../../shared/kafka-contract.ts'
import { scan } from './scan.ts'
import { follow } from './tail.ts'
import { createFakeLog } from './testing/fake-log.ts'
import { createPage } from './testing/page.ts'

const query = (more: Record<string, unknown>) =>
  messageQuerySchema.parse({ topic: 't', from: 'earliest', limit: 5_000, ...more })
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => String(from + index))

test('A-38 a scan gives every wanted record of all partitions in order of time, however slow the page', async () => {
  const log = createFakeLog(2)
  log.append(0, numbers(1_000), 0)
  log.append(1, numbers(1_000, 1_000), 500)
  const page = createPage()
  page.take(false)
  const running = scan(log, query({}), ranges(log), page.sink, new AbortController().signal)
  await expect.poll(() => page.frames.length).toBe(2)
  page.take(true)
  await running
  const rows = page.frames.flatMap((frame) => frame.rows)
  expect({
    times: rows.map(({ at }) => at).every((at, index, all) => index === 0 || at >= all[index - 1]!),
    values: rows.map(({ value }) => Number(value)).toSorted((a, b) => a - b),
    last: { ...page.frames.at(-1), rows: [] },
    reading: log.reading,
  }).toEqual({
    times: true,
    values: Array.from({ length: 2_000 }, (_, index) => index),
    last: { rows: [], scanned: 2_000, total: 2_000, done: true, skipped: 0 },
    reading: 0,
  })
})

test('A-38 a scan that is cancelled stops reading and says nothing more', async () => {
  const log = createFakeLog()
  log.append(0, numbers(2_000))
  const page = createPage()
  page.take(false)
  const aborter = new AbortController()
  const running = scan(log, query({}), ranges(log), page.sink, aborter.signal)
  await expect.poll(() => page.frames.length).toBe(2)
  aborter.abort()
  await running
  expect({ frames: page.frames.length, reading: log.reading }).toEqual({ frames: 2, reading: 0 })
})

test('A-38 the last so many are the newest, and those that were never there are not waited for', async () => {
  const log = createFakeLog()
  log.append(0, numbers(50))
  const page = createPage()
  const signal = new AbortController().signal
  await scan(log, query({ from: { last: 3 } }), [{ partition: 0, from: 47n, to: 50n }], page.sink, signal)
  expect(page.frames.flatMap((frame) => frame.rows).map(({ value }) => value)).toEqual(['47', '48', '49'])
})

test('A-39 a page that does not take frames gets the newest, with the exact number left out', async () => {
  const log = createFakeLog()
  const page = createPage()
  const aborter = new AbortController()
  const running = follow(
    log,
    query({ follow: true }),
    [{ partition: 0, from: 0n, to: undefined }],
    page.sink,
    aborter.signal,
  )
  page.take(false)
  log.append(0, numbers(500))
  await expect.poll(() => page.frames.length).toBe(2)
  for (let from = 500; from < 10_000; from += 500) log.append(0, numbers(500, from))
  // Unread frames stay two; what waits behind them is bounded.
  await expect.poll(() => log.reading).toBe(1)
  page.take(true)
  const rows = () => page.frames.flatMap((frame) => frame.rows).map(({ value }) => Number(value))
  await expect.poll(() => rows().at(-1)).toBe(9_999)
  aborter.abort()
  await running
  const holes = rows()
    .slice(1)
    .reduce((sum, value, index) => sum + value - rows()[index]! - 1, 0)
  expect({ holes: holes > 0, skipped: page.frames.at(-1)!.skipped, scanned: page.frames.at(-1)!.scanned }).toEqual({
    holes: true,
    skipped: holes,
    scanned: 10_000,
  })
})

function ranges(log: ReturnType<typeof createFakeLog>) {
  return log.ends().map(({ partition, start, end }) => ({ partition, from: start, to: end }))
}
