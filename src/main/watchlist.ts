import type { Instrument, InstrumentKey, VenueId } from '../shared/market.ts'
import { venueOf } from '../shared/market.ts'
import { toDefaultWatch } from './feed/wants.ts'

export interface WatchlistParts {
  /** Undefined where nobody has chosen. */
  readonly chosen: () => readonly InstrumentKey[] | undefined
  /** Those that are switched on, in the order in which they are shown. */
  readonly venues: () => readonly VenueId[]
  readonly instruments: () => readonly Instrument[]
}

/** The watch list: what was chosen, else each venue's default markets, as far as the venues have told theirs. */
export interface Watchlist {
  now(): readonly InstrumentKey[]
  /** A venue has told its markets. */
  relist(): void
  /** Called when other markets stand on the list since some venue told its own. A choice is told with the settings. */
  onRelisted(listener: () => void): () => void
}

export function createWatchlist({ chosen, venues, instruments }: WatchlistParts): Watchlist {
  const listeners = new Set<() => void>()
  const now = () => {
    const known = chosen()
    if (known) return known
    const all = instruments()
    return venues().flatMap((venue) =>
      toDefaultWatch(
        venue,
        all.filter(({ key }) => venueOf(key) === venue),
      ),
    )
  }
  let last = now().join()
  return {
    now,
    relist() {
      const next = now().join()
      if (next === last) return
      last = next
      for (const listener of listeners) listener()
    },
    onRelisted(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
