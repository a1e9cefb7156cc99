/** What the engine says of itself, once a second. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Health, Mode, VenueHealth } from '../../shared/engine-view.ts'
import type { VenueId } from '../../shared/market.ts'
import { session, useSession } from './session.ts'

/** `health` is absent until the engine has answered for the first time. */
export const healthStore = createStore<{ readonly health?: Health }>(() => ({}))

/** Listens until left. */
export function followHealth(): () => void {
  return session.open('health', {}, (health) => healthStore.setState({ health }))
}

/** A part of the engine's health. Select small, stable values: the whole is new each second. */
export function useHealth<T>(select: (health: Health | undefined) => T): T {
  return useStore(healthStore, (state) => select(state.health))
}

/** How one venue stands. */
export function useVenue(venue: VenueId): VenueHealth | undefined {
  return useHealth((health) => health?.venues.find((entry) => entry.venue === venue))
}

/** The venues that this engine knows, in any order. */
export function useKnownVenues(): ReadonlySet<VenueId> {
  // Compared as one text: the list is new each second, its members are not.
  const known = useHealth((health) => health?.venues.map((entry) => entry.venue).join(' ') ?? '')
  return useMemo(() => new Set(known.split(' ') as VenueId[]), [known])
}

/** Live or demo, and why. Known from the first answer on. */
export function useMode(): Mode | undefined {
  const { info } = useSession()
  return useHealth((health) => health?.mode) ?? info?.mode
}
