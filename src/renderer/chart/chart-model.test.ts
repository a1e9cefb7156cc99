import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BarHistory, LiveSecond } from '../../shared/market-view.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { ChartBar, ChartModel } from './chart-model.ts'
import { createChartModel } from './chart-model.ts'
import type { ChartValues } from './chart-values.ts'
import { joinValues, valuesOf } from './chart-values.ts'

const START = 1_700_000_040_000 // on a minute

const second = (index: number, price: number, volume = '0.1'): LiveSecond => ({
  openAt: START + index * SECOND,
  open: String(price),
  high: String(price + 1),
  low: String(price - 1),
  close: String(price),
  volume,
  quoteVolume: String(price),
  buyVolume: '0',
  trades: 1,
})

/** The bars that these seconds make, each time from nothing. */
function whole(seconds: readonly LiveSecond[], interval: Millis): Map<Millis, ChartValues> {
  const bars = new Map<Millis, ChartValues>()
  for (const one of seconds.toSorted((a, b) => a.openAt - b.openAt)) {
    const openAt = Math.floor(one.openAt / interval) * interval
    bars.set(openAt, joinValues(bars.get(openAt), valuesOf(one)))
  }
  return bars
}

/** What history answers when it has stored everything before `through`. */
function historyOf(
  seconds: readonly LiveSecond[],
  interval: Millis,
  through: Millis,
  to = Infinity,
  count = 5_000,
): BarHistory {
  const stored = whole(
    seconds.filter((one) => one.openAt < through && one.openAt < to),
    interval,
  )
  const rows = [...stored].toSorted(([a], [b]) => a - b).slice(-count)
  const column = (pick: (values: ChartValues) => string) => rows.map(([, values]) => pick(values))
  return {
    instrument: 'upbit:BTC/KRW',
    interval,
    bars: {
      openAt: rows.map(([openAt]) => openAt),
      open: column((v) => v.open),
      high: column((v) => v.high),
      low: column((v) => v.low),
      close: column((v) => v.close),
      volume: column((v) => v.volume),
      quoteVolume: column((v) => v.quoteVolume),
      buyVolume: column((v) => v.buyVolume),
      trades: rows.map(([, v]) => v.trades),
      state: rows.map(() => 'traded'),
      origin: rows.map(() => 'stream'),
    },
    through,
    coverage: { watched: { from: START, to: through }, gaps: [] },
    complete: rows.length === stored.size,
  }
}

const drawn = (model: ChartModel) =>
  new Map(model.bars.flatMap((bar) => (bar.values ? [[bar.openAt, bar.values] as const] : [])))

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

describe('seconds without a trade', () => {
  test('A-20 a quiet second and a missing second are slots without values, each in its own state', () => {
    const model = createChartModel(SECOND)
    model.applyNewest(historyOf([second(0, 100)], SECOND, START + SECOND))
    model.applySeconds([], START + 2 * SECOND + 10)
    model.applyGaps([{ since: START + 3 * SECOND, reason: 'disconnected' }])
    model.applySeconds([], START + 4 * SECOND + 10)
    expect(model.bars.map(({ openAt, state, values }) => [(openAt - START) / SECOND, state, values?.close])).toEqual([
      [0, 'traded', '100'],
      [1, 'quiet', undefined],
      [2, 'quiet', undefined],
      [3, 'missing', undefined],
      [4, 'missing', undefined],
    ])
  })

  test('A-54 missing seconds stay empty slots when trading goes on after them: nothing is drawn across', () => {
    const model = createChartModel(SECOND)
    model.applyNewest(historyOf([second(0, 100)], SECOND, START + SECOND))
    model.applyGaps([{ since: START + SECOND, until: START + 3 * SECOND, reason: 'disconnected' }])
    model.applySeconds([second(4, 105)], START + 4 * SECOND + 10)
    expect(model.bars.map(({ state, values }) => [state, values?.open])).toEqual([
      ['traded', '100'],
      ['missing', undefined],
      ['missing', undefined],
      ['quiet', undefined],
      ['traded', '105'],
    ])
  })

  test('a minute without a trade takes no room, a missing one does', () => {
    const model = createChartModel(MINUTE)
    model.applyNewest(historyOf([second(0, 100)], MINUTE, START + SECOND))
    model.applySeconds([], START + 2 * MINUTE + 10)
    model.applyGaps([{ since: START + 3 * MINUTE, until: START + 4 * MINUTE, reason: 'disconnected' }])
    model.applySeconds([second(300, 105)], START + 5 * MINUTE + 10)
    expect(model.bars.map(({ openAt, state }) => [(openAt - START) / MINUTE, state])).toEqual([
      [0, 'traded'],
      [3, 'missing'],
      [5, 'traded'],
    ])
  })

  test('A-11 values keep their exact text', () => {
    const model = createChartModel(MINUTE)
    model.applyNewest(historyOf([], MINUTE, START))
    const one = { ...second(0, 1), open: '0.00001234', high: '123456789.123456789', low: '0.00001234', volume: '0.1' }
    model.applySeconds([one, { ...one, openAt: START + SECOND, volume: '0.2' }], START + SECOND)
    expect(model.bars[0]?.values).toEqual({
      open: '0.00001234',
      high: '123456789.123456789',
      low: '0.00001234',
      close: '1',
      volume: '0.3',
      quoteVolume: '2',
      buyVolume: '0',
      trades: 2,
    })
  })
})
