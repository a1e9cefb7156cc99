/** Vertical hatch over the stretches of the plot that are missing: nothing is drawn across them, and they are not empty by chance. */

import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from 'lightweight-charts'

/** A stretch of the plot in CSS pixels. */
export interface Band {
  readonly from: number
  readonly to: number
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0]

/** The library's own unit for a stripe pattern: 5 px apart. */
const STEP = 5

/** A primitive that hatches what `bands` gives at each paint. */
export function createHatch(bands: () => readonly Band[], colour: () => string): ISeriesPrimitive & { redraw(): void } {
  let attached: SeriesAttachedParameter | undefined
  const renderer: IPrimitivePaneRenderer = {
    draw(target: Target) {
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        for (const band of bands()) drawBand(context, band, mediaSize, colour())
      })
    },
  }
  const view: IPrimitivePaneView = { zOrder: () => 'bottom', renderer: () => renderer }
  const views = [view]
  return {
    paneViews: () => views,
    attached(parameter) {
      attached = parameter
    },
    detached() {
      attached = undefined
    },
    redraw: () => attached?.requestUpdate(),
  }
}

function drawBand(
  context: CanvasRenderingContext2D,
  band: Band,
  size: { readonly width: number; readonly height: number },
  colour: string,
): void {
  const from = Math.max(band.from, 0)
  const to = Math.min(band.to, size.width)
  if (to <= from) return
  context.save()
  context.beginPath()
  context.rect(from, 0, to - from, size.height)
  context.clip()
  context.strokeStyle = colour
  context.lineWidth = 1
  context.globalAlpha = 0.5
  context.beginPath()
  // Lines keep their place on the screen's grid, so that they do not crawl while the band grows.
  const width = to - from
  for (let y = -width - STEP; y < size.height + width; y += STEP) {
    context.moveTo(from, y + width)
    context.lineTo(to, y)
  }
  context.stroke()
  context.restore()
}
