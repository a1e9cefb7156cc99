/** The last ten minutes of each venue's figures, as this page heard them: one point a second. */

import { useSyncExternalStore } from 'react'
import type { Health } from '../../shared/engine-view.ts'
import type { Millis, VenueId } from '../../shared/market.ts'
import { healthStore } from './health-store.ts'

export interface HealthPoint {
  readonly at: Millis
  readonly messagesPerSecond: number
  readonly p50: Millis | undefined
  readonly p99: Millis | undefined
}

export const HISTORY_LENGTH = 600

const points = new Map<VenueId, readonly HealthPoint[]>()
const NONE: readonly HealthPoint[] = []

function add(health: Health): void {
  for (const { venue, messagesPerSecond, delay } of health.venues) {
    const before = points.get(venue) ?? NONE
    if (before.at(-1)?.at === health.at) continue
    const point: HealthPoint = { at: health.at, messagesPerSecond, p50: delay?.p50, p99: delay?.p99 }
    points.set(venue, [...before.slice(-(HISTORY_LENGTH - 1)), point])
  }
}

// From the first answer on, whether or not the Health page is open: ten minutes cannot be asked for later.
healthStore.subscribe(({ health }) => {
  if (health) add(health)
})

/** A venue's points, oldest first. */
export function useHealthHistory(venue: VenueId): readonly HealthPoint[] {
  return useSyncExternalStore(healthStore.subscribe, () => points.get(venue) ?? NONE)
}
