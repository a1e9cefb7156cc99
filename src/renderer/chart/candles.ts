/** The bars with trades of a chart, as indicators read them. */

import type { Candle } from '../../shared/indicators/indicator.ts'
import type { Millis } from '../../shared/market.ts'
import type { ChartBar, ChartChange, ChartModel } from './chart-model.ts'
import { slotAt } from './time-axis.ts'

export interface Candles {
  readonly list: readonly Candle[]
  /** The times of the list. */
  readonly openAts: readonly Millis[]
  /** Whether something is missing right before a candle: no line is drawn across. */
  isBroken(index: number): boolean
  /** Follows the model. Index of the first candle that is another now; undefined: none is. */
  follow(change: ChartChange): number | undefined
}

export function createCandles(model: Pick<ChartModel, 'bars' | 'openAts'>): Candles {
  const list: Candle[] = []
  const openAts: Millis[] = []

  const put = (index: number, candle: Candle) => {
    list[index] = candle
    openAts[index] = candle.openAt
  }
  const takeAll = () => {
    list.length = 0
    openAts.length = 0
    for (const bar of model.bars) {
      const candle = toCandle(bar)
      if (candle) put(list.length, candle)
    }
  }

  return {
    list,
    openAts,
    isBroken(index) {
      const [before, here] = [openAts[index - 1], openAts[index]]
      if (before === undefined || here === undefined) return false
      for (let at = slotAt(model.openAts, here) - 1; at >= 0 && model.openAts[at]! > before; at -= 1)
        if (model.bars[at]!.state === 'missing') return true
      return false
    },
    follow(change) {
      if (change.kind === 'none') return undefined
      if (change.kind === 'replace') {
        takeAll()
        return 0
      }
      let first: number | undefined
      for (const candle of change.bars.flatMap((bar) => toCandle(bar) ?? [])) {
        const index = slotAt(openAts, candle.openAt)
        const isKnown = openAts[index] === candle.openAt
        if (!isKnown && index < list.length - 1) {
          // Trades of a bar that was empty, in the middle.
          takeAll()
          return 0
        }
        const at = isKnown ? index : index + 1
        put(at, candle)
        first = Math.min(first ?? at, at)
      }
      return first
    },
  }
}

function toCandle({ openAt, values }: ChartBar): Candle | undefined {
  return (
    values && {
      openAt,
      open: +values.open,
      high: +values.high,
      low: +values.low,
      close: +values.close,
      volume: +values.volume,
      quoteVolume: +values.quoteVolume,
    }
  )
}
