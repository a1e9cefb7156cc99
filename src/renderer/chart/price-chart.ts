/** The library's chart for one model: candles, volume, hatch and last price. Drawn when told to; knows nothing of React. */

import type {
  CandlestickData,
  HistogramData,
  IChartApiBase,
  ISeriesApi,
  Logical,
  Time,
  UTCTimestamp,
  WhitespaceData,
} from 'lightweight-charts'
import { CandlestickSeries, createChartEx, HistogramSeries, LineStyle } from 'lightweight-charts'
import type { ChosenIndicator } from '../../shared/indicators/catalog.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { formatFixed, formatPrice } from '../ui/format.ts'
import type { Zone } from '../ui/zone.ts'
import type { ChartBar, ChartModel } from './chart-model.ts'
import { chartOptions, CANDLE_MARGINS, themeOptions, VOLUME_MARGINS } from './chart-options.ts'
import type { ChartTheme } from './chart-theme.ts'
import { createHatch } from './hatch.ts'
import { createIndicatorLayer } from './indicator-layer.ts'
import { createMarkBand } from './mark-band.ts'
import { createPriceLabel, formatCountdown } from './price-label.ts'
import { logicalAt } from './time-axis.ts'
import { createZonedScale } from './zoned-scale.ts'

export interface PriceChartOptions {
  readonly theme: ChartTheme
  readonly zone: Zone
  /** Fractional digits of the tick size. */
  readonly decimals: number
  /** Smallest price step; the crosshair stands on it. */
  readonly tick: number
  readonly indicators: readonly ChosenIndicator[]
}

export type PriceChart = ReturnType<typeof createPriceChart>

/** Narrower, and the two edges of a mark are one. */
const LEAST_MARK = 4
/** A candle of one price is a line: it is met within so many pixels. */
const NEAR = 8
/** Half the label's height and half a tick's text. */
const LABEL_ROOM = 21

const rises = (bar: ChartBar) => bar.values !== undefined && +bar.values.close >= +bar.values.open

const timeOf = (openAt: Millis) => (openAt / SECOND) as UTCTimestamp

function toCandle(bar: ChartBar): CandlestickData | WhitespaceData {
  const time = timeOf(bar.openAt)
  const { values } = bar
  if (values === undefined) return { time }
  return { time, open: +values.open, high: +values.high, low: +values.low, close: +values.close }
}

function toVolume(bar: ChartBar, theme: ChartTheme): HistogramData | WhitespaceData {
  const time = timeOf(bar.openAt)
  const { values } = bar
  if (values === undefined) return { time }
  return { time, value: +values.volume, color: rises(bar) ? theme.upMid : theme.downMid }
}

export function createPriceChart(element: HTMLElement, model: ChartModel, initial: PriceChartOptions) {
  let options = initial
  const zone = () => options.zone
  const chart: IChartApiBase = createChartEx<Time, ReturnType<typeof createZonedScale>>(
    element,
    createZonedScale(zone),
    chartOptions(options.theme, model.interval, zone),
  )
  const candles: ISeriesApi<'Candlestick'> = chart.addSeries(CandlestickSeries)
  const volume: ISeriesApi<'Histogram'> = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  const indicators = createIndicatorLayer(chart, model)
  candles.priceScale().applyOptions({ scaleMargins: CANDLE_MARGINS })
  volume.priceScale().applyOptions({ scaleMargins: VOLUME_MARGINS })
  const line = candles.createPriceLine({
    price: 0,
    lineStyle: LineStyle.Dotted,
    lineWidth: 1,
    axisLabelVisible: false,
    lineVisible: false,
  })

  const xOf = (at: Millis): number => {
    const logical = logicalAt(model.openAts, model.interval, at)
    // The library places whole slots only.
    const slot = Math.floor(logical)
    const x = chart.timeScale().logicalToCoordinate(slot as Logical) ?? 0
    const next = chart.timeScale().logicalToCoordinate((slot + 1) as Logical) ?? 0
    return x + (next - x) * (logical - slot)
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
  let marked: Millis | undefined
  const mark = createMarkBand(
    () => {
      if (marked === undefined) return undefined
      const openAt = Math.floor(marked / model.interval) * model.interval
      const from = xOf(openAt)
      return { from, to: Math.max(xOf(openAt + model.interval), from + LEAST_MARK) }
    },
    () => options.theme.accent,
  )
  candles.attachPrimitive(hatch)
  candles.attachPrimitive(mark)
  candles.attachPrimitive(label)

  /** A tick that the last price's label would cut is not drawn. */
  function isUnderLabel(price: number): boolean {
    const [y, at] = [candles.priceToCoordinate(price), last?.values && candles.priceToCoordinate(+last.values.close)]
    return y !== null && typeof at === 'number' && Math.abs(y - at) < LABEL_ROOM
  }
  const priceFormat = ({ tick, decimals }: PriceChartOptions) => ({
    type: 'custom' as const,
    minMove: tick,
    formatter: (price: number) => formatFixed(Math.round(price / tick) * tick, decimals),
    tickmarksFormatter: (prices: readonly number[]) =>
      prices.map((price) => (isUnderLabel(price) ? '' : formatFixed(price, decimals))),
  })
  let labelAt = 0

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
    const at = last?.values ? (candles.priceToCoordinate(+last.values.close) ?? 0) : 0
    if (Math.abs(at - labelAt) > 1) {
      labelAt = at
      // Ticks are kept until the scale changes: said again, the same margins make it name them anew.
      candles.priceScale().applyOptions({ scaleMargins: CANDLE_MARGINS })
    }
    label.redraw()
    hatch.redraw()
  }
  /** Opening of the newest bar that the library holds. */
  let newest: Millis = -1
  const drawAll = () => {
    newest = model.bars.at(-1)?.openAt ?? -1
    candles.setData(model.bars.map(toCandle))
    volume.setData(model.bars.map((bar) => toVolume(bar, options.theme)))
    indicators.draw({ kind: 'replace' })
    drawLast()
  }

  return {
    chart,
    candles,
    indicators,
    xOf,
    /** Draws what has changed in the model. */
    draw(at: Millis) {
      now = at
      const change = model.takeChange()
      if (change.kind === 'replace') drawAll()
      else if (change.kind === 'update') {
        // The library's own list leaves slots without values out, and takes nothing older than its newest slot as new.
        for (const bar of change.bars) {
          const revised = bar.openAt < newest
          candles.update(toCandle(bar), revised)
          volume.update(toVolume(bar, options.theme), revised)
          newest = Math.max(newest, bar.openAt)
        }
        indicators.draw(change)
        drawLast()
      } else label.redraw()
    },
    /** Marks the bar of an instant; undefined takes the mark off. */
    mark(at: Millis | undefined) {
      marked = at
      mark.redraw()
    },
    /** Whether a height of the plot is on a bar's candle, or so near that it is meant. */
    isOn(bar: ChartBar, y: number): boolean {
      if (bar.values === undefined) return false
      const high = candles.priceToCoordinate(+bar.values.high)
      const low = candles.priceToCoordinate(+bar.values.low)
      return high !== null && low !== null && y >= high - NEAR && y <= low + NEAR
    },
    /** Theme, zone, decimals or the chosen indicators have changed. */
    configure(next: PriceChartOptions) {
      const zoneChanged = next.zone !== options.zone
      options = next
      chart.applyOptions(themeOptions(next.theme))
      candles.applyOptions({
        ...candleColours(next.theme),
        priceFormat: priceFormat(next),
      })
      indicators.configure({ ...next, chosen: next.indicators })
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
