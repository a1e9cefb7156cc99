/** Seconds of a market, and what history makes of them: for tests of the chart's model. */

import type { BarHistory, LiveSecond } from '../../../shared/market-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { ChartModel } from '../chart-model.ts'
import type { ChartValues } from '../chart-values.ts'
import { joinValues, valuesOf } from '../chart-values.ts'

export const START: Millis = 1_700_000_040_000 // on a minute

/** The second so many after START, with one trade. */
export const second = (index: number, price: number, volume = '0.1'): LiveSecond => ({
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
export function whole(seconds: readonly LiveSecond[], interval: Millis): Map<Millis, ChartValues> {
  const bars = new Map<Millis, ChartValues>()
  for (const one of seconds.toSorted((a, b) => a.openAt - b.openAt)) {
    const openAt = Math.floor(one.openAt / interval) * interval
    bars.set(openAt, joinValues(bars.get(openAt), valuesOf(one)))
  }
  return bars
}

/** What history answers when it has stored everything before `through`. */
export function historyOf(
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

/** The bars of a model that have values. */
export const drawn = (model: ChartModel): Map<Millis, ChartValues> =>
  new Map(model.bars.flatMap((bar) => (bar.values ? [[bar.openAt, bar.values] as const] : [])))
