import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GapRow } from '../../shared/market-view.ts'
import { createLedger, sharesOf } from './coverage.ts'
import { markAt, nextGap, toMarks } from './gap-marks.ts'
import { instantAt, logicalAt } from './time-axis.ts'

const gap = (since: number, until?: number, change: Partial<GapRow> = {}): GapRow => ({
  since,
  ...(until === undefined ? {} : { until }),
  reason: 'disconnected',
  ...change,
})

describe('the ledger', () => {
  test('A-54 tells live, back-filled, missing and never stored apart', () => {
    const ledger = createLedger()
    ledger.apply({
      watched: { from: 10_000, to: 60_000 },
      gaps: [
        gap(20_300, 22_000),
        gap(30_000, 33_000, { filledBy: 'backfill' }),
        gap(40_000, 45_000, { reason: 'unwatched' }),
      ],
    })
    expect(ledger.runs(5_000, 70_000).map(({ from, to, state }) => [from / 1_000, to / 1_000, state])).toEqual([
      [5, 10, 'unwatched'],
      [10, 20, 'live'],
      [20, 22, 'missing'],
      [22, 30, 'live'],
      [30, 33, 'backfilled'],
      [33, 40, 'live'],
      [40, 45, 'unwatched'],
      [45, 60, 'live'],
      [60, 70, 'unwatched'],
    ])
    expect(ledger.isMissing(21_000, 22_000)).toBe(true)
    expect([
      ledger.isMissing(22_000, 23_000),
      ledger.isMissing(31_000, 32_000),
      ledger.isMissing(41_000, 42_000),
    ]).toEqual([false, false, false])
  })

  test('an open gap is missing up to now and live again once it is closed', () => {
    const ledger = createLedger()
    ledger.extend(10_000)
    ledger.applyGaps([gap(11_000)])
    ledger.extend(14_500)
    expect(ledger.runs(10_000, 15_000).map((run) => run.state)).toEqual(['live', 'missing'])
    ledger.applyGaps([gap(11_000, 13_000)])
    // An answer that was asked before the gap closed does not open it again.
    ledger.apply({ gaps: [gap(11_000)] })
    expect(ledger.runs(10_000, 15_000).map(({ from, to, state }) => [from, to, state])).toEqual([
      [10_000, 11_000, 'live'],
      [11_000, 13_000, 'missing'],
      [13_000, 15_000, 'live'],
    ])
  })

  test('A-53 a gap of which only the end could be fetched is missing, then back-filled', () => {
    const ledger = createLedger()
    ledger.apply({ watched: { from: 0, to: 60_000 }, gaps: [gap(20_000, 50_000)] })
    ledger.applyGaps([gap(20_000, 35_000), gap(35_000, 50_000, { filledBy: 'backfill' })])
    // An answer that was asked before that.
    ledger.apply({ gaps: [gap(20_000, 50_000)] })
    expect(ledger.runs(0, 60_000).map(({ from, to, state }) => [from / 1_000, to / 1_000, state])).toEqual([
      [0, 20, 'live'],
      [20, 35, 'missing'],
      [35, 50, 'backfilled'],
      [50, 60, 'live'],
    ])
  })

  test('runs follow each other without hole or overlap, whatever the gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ since: fc.nat(90_000), length: fc.nat(20_000), filled: fc.boolean() }), { maxLength: 12 }),
        fc.nat(50_000),
        fc.nat(80_000),
        (gaps, from, length) => {
          const ledger = createLedger()
          ledger.apply({
            watched: { from: 20_000, to: 80_000 },
            gaps: gaps.map(({ since, length, filled }) =>
              gap(since, since + length, filled ? { filledBy: 'backfill' } : {}),
            ),
          })
          const runs = ledger.runs(from, from + length)
          let at = from
          for (const run of runs) {
            expect(run.from).toBe(at)
            expect(run.to).toBeGreaterThan(run.from)
            at = run.to
          }
          expect(at).toBe(length === 0 ? from : from + length)
        },
      ),
    )
  })

  test('W1 completeness counts watched time only, and adds up', () => {
    const run = { reason: 'disconnected' } as const
    expect(
      sharesOf([
        { from: 0, to: 50, state: 'unwatched' },
        { from: 50, to: 80, state: 'live' },
        { from: 80, to: 85, state: 'missing', ...run },
        { from: 85, to: 90, state: 'backfilled', ...run, filledBy: 'backfill' },
      ]),
    ).toEqual({ live: 0.75, backfilled: 0.125, missing: 0.125 })
    expect(sharesOf([{ from: 0, to: 50, state: 'unwatched' }])).toBeUndefined()
  })
})

const x = (at: number) => at / 100

describe('the strip', () => {
  test('a gap of a second is still two pixels wide and lies on top', () => {
    const marks = toMarks(
      [
        { from: 0, to: 5_000, state: 'live' },
        { from: 5_000, to: 5_010, state: 'missing' },
        { from: 5_010, to: 9_000, state: 'live' },
        { from: 9_000, to: 9_010, state: 'backfilled' },
      ],
      x,
      90.5,
    )
    expect(marks.map(({ from, to, run }) => [from, to, run.state])).toEqual([
      [0, 50, 'live'],
      [50.1, 90, 'live'],
      [90, 90.5, 'backfilled'],
      [50, 52, 'missing'],
    ])
  })

  test('the pointer finds a small gap beside it, and the ground elsewhere', () => {
    const marks = toMarks(
      [
        { from: 0, to: 5_000, state: 'live' },
        { from: 5_000, to: 5_010, state: 'missing' },
        { from: 5_010, to: 9_000, state: 'live' },
      ],
      x,
      100,
    )
    expect([48, 54, 60].map((at) => markAt(marks, at)?.run.state)).toEqual(['missing', 'missing', 'live'])
    expect(markAt(marks, 95)).toBeUndefined()
  })

  test('G goes from the newest gap back, and after the oldest to the newest again', () => {
    const runs = [
      { from: 0, to: 10, state: 'missing' },
      { from: 10, to: 20, state: 'live' },
      { from: 20, to: 30, state: 'backfilled' },
    ] as const
    expect([undefined, 20, 0].map((at) => nextGap(runs, at)?.from)).toEqual([20, 0, 20])
    expect(nextGap([runs[1]], undefined)).toBeUndefined()
  })
})

describe('the time axis', () => {
  test('an instant inside a bar lies inside its slot, one between slots on the edge between them', () => {
    const openAts = [0, 60_000, 300_000]
    expect(
      [0, 30_000, 60_000, 200_000, 300_000, 330_000, 420_000, -60_000].map((at) => logicalAt(openAts, 60_000, at)),
    ).toEqual([-0.5, 0, 0.5, 1.5, 1.5, 2, 3.5, -1.5])
  })

  test('position and instant are each other’s inverse where bars stand without a break', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: -0.5, max: 60, noNaN: true }), (count, logical) => {
        const openAts = Array.from({ length: count }, (_, index) => index * 1_000)
        expect(logicalAt(openAts, 1_000, instantAt(openAts, 1_000, logical))).toBeCloseTo(logical, 6)
      }),
    )
  })
})
