/** The chart's options as the design gives them, in one table. */

import type { DeepPartial, Time, TimeChartOptions } from 'lightweight-charts'
import { ColorType, CrosshairMode, LineStyle } from 'lightweight-charts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { Zone } from '../ui/zone.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatInstant, formatTick } from './zoned-scale.ts'

export const CANDLE_MARGINS = { top: 0.1, bottom: 0.2 } as const
export const VOLUME_MARGINS = { top: 0.83, bottom: 0 } as const
export const AXIS_WIDTH = 84
export const BAR_SPACING = 6
/** Bars of room between the newest and the price axis. */
export const RIGHT_OFFSET = 5

type Options = DeepPartial<TimeChartOptions>

/** What depends on the theme. */
export function themeOptions(theme: ChartTheme): Options {
  const crosshair = {
    color: theme.crosshair,
    width: 1,
    style: LineStyle.Dashed,
    labelBackgroundColor: theme.label,
  } as const
  return {
    layout: {
      background: { type: ColorType.Solid, color: theme.background },
      textColor: theme.text,
      fontFamily: theme.font,
      panes: { separatorColor: theme.line, separatorHoverColor: theme.crosshair },
    },
    grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: theme.line },
    timeScale: { borderColor: theme.line },
  }
}

/** The whole, for a chart of one interval. */
export function chartOptions(theme: ChartTheme, interval: Millis, zone: () => Zone): Options {
  const themed = themeOptions(theme)
  return {
    ...themed,
    autoSize: true,
    // The credit is in the status bar and in About: the library's own logo breaks the page's content policy.
    layout: { ...themed.layout, fontSize: 11, attributionLogo: false },
    crosshair: { ...themed.crosshair, mode: CrosshairMode.Normal },
    rightPriceScale: { ...themed.rightPriceScale, minimumWidth: AXIS_WIDTH, scaleMargins: CANDLE_MARGINS },
    timeScale: {
      ...themed.timeScale,
      rightOffset: RIGHT_OFFSET,
      barSpacing: BAR_SPACING,
      minBarSpacing: 1.5,
      // The running slot is empty until its first trade: the view moves on when that comes.
      allowShiftVisibleRangeOnWhitespaceReplacement: true,
      allowBoldLabels: false,
      timeVisible: true,
      secondsVisible: interval < MINUTE,
      tickMarkFormatter: (time: Time) => formatTick((time as number) * SECOND, interval, zone()),
    },
    localization: {
      timeFormatter: (time: Time) => formatInstant((time as number) * SECOND, interval, zone()),
    },
    // Keys are ours: the same ones move the crosshair, and screen readers hear the legend.
    handleScale: { axisDoubleClickReset: true },
  }
}
