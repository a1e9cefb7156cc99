/** The marked bar as a band over the whole height of the plot, behind the candles. */

import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from 'lightweight-charts'
import type { Band } from './hatch.ts'

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0]

const SOFT = 0.16

/** A primitive that shades what `band` gives at each paint, with a line at either edge. */
export function createMarkBand(
  band: () => Band | undefined,
  colour: () => string,
): ISeriesPrimitive & { redraw(): void } {
  let attached: SeriesAttachedParameter | undefined
  const renderer: IPrimitivePaneRenderer = {
    draw(target: Target) {
      const shaded = band()
      if (!shaded) return
      const { from, to } = shaded
      target.useMediaCoordinateSpace(({ context, mediaSize: { height } }) => {
        context.save()
        context.fillStyle = colour()
        context.fillRect(from, 0, 1, height)
        context.fillRect(to - 1, 0, 1, height)
        context.globalAlpha = SOFT
        context.fillRect(from, 0, to - from, height)
        context.restore()
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
