import { expect, test } from 'vitest'
import type { BarState } from '../../shared/market.ts'
import type { ChartBar } from './chart-model.ts'
import { createCandles } from './candles.ts'

const bar = (openAt: number, close?: string, state: BarState = close === undefined ? 'quiet' : 'traded'): ChartBar => ({
  openAt,
  state,
  origin: 'stream',
  ...(close !== undefined && {
    values: { open: close, high: close, low: close, close, volume: '1', quoteVolume: close, buyVolume: '0', trades: 1 },
  }),
})

function open(...bars: ChartBar[]) {
  const openAts = bars.map(({ openAt }) => openAt)
  const candles = createCandles({ bars, openAts })
  candles.follow({ kind: 'replace' })
  return {
    candles,
    put(...changed: ChartBar[]) {
      for (const each of changed) {
        const at = openAts.indexOf(each.openAt)
        if (at >= 0) bars[at] = each
        else {
          bars.push(each)
          openAts.push(each.openAt)
        }
      }
      return candles.follow({ kind: 'update', bars: changed })
    },
    closes: () => candles.list.map(({ openAt, close }) => [openAt, close]),
  }
}

test('bars without trades are no candles, and the line breaks only where something is missing', () => {
  const { candles, closes } = open(bar(1, '10'), bar(2), bar(3, '11'), bar(4, undefined, 'missing'), bar(5, '12'))
  expect(closes()).toEqual([
    [1, 10],
    [3, 11],
    [5, 12],
  ])
  expect([0, 1, 2, 3].map(candles.isBroken)).toEqual([false, false, true, false])
})

test('the first candle that is another is told: one that changed, one that came on, one in the middle', () => {
  const { candles, put, closes } = open(bar(1, '10'), bar(2), bar(3, '11'))
  expect(candles.follow({ kind: 'none' })).toBeUndefined()
  expect(put(bar(3, '12'))).toBe(1)
  expect(put(bar(4))).toBeUndefined()
  expect(put(bar(3, '13'), bar(5, '14'))).toBe(1)
  expect(put(bar(2, '9'))).toBe(0)
  expect(closes()).toEqual([
    [1, 10],
    [2, 9],
    [3, 13],
    [5, 14],
  ])
})
