/** Paints the depth of a book: bids rising to the left of the middle, asks to the right, as far as orders are known. */

import type { ChartTheme } from '../../chart/chart-theme.ts'
import { formatFixed } from '../../ui/format.ts'
import type { Size } from '../../ui/use-size.ts'
import type { Depth, DepthPoint, DepthView } from './depth-model.ts'
import { roundTicks, totalAt } from './depth-model.ts'

const FOOT = 18
const TOP = 12
/** Least room of a price under the axis. */
const LABEL = 84
const FONT = 11

export interface DepthScene {
  readonly depth: Depth
  readonly view: DepthView
  readonly size: Size
  readonly theme: ChartTheme
  /** A price that is pointed at. */
  readonly cursor: number | undefined
  readonly isStale: boolean
}

export function paintDepth(context: CanvasRenderingContext2D, scene: DepthScene): void {
  const { depth, view, size, theme, cursor } = scene
  const base = size.height - FOOT
  const x = (price: number) => ((price - depth.middle) / view.half + 1) * (size.width / 2)
  const y = (total: number) => base - (total / view.most) * (base - TOP)
  context.font = `${FONT}px ${theme.font}`
  context.textBaseline = 'alphabetic'
  paintGrid(context, scene, x, y, base)
  context.globalAlpha = scene.isStale ? 0.4 : 1
  paintSide(context, depth.bids, x, y, base, theme.upMid, theme.upSolid)
  paintSide(context, depth.asks, x, y, base, theme.downMid, theme.downSolid)
  context.globalAlpha = 1
  if (cursor === undefined) return
  line(context, theme.crosshair, Math.round(x(cursor)) + 0.5, TOP, Math.round(x(cursor)) + 0.5, base)
  context.fillStyle = theme.crosshair
  context.beginPath()
  context.arc(x(cursor), y(totalAt(depth, cursor)), 3, 0, 2 * Math.PI)
  context.fill()
}

type Scale = (value: number) => number

function paintGrid(context: CanvasRenderingContext2D, scene: DepthScene, x: Scale, y: Scale, base: number): void {
  const { depth, view, size, theme } = scene
  const prices = roundTicks(depth.middle - view.half, depth.middle + view.half, size.width / LABEL)
  const totals = roundTicks(0, view.most, 4).filter((total) => total > 0)
  for (const price of prices)
    line(context, theme.grid, Math.round(x(price)) + 0.5, TOP, Math.round(x(price)) + 0.5, base)
  for (const total of totals)
    line(context, theme.grid, 0, Math.round(y(total)) + 0.5, size.width, Math.round(y(total)) + 0.5)
  line(context, theme.line, Math.round(size.width / 2) + 0.5, TOP, Math.round(size.width / 2) + 0.5, base)
  line(context, theme.line, 0, base + 0.5, size.width, base + 0.5)
  context.fillStyle = theme.text
  context.textAlign = 'center'
  for (const price of prices) {
    const text = formatFixed(price, digitsOf(prices))
    const half = context.measureText(text).width / 2
    if (x(price) - half >= 2 && x(price) + half <= size.width - 2) context.fillText(text, x(price), size.height - 5)
  }
  // The curves are lowest at the middle: sizes stand there.
  context.textAlign = 'left'
  for (const total of totals) context.fillText(formatFixed(total, digitsOf(totals)), size.width / 2 + 4, y(total) - 3)
}

/** A flat run from each price to the next, up to the last that is known. */
function paintSide(
  context: CanvasRenderingContext2D,
  points: readonly DepthPoint[],
  x: Scale,
  y: Scale,
  base: number,
  fill: string,
  stroke: string,
): void {
  const last = points.at(-1)
  if (!last) return
  const trace = () => {
    context.beginPath()
    let height = base
    for (const { price, total } of points) {
      context.lineTo(x(price), height)
      height = y(total)
      context.lineTo(x(price), height)
    }
  }
  trace()
  context.lineTo(x(last.price), base)
  context.closePath()
  context.fillStyle = fill
  context.fill()
  trace()
  context.strokeStyle = stroke
  context.lineWidth = 1.5
  context.stroke()
}

function line(
  context: CanvasRenderingContext2D,
  colour: string,
  ...[x1, y1, x2, y2]: [number, number, number, number]
) {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}

/** Fractional digits that tell these ticks apart. */
function digitsOf(ticks: readonly number[]): number {
  const step = Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 1))
  return Math.min(10, Math.max(0, Math.ceil(-Math.log10(step) - 1e-6)))
}
