/** Paints the gap strip: live solid, back-filled hatched, missing outlined, nothing stored two thin lines. */

import type { ChartTheme } from './chart-theme.ts'
import type { GapMark } from './gap-marks.ts'

const HATCH = 4

/** Makes the canvas as sharp as the screen and gives its context in CSS pixels. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const scale = window.devicePixelRatio || 1
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
  }
  const context = canvas.getContext('2d') ?? undefined
  context?.setTransform(scale, 0, 0, scale, 0, 0)
  context?.clearRect(0, 0, width, height)
  return context
}

export function paintStrip(
  context: CanvasRenderingContext2D,
  marks: readonly GapMark[],
  height: number,
  theme: ChartTheme,
): void {
  for (const { from, to, run } of marks) {
    const width = to - from
    switch (run.state) {
      case 'live':
        context.globalAlpha = 0.75
        context.fillStyle = theme.live
        context.fillRect(from, 0, width, height)
        context.globalAlpha = 1
        break
      case 'unwatched':
        context.fillStyle = theme.crosshair
        context.fillRect(from, 0, width, 1)
        context.fillRect(from, height - 1, width, 1)
        break
      case 'backfilled':
        clear(context, from, width, height, theme)
        context.fillStyle = theme.fillSoft
        context.fillRect(from, 0, width, height)
        hatch(context, from, width, height, theme.fill)
        break
      case 'missing':
        clear(context, from, width, height, theme)
        context.globalAlpha = 0.25
        context.fillStyle = theme.bad
        context.fillRect(from, 0, width, height)
        context.globalAlpha = 1
        context.strokeStyle = theme.bad
        context.lineWidth = 1
        context.strokeRect(from + 0.5, 0.5, Math.max(width - 1, 1), height - 1)
        break
    }
  }
}

/** A gap stands free of its neighbours by a pixel. */
function clear(
  context: CanvasRenderingContext2D,
  from: number,
  width: number,
  height: number,
  theme: ChartTheme,
): void {
  context.fillStyle = theme.background
  context.fillRect(from - 1, 0, width + 2, height)
}

function hatch(context: CanvasRenderingContext2D, from: number, width: number, height: number, colour: string): void {
  context.save()
  context.beginPath()
  context.rect(from, 0, width, height)
  context.clip()
  context.strokeStyle = colour
  context.lineWidth = 1.4
  context.beginPath()
  for (let x = from - height; x < from + width + height; x += HATCH) {
    context.moveTo(x, height)
    context.lineTo(x + height, 0)
  }
  context.stroke()
  context.restore()
}
