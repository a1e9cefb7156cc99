import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { ChartBar, ChartModel } from './chart-model.ts'
import { createChartModel } from './chart-model.ts'
import { drawn, historyOf, second, START, whole } from './testing/seconds.ts'

/** A copy of the bars as they are drawn by following the changes alone. */
function follow(model: ChartModel, screen: ChartBar[]): void {
  const change = model.takeChange()
  if (change.kind === 'replace') screen.splice(0, screen.length, ...model.bars)
  if (change.kind !== 'update') return
  for (const bar of change.bars) {
    const index = screen.findIndex((known) => known.openAt === bar.openAt)
    if (index >= 0) screen[index] = bar
    else {
      expect(bar.openAt).toBeGreaterThan(screen.at(-1)?.openAt ?? 0)
      screen.push(bar)
    }
  }
}

/** Joints are rare among all splits: enough runs to meet them each time. */
const RUNS = { numRuns: 1_000 }

const INTERVALS = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE]

describe('the joint between history and stream', () => {
  test('any split of the same seconds makes the same bars as the whole', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTERVALS),
        fc.uniqueArray(fc.nat(900), { minLength: 1, maxLength: 120 }),
        fc.nat(100),
        fc.nat(20),
        fc.boolean(),
        (interval, indexes, cut, overlap, historyLate) => {
          const seconds = indexes.toSorted((a, b) => a - b).map((index) => second(index, 100 + (index % 37)))
          const at = Math.floor((cut / 100) * seconds.length)
          const through = seconds[at]?.openAt ?? START + 1_000 * SECOND
          // The stream began some seconds before history's end: those come twice.
          const live = seconds.slice(Math.max(0, at - overlap))
          const model = createChartModel(interval)
          const screen: ChartBar[] = []
          const half = historyLate ? Math.floor(live.length / 2) : 0
          for (const one of live.slice(0, half)) model.applySeconds([one], one.openAt + 500)
          follow(model, screen)
          model.asking()
          model.applyNewest(historyOf(seconds, interval, through))
          for (const one of live.slice(half)) {
            model.applySeconds([one], one.openAt + 500)
            follow(model, screen)
          }
          follow(model, screen)
          expect(drawn(model)).toEqual(whole(seconds, interval))
          expect(screen).toEqual(model.bars)
          expect(model.openAts).toEqual(model.bars.map((bar) => bar.openAt))
          expect(model.openAts.toSorted((a, b) => a - b)).toEqual(model.openAts)
        },
      ),
      RUNS,
    )
  })

  test('older stretches go before what is there and change nothing of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTERVALS),
        fc.uniqueArray(fc.nat(3_000), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (interval, indexes, count) => {
          const seconds = indexes.toSorted((a, b) => a - b).map((index) => second(index, 100 + (index % 37)))
          const model = createChartModel(interval)
          model.applyNewest(historyOf(seconds, interval, START + 4_000 * SECOND, Infinity, count))
          while (!model.complete) {
            const before = drawn(model)
            model.applyOlder(historyOf(seconds, interval, model.openAts[0]!, model.openAts[0], count))
            expect(drawn(model)).toEqual(new Map([...drawn(model), ...before]))
          }
          expect(drawn(model)).toEqual(whole(seconds, interval))
        },
      ),
      RUNS,
    )
  })

  test('asking for the newest bars again, at any moment and however far history is behind, changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTERVALS),
        fc.uniqueArray(fc.nat(900), { minLength: 1, maxLength: 80 }),
        fc.array(fc.record({ after: fc.nat(80), behind: fc.nat(300) }), { maxLength: 6 }),
        (interval, indexes, refreshes) => {
          const seconds = indexes.toSorted((a, b) => a - b).map((index) => second(index, 100 + (index % 37)))
          const model = createChartModel(interval)
          model.applyNewest(historyOf([], interval, START))
          const screen: ChartBar[] = []
          for (const [index, one] of seconds.entries()) {
            model.applySeconds([one], one.openAt + 500)
            for (const { after, behind } of refreshes) {
              if (after !== index) continue
              model.asking()
              model.applyNewest(historyOf(seconds, interval, Math.max(START, one.openAt - behind * SECOND)))
            }
            follow(model, screen)
          }
          expect(drawn(model)).toEqual(whole(seconds, interval))
          expect(screen).toEqual(model.bars)
        },
      ),
      RUNS,
    )
  })

  test('A-73 a chart that runs for a day sheds its oldest bars and can ask for them again', () => {
    const model = createChartModel(SECOND)
    model.applyNewest(historyOf([second(0, 100)], SECOND, START + SECOND))
    for (let index = 1; index < 86_400; index += 1) {
      const one = second(index, 100 + (index % 9))
      model.applySeconds([one], one.openAt + 500)
      if (index % 1_000 === 0) model.takeChange()
    }
    expect(model.bars.length).toBeLessThanOrEqual(25_000)
    expect(model.complete).toBe(false)
    const newest = model.bars.length
    expect(model.openAts.at(-1)! - model.openAts[0]!).toBe((newest - 1) * SECOND)
    const oldest = model.openAts[0]!
    model.applyOlder(historyOf([second(0, 100)], SECOND, oldest))
    model.applySeconds([second(86_400, 100)], START + 86_400 * SECOND)
    expect(model.openAts[0]).toBe(START)
  })

  test('A-19 a revised second repaints its own bar', () => {
    const model = createChartModel(5 * SECOND)
    model.applyNewest(historyOf([], 5 * SECOND, START))
    for (let index = 0; index < 12; index += 1) model.applySeconds([second(index, 100 + index)], START + index * SECOND)
    model.takeChange()
    model.applySeconds([second(3, 90, '2.5')], START + 12 * SECOND)
    const bars = [second(0, 100), second(1, 101), second(2, 102), second(3, 90, '2.5'), second(4, 104)]
    const change = model.takeChange()
    expect(change.kind === 'update' && change.bars[0]).toEqual({
      openAt: START,
      state: 'traded',
      origin: 'stream',
      values: whole(bars, 5 * SECOND).get(START),
    })
    expect(model.stale).toBe(false)
  })

  test('a revision of a second that history has already counted asks for history again', () => {
    const seconds = [second(0, 100), second(1, 101)]
    const model = createChartModel(MINUTE)
    model.applyNewest(historyOf(seconds, MINUTE, START + 2 * SECOND))
    model.applySeconds([second(1, 99)], START + 3 * SECOND)
    expect(model.stale).toBe(true)
    model.asking()
    model.applyNewest(historyOf([second(0, 100), second(1, 99)], MINUTE, START + 4 * SECOND))
    expect(model.stale).toBe(false)
    expect(drawn(model)).toEqual(whole([second(0, 100), second(1, 99)], MINUTE))
  })

  test.each(INTERVALS)('asking for only the newest bars of %i ms again takes no older second away', (interval) => {
    const seconds = Array.from({ length: 100 }, (_, index) => second(index, 100 + (index % 7)))
    const model = createChartModel(interval)
    model.applyNewest(historyOf(seconds, interval, START + 2 * SECOND))
    for (const one of seconds) model.applySeconds([one], one.openAt + 500)
    model.asking()
    model.applyNewest(historyOf(seconds, interval, START + 98 * SECOND, Infinity, 2))
    expect(drawn(model)).toEqual(whole(seconds, interval))
  })

  test('an answer that is behind the stream takes nothing back', () => {
    const seconds = Array.from({ length: 600 }, (_, index) => second(index, 100 + (index % 7)))
    const model = createChartModel(MINUTE)
    model.applyNewest(historyOf([], MINUTE, START))
    for (const one of seconds) model.applySeconds([one], one.openAt + 500)
    model.asking()
    model.applyNewest(historyOf(seconds, MINUTE, START + 30 * SECOND))
    expect(drawn(model)).toEqual(whole(seconds, MINUTE))
  })
})
