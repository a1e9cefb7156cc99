import { expect, test } from 'vitest'
import { SECOND } from '../../shared/market.ts'
import type { Owed } from './outbox-meter.ts'
import { createOutboxMeter } from './outbox-meter.ts'

const owed = (cursor: number, end: number, more: Partial<Owed> = {}): Owed => ({
  place: 'trades/0',
  cursor,
  end,
  bytes: (end - cursor) * 100,
  oldestAt: cursor < end ? 5_000 + cursor : undefined,
  ...more,
})

test('Nothing has come yet: nothing waits and no rate is invented', () => {
  expect(createOutboxMeter().view([])).toEqual({
    records: 0,
    bytes: 0,
    inPerSecond: 0,
    outPerSecond: 0,
    history: [],
  })
})

test('A record counts once, whoever owes it: of each place what the slowest preset owes', () => {
  const { records, bytes, oldestAt } = createOutboxMeter().view([
    owed(10, 100),
    owed(40, 100),
    owed(7, 9, { place: 'bars/0' }),
  ])
  expect([records, bytes, oldestAt]).toEqual([92, 9_200, 5_007])
})

test('Rates and the time to drain follow from what came and what is left', () => {
  const meter = createOutboxMeter()
  for (let second = 0; second <= 5; second += 1)
    meter.tick(second * SECOND, [owed(second * 3_000, 20_000 + second * 1_000)], false)
  const { records, inPerSecond, outPerSecond, drainSeconds } = meter.view([owed(15_000, 25_000)])
  expect({ records, inPerSecond, outPerSecond, drainSeconds }).toEqual({
    records: 10_000,
    inPerSecond: 1_000,
    outPerSecond: 3_000,
    drainSeconds: 5,
  })
})

test('While it grows there is no time to drain', () => {
  const meter = createOutboxMeter()
  meter.tick(0, [owed(0, 0)], true)
  meter.tick(SECOND, [owed(0, 5_000)], true)
  expect(meter.view([owed(0, 5_000)])).not.toHaveProperty('drainSeconds')
})

test('The history holds the last 90 seconds and when the cluster was away', () => {
  const meter = createOutboxMeter()
  for (let second = 0; second < 100; second += 1) meter.tick(second * SECOND, [owed(0, second)], second >= 95)
  const { history } = meter.view([])
  expect([history.length, history[0], history.at(-1)]).toEqual([
    90,
    { at: 10 * SECOND, records: 10, away: false },
    { at: 99 * SECOND, records: 99, away: true },
  ])
})

test('The percentiles are those of the last thousand acknowledgements', () => {
  const meter = createOutboxMeter()
  for (let index = 0; index < 5_000; index += 1) meter.acked(9_999)
  for (let index = 0; index < 1_000; index += 1) meter.acked(index)
  expect(meter.view([]).ack).toEqual({ p50: 500, p99: 990 })
})
