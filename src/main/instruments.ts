import type { Instrument, InstrumentKey, VenueId } from '../shared/market.ts'
import { venueOf } from '../shared/market.ts'

/** All listed markets, venue by venue, as last told. */
export interface Instruments {
  all(): readonly Instrument[]
  find(key: InstrumentKey): Instrument | undefined
  /** A venue has told its whole list. */
  replace(venue: VenueId, list: readonly Instrument[]): void
  /** Grows with each change. */
  revision(): number
}

export function createInstruments(known: readonly Instrument[]): Instruments {
  const byKey = new Map<InstrumentKey, Instrument>(known.map((each) => [each.key, each]))
  let revision = 1
  return {
    all: () => [...byKey.values()],
    find: (key) => byKey.get(key),
    replace(venue, list) {
      for (const key of byKey.keys()) if (venueOf(key) === venue) byKey.delete(key)
      for (const each of list) byKey.set(each.key, each)
      revision += 1
    },
    revision: () => revision,
  }
}
