import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportSample } from './sample-export.ts'
import type { SampleMarket } from './sample-market.ts'
import { openSampleMarket, sampleRequest, START, UPBIT } from './sample-market.ts'

let market: SampleMarket
beforeEach(() => {
  market = openSampleMarket()
})
afterEach(() => market.remove())

test('A-20 missing and quiet are told apart, and unwatched seconds give no rows', async () => {
  market.watched(UPBIT, START + 2_000, START + 5_000)
  market.gap(UPBIT, START + 3_500, null, 'disconnected')
  const { text, meta } = await exportSample(market, sampleRequest({ bom: false }))
  const states = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => [line.split(',')[1], line.split(',').at(-1)])
  expect({ states, completeness: meta['completeness'] }).toEqual({
    states: [
      [String(START + 2_000), 'quiet'],
      [String(START + 3_000), 'missing'],
      [String(START + 4_000), 'missing'],
      [String(START + 5_000), 'missing'],
    ],
    completeness: [
      {
        instrument: UPBIT,
        seconds: 10,
        live: 1,
        backfilled: 0,
        missing: 3,
        unwatched: 6,
        percent: { live: 10, backfilled: 0, missing: 30, unwatched: 60 },
        watched: { from: START + 2_000, to: START + 6_000 },
      },
    ],
  })
})

test('A-20 the newest seconds, whose bars may be on their way, are not called quiet', async () => {
  market.db.prepare('INSERT INTO coverage VALUES (?, ?, ?)').run(market.id(UPBIT), START, START + 8_500)
  market.bars(UPBIT, [{ openAt: START + 4_000, price: '1', volume: '1', trades: 1 }])
  const { text } = await exportSample(market, sampleRequest({ bom: false }))
  const states = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => [Number(line.split(',')[1]) - START, line.split(',').at(-1)])
  expect(states).toEqual([
    [0, 'quiet'],
    [1_000, 'quiet'],
    [2_000, 'quiet'],
    [4_000, 'traded'],
  ])
})

test('bars of other intervals are merged from the longest stored ones, and empty ones are told apart', async () => {
  market.watched(UPBIT, START, START + 1_800_000)
  market.gap(UPBIT, START + 700_000, START + 701_000, 'disconnected')
  market.bars(UPBIT, [
    { openAt: START, interval: 60_000, price: '10', volume: '1', trades: 2 },
    { openAt: START + 120_000, interval: 60_000, price: '40', volume: '1', trades: 1, revision: 1 },
    { openAt: START + 120_000, price: '40', volume: '1', trades: 1, revision: 1 },
  ])
  const { name, text } = await exportSample(
    market,
    sampleRequest({ kind: 'bars', interval: 300_000, from: START - 120_000, to: START + 1_000_000, bom: false }),
  )
  expect({ name, lines: text.trimEnd().split('\r\n').slice(1) }).toEqual({
    name: 'upbit-BTC-KRW-5m-20261122T0530-20261122T054840-UTC.csv',
    lines: [
      '2026-11-22T05:30:00Z,1795325400000,upbit,BTC/KRW,10,40,10,40,25,20,2,50,2,3,1,traded',
      '2026-11-22T05:35:00Z,1795325700000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
      '2026-11-22T05:40:00Z,1795326000000,upbit,BTC/KRW,,,,,,,,,,,,missing',
      '2026-11-22T05:45:00Z,1795326300000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
    ],
  })
})
