/** The library's time scale with its ticks on the days and hours of a zone's clock instead of UTC's. */

import type { IHorzScaleBehavior, Time, TimeScalePoint, UTCTimestamp } from 'lightweight-charts'
import { defaultHorzScaleBehavior } from 'lightweight-charts'
import type { Millis } from '../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import type { Zone } from '../ui/zone.ts'
import { formatClock, formatDate, formatMinute, zoneOffset } from '../ui/zone.ts'

/** Weights of ticks on the library's scale of 0 … 70: the heavier one is drawn where there is no room for both. */
const WEIGHTS = { year: 70, month: 60, day: 50 } as const
const STEPS: readonly (readonly [Millis, number])[] = [
  [12 * HOUR, 33],
  [6 * HOUR, 32],
  [3 * HOUR, 31],
  [HOUR, 30],
  [30 * MINUTE, 24],
  [15 * MINUTE, 23],
  [5 * MINUTE, 22],
  [MINUTE, 20],
  [30 * SECOND, 13],
  [15 * SECOND, 12],
  [5 * SECOND, 11],
  [SECOND, 10],
]

/** Weight of the tick between two instants that are given on the zone's clock. */
export function weightBetween(before: Millis, now: Millis): number {
  const [dayBefore, dayNow] = [new Date(before), new Date(now)]
  if (dayBefore.getUTCFullYear() !== dayNow.getUTCFullYear()) return WEIGHTS.year
  if (dayBefore.getUTCMonth() !== dayNow.getUTCMonth()) return WEIGHTS.month
  if (Math.floor(before / DAY) !== Math.floor(now / DAY)) return WEIGHTS.day
  for (const [step, weight] of STEPS) if (Math.floor(before / step) !== Math.floor(now / step)) return weight
  return 0
}

/** A behaviour for `createChartEx`; the zone is asked each time, a change holds for data set afterwards. */
export function createZonedScale(zone: () => Zone): IHorzScaleBehavior<Time> {
  const Base = defaultHorzScaleBehavior()
  class ZonedScale extends Base {
    override fillWeightsForPoints(points: readonly TimeScalePoint[], startIndex: number): void {
      const clockAt = (index: number) => {
        const at = (points[index]!.originalTime as UTCTimestamp) * SECOND
        return at + zoneOffset(at, zone())
      }
      for (let index = Math.max(startIndex, 0); index < points.length; index += 1) {
        const now = clockAt(index)
        const step = points.length > 1 ? clockAt(1) - clockAt(0) : SECOND
        const weight = weightBetween(index === 0 ? now - step : clockAt(index - 1), now)
        Object.assign(points[index]!, { timeWeight: weight })
      }
    }
  }
  return new ZonedScale()
}

/** Text of a tick under the plot: what changed there, by the zone's clock. */
export function formatTick(at: Millis, interval: Millis, zone: Zone): string {
  const clock = formatClock(at, zone)
  const date = formatDate(at, zone)
  if (interval < DAY && clock !== '00:00:00') return clock.endsWith(':00') ? clock.slice(0, 5) : clock
  if (date.endsWith('-01-01')) return date.slice(0, 4)
  return date.endsWith('-01') ? date.slice(0, 7) : date.slice(5)
}

/** The crosshair's label: '11-23 13:57:00', of days '2026-11-23'. */
export function formatInstant(at: Millis, interval: Millis, zone: Zone): string {
  const date = formatDate(at, zone)
  if (interval >= DAY) return date
  return `${date.slice(5)} ${interval < MINUTE ? formatClock(at, zone) : formatMinute(at, zone)}`
}
