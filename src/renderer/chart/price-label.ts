/** The label of the last price on the price axis: price, and under it the time until the bar closes. */

import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
} from 'lightweight-charts'

export interface PriceLabel {
  readonly price: number
  readonly text: string
  /** Absent: one line. */
  readonly countdown?: string | undefined
  readonly fill: string
  readonly colour: string
  readonly font: string
}

const LINE = 15

export function createPriceLabel(label: () => PriceLabel | undefined): ISeriesPrimitive & { redraw(): void } {
  let attached: SeriesAttachedParameter | undefined
  const renderer: IPrimitivePaneRenderer = {
    draw(target) {
      const now = label()
      const y = now && attached?.series.priceToCoordinate(now.price)
      if (!now || y === null || y === undefined) return
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        const height = now.countdown === undefined ? LINE + 3 : 2 * LINE
        const top = Math.min(Math.max(Math.round(y - height / 2), 0), mediaSize.height - height)
        context.save()
        context.fillStyle = now.fill
        context.fillRect(1, top, mediaSize.width - 1, height)
        context.fillStyle = now.colour
        context.textBaseline = 'middle'
        context.font = `600 11px ${now.font}`
        context.fillText(now.text, 8, top + (now.countdown === undefined ? height / 2 : LINE / 2 + 1))
        context.font = `11px ${now.font}`
        if (now.countdown !== undefined) context.fillText(now.countdown, 8, top + LINE * 1.5 - 1)
        context.restore()
      })
    },
  }
  const view: IPrimitivePaneView = { renderer: () => renderer }
  const views = [view]
  return {
    priceAxisPaneViews: () => views,
    attached(parameter) {
      attached = parameter
    },
    detached() {
      attached = undefined
    },
    redraw: () => attached?.requestUpdate(),
  }
}

const pad = (value: number) => String(value).padStart(2, '0')

/** '00:52', of bars of an hour and more '3:14:52'. */
export function formatCountdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  const minutes = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return seconds < 3_600 ? minutes : `${Math.floor(seconds / 3_600)}:${minutes}`
}
