/** The indicators of one chart: those on the candles, then a pane for each of the others. */

import type { IChartApiBase } from 'lightweight-charts'
import type { ChosenIndicator } from '../../shared/indicators/catalog.ts'
import { INDICATORS } from '../../shared/indicators/catalog.ts'
import type { Millis } from '../../shared/market.ts'
import { createCandles } from './candles.ts'
import type { ChartChange, ChartModel } from './chart-model.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { IndicatorSeries } from './indicator-series.ts'
import { createIndicatorSeries } from './indicator-series.ts'
import { slotAt } from './time-axis.ts'

export interface LayerOptions {
  readonly chosen: readonly ChosenIndicator[]
  readonly theme: ChartTheme
  readonly decimals: number
}

/** One indicator at one bar, as the legend says it. */
export interface Reading {
  /** Where among the chosen it stands. */
  readonly order: number
  readonly chosen: ChosenIndicator
  readonly colours: readonly string[]
  /** Of the lines; undefined: not enough data. */
  readonly values: readonly (number | undefined)[]
  /** 0: on the candles. */
  readonly pane: number
}

export type IndicatorLayer = ReturnType<typeof createIndicatorLayer>

/** Heights of the candles' pane and of each other, as shares. */
const CANDLES = 4
const OTHER = 1

export function createIndicatorLayer(chart: IChartApiBase, model: ChartModel) {
  const candles = createCandles(model)
  let drawn: readonly (IndicatorSeries & { readonly pane: number })[] = []

  return {
    /** Draws what has changed in the model. */
    draw(change: ChartChange) {
      const first = candles.follow(change)
      if (first !== undefined) for (const each of drawn) each.draw(first)
    },
    /** Others are chosen, or they look another way: all are made anew, and drawn with the next `draw` of the whole. */
    configure({ chosen, theme, decimals }: LayerOptions) {
      for (const each of drawn.toReversed()) each.close()
      let panes = 0
      drawn = chosen.map((each, order) => {
        const pane = INDICATORS[each.id].place === 'price' ? 0 : (panes += 1)
        return { ...createIndicatorSeries(chart, candles, { chosen: each, order, pane, theme, decimals }), pane }
      })
      for (const [index, pane] of chart.panes().entries()) pane.setStretchFactor(index === 0 ? CANDLES : OTHER)
    },
    /** What each says at a bar. */
    readings(openAt: Millis): readonly Reading[] {
      const index = slotAt(candles.openAts, openAt)
      const isThere = candles.openAts[index] === openAt
      return drawn.map(({ chosen, colours, rows, pane, indicator }, order) => ({
        order,
        chosen,
        colours,
        pane,
        values: indicator.lines.map((_, line) => (isThere ? rows[index]?.[line] : undefined)),
      }))
    },
    /** Where each pane begins, in pixels from the top. */
    tops(): readonly number[] {
      let top = 0
      return chart.panes().map((pane) => {
        const here = top
        top += pane.getHeight() + SEPARATOR
        return here
      })
    },
  }
}

/** Between two panes, in pixels: the library's. */
const SEPARATOR = 1
