/** One indicator on the chart: its rows, and the library's series that draw them. */

import type {
  HistogramData,
  IChartApiBase,
  ISeriesApi,
  LineData,
  SingleValueData,
  UTCTimestamp,
  WhitespaceData,
} from 'lightweight-charts'
import { HistogramSeries, LineSeries, LineStyle } from 'lightweight-charts'
import type { ChosenIndicator } from '../../shared/indicators/catalog.ts'
import { INDICATORS, parametersOf } from '../../shared/indicators/catalog.ts'
import type { Indicator, Row } from '../../shared/indicators/indicator.ts'
import { refreshRows } from '../../shared/indicators/indicator.ts'
import { SECOND } from '../../shared/market.ts'
import type { Candles } from './candles.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatIndicator, indicatorPlaces } from './indicator-text.ts'

export interface IndicatorSeries {
  readonly chosen: ChosenIndicator
  readonly indicator: Indicator
  readonly rows: readonly Row[]
  /** Of its lines, in their order. */
  readonly colours: readonly string[]
  /** Makes the rows from `first` on anew, and draws them. */
  draw(first: number): void
  close(): void
}

export interface SeriesOptions {
  readonly chosen: ChosenIndicator
  /** Where among the chosen it stands: its colour. */
  readonly order: number
  readonly pane: number
  readonly theme: ChartTheme
  readonly decimals: number
}

const NOTHING = 'transparent'

export function createIndicatorSeries(chart: IChartApiBase, candles: Candles, options: SeriesOptions): IndicatorSeries {
  const { chosen, order, pane, theme, decimals } = options
  const indicator = INDICATORS[chosen.id]
  const parameters = parametersOf(chosen)
  const rows: Row[] = []
  // On the candles an indicator is one colour; on its own pane its lines differ.
  const colours = indicator.lines.map(({ kind }, line) =>
    kind === 'histogram'
      ? theme.text
      : theme.series[(order + (indicator.place === 'price' ? 0 : line)) % theme.series.length]!,
  )
  const places = indicatorPlaces(indicator, decimals)
  const { least, most, levels } = indicator.scale ?? {}
  const common = {
    lastValueVisible: false,
    priceLineVisible: false,
    priceFormat:
      indicator.unit === 'amount'
        ? ({ type: 'volume' } as const)
        : ({
            type: 'custom',
            minMove: 10 ** -places,
            formatter: (value: number) => formatIndicator(indicator, value, decimals),
          } as const),
    ...(least !== undefined &&
      most !== undefined && {
        autoscaleInfoProvider: () => ({ priceRange: { minValue: least, maxValue: most } }),
      }),
  }
  const series = indicator.lines.map(({ kind }, line): ISeriesApi<'Histogram'> | ISeriesApi<'Line'> =>
    kind === 'histogram'
      ? chart.addSeries(HistogramSeries, common, pane)
      : chart.addSeries(
          LineSeries,
          { ...common, color: colours[line]!, lineWidth: 1, crosshairMarkerVisible: false },
          pane,
        ),
  )
  for (const price of levels ?? [])
    series[0]?.createPriceLine({
      price,
      color: theme.neutral,
      lineStyle: LineStyle.Dotted,
      lineWidth: 1,
      axisLabelVisible: false,
    })

  const pointAt = (line: number, index: number): SingleValueData | LineData | HistogramData | WhitespaceData => {
    const time = (candles.openAts[index]! / SECOND) as UTCTimestamp
    const value = rows[index]?.[line]
    if (value === undefined) return { time }
    if (indicator.lines[line]!.kind === 'histogram')
      return { time, value, color: value < 0 ? theme.downMid : theme.upMid }
    // A point's colour is that of the stretch which leads to it.
    return candles.isBroken(index) ? { time, value, color: NOTHING } : { time, value }
  }

  return {
    chosen,
    indicator,
    rows,
    colours,
    draw(first) {
      const drawn = rows.length
      refreshRows(indicator, parameters, candles.list, rows, Math.min(first, drawn))
      for (const [line, each] of series.entries())
        if (first === 0) each.setData(rows.map((_, index) => pointAt(line, index)))
        else
          for (let index = first; index < rows.length; index += 1) each.update(pointAt(line, index), index < drawn - 1)
    },
    close() {
      for (const each of series) chart.removeSeries(each)
    },
  }
}
