/** One chart on screen, without React: the drawn chart of a session, its pace, its crosshair and its moves. */

import type { LogicalRange, MouseEventParams, Time } from 'lightweight-charts'
import { createStore } from 'zustand/vanilla'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { FrameLoop } from '../market/frame-loop.ts'
import { BAR_SPACING, RIGHT_OFFSET } from './chart-options.ts'
import type { ChartBar } from './chart-model.ts'
import type { ChartSession } from './chart-session.ts'
import type { Run } from './coverage.ts'
import { nextGap } from './gap-marks.ts'
import type { PriceChartOptions } from './price-chart.ts'
import { createPriceChart } from './price-chart.ts'
import { instantAt, logicalAt, slotAt } from './time-axis.ts'

/** What the legend shows: the bar under the crosshair, else the marked one, else the newest with a trade, and the one before it. */
export interface LegendState {
  readonly bar?: ChartBar
  readonly before?: ChartBar
  readonly pointed: boolean
}

/** The focused chart is drawn at most so often. */
const PACE: Millis = 100
/** Older bars are asked for when so few are left of the view. */
const MARGIN = 40
const ZOOM = 1.25

export type ChartView = ReturnType<typeof createChartView>

export function createChartView(
  element: HTMLElement,
  session: ChartSession,
  frames: FrameLoop,
  initial: PriceChartOptions,
) {
  const { model } = session
  const drawn = createPriceChart(element, model, initial)
  const { chart, candles } = drawn
  const scale = chart.timeScale()
  const legend = createStore<LegendState>(() => ({ pointed: false }))
  const paints = new Set<() => void>()
  const picks = new Set<(bar: ChartBar) => void>()
  /** The view is on its way to an instant, through older bars if need be. */
  let seeking: { readonly at: Millis; readonly onReached: () => void } | undefined
  /** Index of the bar under the crosshair. */
  let pointed: number | undefined
  let gapAt: Millis | undefined
  let markedAt: Millis | undefined
  let drawnAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const lastTraded = (from: number): number => {
    let index = from
    while (index >= 0 && model.bars[index]?.values === undefined) index -= 1
    return index
  }
  const tellLegend = () => {
    const mark = markedAt === undefined ? -1 : slotAt(model.openAts, markedAt)
    const index = pointed ?? (mark < 0 ? lastTraded(model.bars.length - 1) : mark)
    const bar = model.bars[index]
    const before = model.bars[lastTraded(index - 1)]
    const now = legend.getState()
    if (now.bar === bar && now.before === before && now.pointed === (pointed !== undefined)) return
    legend.setState({ ...(bar && { bar }), ...(before && { before }), pointed: pointed !== undefined }, true)
  }
  const paint = () => {
    for (const listener of paints) listener()
  }
  const draw = (now: number) => {
    // The first picture is whole: a few live bars alone would only make the scale jump.
    if (document.hidden || session.state().phase === 'loading') return
    const early = drawnAt + PACE - now
    if (early > 1) {
      timer ??= setTimeout(() => {
        timer = undefined
        frames.request()
      }, early)
      return
    }
    drawnAt = now
    drawn.draw(Date.now())
    seek()
    tellLegend()
    paint()
  }

  const onRange = (range: LogicalRange | null) => {
    if (range && range.from < MARGIN) session.loadOlder()
    paint()
  }
  const onCrosshair = (event: MouseEventParams) => {
    pointed = event.time === undefined ? undefined : slotAt(model.openAts, (event.time as number) * SECOND)
    tellLegend()
  }
  const pick = (bar: ChartBar | undefined) => {
    if (bar?.values !== undefined) for (const listener of picks) listener(bar)
  }
  const onClick = ({ time, point: at, paneIndex }: MouseEventParams) => {
    if (paneIndex) return
    const bar = time === undefined ? undefined : model.bars[slotAt(model.openAts, (time as number) * SECOND)]
    if (bar && at && drawn.isOn(bar, at.y)) pick(bar)
  }
  scale.subscribeVisibleLogicalRangeChange(onRange)
  chart.subscribeClick(onClick)
  chart.subscribeCrosshairMove(onCrosshair)
  const leaves = [frames.onDraw(draw), session.subscribe(() => frames.request())]
  // The countdown runs though nothing arrives.
  const tick = setInterval(() => frames.request(), SECOND)
  frames.request()

  const point = (index: number) => {
    const bar = model.bars[index]
    if (bar === undefined) return
    const priced = bar.values ?? model.bars[lastTraded(index)]?.values
    if (priced === undefined) return
    const range = scale.getVisibleLogicalRange()
    if (range && index < range.from) scroll(index - range.from)
    if (range && index > range.to) scroll(index - range.to)
    chart.setCrosshairPosition(+priced.close, (bar.openAt / SECOND) as Time, candles)
    pointed = index
    tellLegend()
  }
  const unpoint = () => {
    chart.clearCrosshairPosition()
    pointed = undefined
    tellLegend()
  }
  const scroll = (bars: number) => scale.scrollToPosition(scale.scrollPosition() + bars, false)
  const show = ({ from, to }: Pick<Run, 'from' | 'to'>) => {
    unpoint()
    const first = logicalAt(model.openAts, model.interval, from)
    const last = logicalAt(model.openAts, model.interval, to)
    const half = Math.max((last - first) * 1.5, 30)
    const middle = (first + last) / 2
    scale.setVisibleLogicalRange({ from: middle - half, to: middle + half })
  }
  function seek() {
    const oldest = model.openAts[0]
    if (!seeking || oldest === undefined) return
    const { at, onReached } = seeking
    if (at < oldest && !model.complete) return session.loadOlder()
    seeking = undefined
    show({ from: at, to: at + model.interval })
    point(slotAt(model.openAts, at))
    onReached()
  }
  const width = () => {
    const range = scale.getVisibleLogicalRange()
    return range ? range.to - range.from : 100
  }

  return {
    legend,
    session,
    /** The chosen indicators, as they are drawn. */
    indicators: drawn.indicators,
    /** Where an instant stands, in pixels of the plot. */
    xOf: drawn.xOf,
    plotWidth: () => scale.width(),
    /** The stretch of time in view, in whole seconds. */
    visible(): { from: Millis; to: Millis } | undefined {
      const range = scale.getVisibleLogicalRange()
      if (!range || model.openAts.length === 0) return undefined
      return {
        from: Math.floor(instantAt(model.openAts, model.interval, Math.max(range.from, -0.5)) / SECOND) * SECOND,
        to: Math.ceil(instantAt(model.openAts, model.interval, range.to) / SECOND) * SECOND,
      }
    },
    /** Called after each drawing and each move of the view. */
    onPaint(listener: () => void): () => void {
      paints.add(listener)
      return () => paints.delete(listener)
    },
    configure: (options: PriceChartOptions) => drawn.configure(options),
    /** Crosshair by bars: −1 is the one before. */
    step(by: number) {
      const from = pointed ?? model.bars.length - (by < 0 ? 0 : 1)
      point(Math.min(Math.max(from + by, 0), model.bars.length - 1))
    },
    pan(bars: number) {
      unpoint()
      scroll(bars)
    },
    zoom(closer: boolean) {
      const now = scale.options().barSpacing
      scale.applyOptions({ barSpacing: Math.min(Math.max(closer ? now * ZOOM : now / ZOOM, 1.5), 60) })
    },
    toOldest() {
      unpoint()
      scale.setVisibleLogicalRange({ from: -0.5, to: width() - 0.5 })
    },
    toNewest() {
      unpoint()
      scale.applyOptions({ barSpacing: BAR_SPACING })
      scale.scrollToPosition(RIGHT_OFFSET, false)
    },
    /** Brings a stretch of time to the middle, with as much around it as shows where it lies. */
    show,
    /** Marks the bar of an instant, and, where `onReached` is given, goes there first. Returns what takes the mark off. */
    mark(at: Millis, onReached?: () => void): () => void {
      markedAt = at
      drawn.mark(at)
      seeking = onReached && { at, onReached }
      frames.request()
      return () => {
        markedAt = undefined
        drawn.mark(undefined)
        seeking = undefined
        tellLegend()
      }
    },
    /** Called with a bar that is clicked, or chosen by key. */
    onPick(listener: (bar: ChartBar) => void): () => void {
      picks.add(listener)
      return () => picks.delete(listener)
    },
    /** Chooses the bar that the legend shows. */
    pick: () => pick(legend.getState().bar),
    /** Goes to the next older gap, and after the oldest to the newest again. */
    toNextGap() {
      const [first, last] = [model.openAts[0], model.openAts.at(-1)]
      if (first === undefined || last === undefined) return
      const run = nextGap(model.ledger.runs(first, last + model.interval), gapAt)
      gapAt = run?.from
      if (run) show(run)
    },
    close() {
      clearTimeout(timer)
      clearInterval(tick)
      for (const leave of leaves) leave()
      paints.clear()
      picks.clear()
      drawn.close()
    },
  }
}
