/** The exchange whose delay and events the health page shows: chosen there, or in the top bar before the page is here. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { VenueId } from '../../../shared/market.ts'

const shown = createStore<{ readonly venue?: VenueId }>(() => ({}))

export function showVenue(venue: VenueId): void {
  shown.setState({ venue })
}

/** Undefined until one was chosen. */
export function useShownVenue(): VenueId | undefined {
  return useStore(shown, ({ venue }) => venue)
}
