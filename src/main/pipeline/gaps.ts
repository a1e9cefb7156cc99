import type { Gap, InstrumentKey, MarketEvent, Millis, VenueId } from '../../shared/market.ts'
import { venueOf } from '../../shared/market.ts'
import type { Watermarks } from './watermarks.ts'

/**
 * The gaps of the time in which Tapedeck was not running: for each market that was watched, from the last watermark of
 * its venue in the journal until now. To be appended before anything else of a new run. A market whose venue never had a
 * watermark has none, nor has one whose watermark is not in the past.
 */
export function engineDownGaps(
  last: Watermarks,
  watched: Iterable<InstrumentKey>,
  now: Millis,
): readonly MarketEvent<Gap>[] {
  const gaps: MarketEvent<Gap>[] = []
  for (const instrument of watched) {
    const since = last[venueOf(instrument) as VenueId]
    if (since === undefined || since >= now) continue
    const data: Gap = { kind: 'gap', since, until: now, reason: 'engine-down' }
    gaps.push({ instrument, at: since, receivedAt: now, origin: 'stream', data })
  }
  return gaps
}
