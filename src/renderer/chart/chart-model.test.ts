import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { createChartModel } from './chart-model.ts'
import { historyOf, second, START } from './testing/seconds.ts'

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
