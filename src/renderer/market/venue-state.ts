import type { VenueHealth } from '../../shared/engine-view.ts'
import type { Millis } from '../../shared/market.ts'
import { useHealth } from '../bridge/health-store.ts'
import { dataAge } from '../ui/data-age.ts'
import { useNow } from '../ui/use-now.ts'
import { TROUBLED } from '../ui/venues.ts'

export interface VenueState {
  readonly state: VenueHealth['state']
  /** Its values are shown, but without colour: they may be old. */
  readonly isLate: boolean
}

/** How a venue stands; changes only when its state does. */
export function useVenueState(venue: string): VenueState {
  const state = useHealth((health) => health?.venues.find((entry) => entry.venue === venue)?.state) ?? 'connecting'
  return { state, isLate: TROUBLED.has(state) }
}

/** How old a venue's last data is; new each second. */
export function useVenueAge(venue: string): Millis | undefined {
  const lastAt = useHealth((health) => health?.venues.find((entry) => entry.venue === venue)?.lastDataAt)
  const toldAt = useHealth((health) => health?.at)
  const now = useNow()
  return dataAge(lastAt, toldAt ?? now, now)
}
