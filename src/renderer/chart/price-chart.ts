/** The library's chart for one model: candles, volume, hatch and last price. Drawn when told to; knows nothing of React. */

import type { CandlestickData, HistogramData, IChartApiBase, ISeriesApi, Time, UTCTimestamp, WhitespaceData } from 'lightweight-charts'
import { CandlestickSeries, createChartEx, HistogramSeries, LineStyle } from 'lightweight-charts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { formatFixed, formatPrice } from '../ui/format.ts'
import type { Zone } from '../ui/zone.ts'
import type { ChartBar, ChartModel } from './chart-model.ts'
import { chartOptions, CANDLE_MARGINS, themeOptions, VOLUME_MARGINS } from './chart-options.ts'
import type { ChartTheme } from './chart-theme.ts'
import { createHatch } from './hatch.ts'
import { createPriceLabel, formatCountdown } from './price-label.ts'
import { logicalAt } from './time-axis.ts'
import { createZonedScale } from './zoned-scale.ts'

export interface PriceChartOptions {
  readonly theme: ChartTheme
  readonly zone: Zone
  /** Fractional digits of the tick size. */
  readonly decimals: number
}

export type PriceChart = ReturnType<typeof createPriceChart>

const timeOf = (openAt: Millis) => (openAt / SECOND) as UTCTimestamp

function toCandle(bar: ChartBar): CandlestickData<Time> | WhitespaceData<Time> {
  const time = timeOf(bar.openAt)
  const { values } = bar
  if (values === undefined) return { time }
  return { time, open: +values.open, high: +values.high, low: +values.low, close: +values.close }
}

function toVolume(bar: ChartBar, theme: ChartTheme): HistogramData<Time> | WhitespaceData<Time> {
  const time = timeOf(bar.openAt)
  const { values } = bar
  if (values === undefined) return { time }
  return { time, value: +values.volume, color: +values.close >= +values.open ? theme.upMid : theme.downMid }
}

export function createPriceChart(element: HTMLElement, model: ChartModel, initial: PriceChartOptions) {
  let options = initial
  const zone = () => options.zone
  const chart: IChartApiBase<Time> = createChartEx<Time, ReturnType<typeof createZonedScale>>(
    element,
    createZonedScale(zone),
    chartOptions(options.theme, model.interval, zone, (price) => formatFixed(price, options.decimals)),
  )
  const candles: ISeriesApi<'Candlestick'> = chart.addSeries(CandlestickSeries)
  const volume: ISeriesApi<'Histogram'> = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  candles.priceScale().applyOptions({ scaleMargins: CANDLE_MARGINS })
  volume.priceScale().applyOptions({ scaleMargins: VOLUME_MARGINS })
  const line = candles.createPriceLine({ price: 0, lineStyle: LineStyle.Dotted, lineWidth: 1, axisLabelVisible: false, lineVisible: false })

  const xOf = (at: Millis): number => {
    const x = chart.timeScale().logicalToCoordinate(logicalAt(model.openAts, model.interval, at) as never)
    return x ?? 0
  }
  let last: ChartBar | undefined
  let now: Millis = 0
  const hatch = createHatch(
    () => {
      const first = model.openAts[0]
      const newest = model.openAts.at(-1)
      if (first === undefined || newest === undefined) return []
      return model.ledger
        .runs(first, newest + model.interval)
        .filter((run) => run.state === 'missing')
        .map((run) => {
          const from = xOf(run.from)
          return { from, to: Math.max(xOf(run.to), from + 2) }
        })
    },
    () => options.theme.bad,
  )
  const rises = (bar: ChartBar) => bar.values !== undefined && +bar.values.close >= +bar.values.open
  const label = createPriceLabel(() => {
    const { theme, decimals } = options
    if (last?.values === undefined) return undefined
    const close = last.values.close
    const left = last.openAt + model.interval - now
    return {
      price: +close,
      text: formatPrice(close, decimals),
      countdown: left > 0 && model.interval > SECOND ? formatCountdown(left) : undefined,
      fill: rises(last) ? theme.up : theme.down,
      colour: theme.onPrice,
      font: theme.font,
    }
  })
  candles.attachPrimitive(hatch)
  candles.attachPrimitive(label)

  const drawLast = () => {
    last = undefined
    for (let index = model.bars.length - 1; index >= 0 && last === undefined; index -= 1)
      if (model.bars[index]!.values) last = model.bars[index]
    const { theme } = options
    line.applyOptions(
      last?.values
        ? { price: +last.values.close, lineVisible: true, color: rises(last) ? theme.upSolid : theme.downSolid }
        : { lineVisible: false },
    )
    label.redraw()
    hatch.redraw()
  }
  const drawAll = () => {
    candles.setData(model.bars.map(toCandle))
    volume.setData(model.bars.map((bar) => toVolume(bar, options.theme)))
    drawLast()
  }

  return {
    chart,
    candles,
    xOf,
    /** Draws what has changed in the model. */
    draw(at: Millis) {
      now = at
      const change = model.takeChange()
      if (change.kind === 'replace') drawAll()
      else if (change.kind === 'update') {
        const newest = candles.data().length === 0 ? -1 : (candles.data().at(-1)!.time as number)
        for (const bar of change.bars) {
          const revised = timeOf(bar.openAt) < newest
          candles.update(toCandle(bar), revised)
          volume.update(toVolume(bar, options.theme), revised)
        }
        drawLast()
      } else label.redraw()
    },
    /** Theme, zone or decimals have changed. */
    configure(next: PriceChartOptions) {
      const zoneChanged = next.zone !== options.zone
      options = next
      chart.applyOptions(themeOptions(next.theme))
      candles.applyOptions({
        ...candleColours(next.theme),
        priceFormat: { type: 'price', precision: next.decimals, minMove: 10 ** -next.decimals },
      })
      if (zoneChanged) {
        // Ticks are weighed when points come in.
        candles.setData([])
        volume.setData([])
      }
      drawAll()
    },
    close: () => chart.remove(),
  }
}

function candleColours(theme: ChartTheme) {
  return {
    upColor: theme.upSolid,
    downColor: theme.downSolid,
    borderUpColor: theme.upSolid,
    borderDownColor: theme.downSolid,
    wickUpColor: theme.upSolid,
    wickDownColor: theme.downSolid,
    lastValueVisible: false,
    priceLineVisible: false,
  }
}
