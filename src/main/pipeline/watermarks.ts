import type { Clock, Gap, InstrumentKey, MarketEvent, Millis, VenueId } from '../../shared/market.ts'
import { CLOCK_KEY, SECOND } from '../../shared/market.ts'
import { MarketGaps } from './market-gaps.ts'
import { MEMORY } from './told-seconds.ts'

export type Watermarks = Readonly<Partial<Record<VenueId, Millis>>>

/** Every so many clock records lists the watched markets. */
const LISTED = 10
/** A gap that ended so recently may still touch a second that is open. */
const RECENT: Millis = 10 * SECOND

/** Makes the clock record of each second. One per journal: it stands for everything that is appended to it. */
export interface Clocks {
  /** Events on their way into the trades topic: they tell which markets are watched. */
  observe(events: readonly MarketEvent[]): void
  /** The record of this second; undefined while no venue has a time. A venue's watermark never goes back. */
  tick(watermarks: Watermarks, now: Millis): MarketEvent<Clock> | undefined
}

/** `last`: the watermarks of the newest clock record in the journal, if there is one. */
export function createClock(last: Watermarks = {}): Clocks {
  const reached = new Map(Object.entries(last) as [VenueId, Millis][])
  const markets = new Map<InstrumentKey, MarketGaps>()
  let ticks = 0

  const list = (now: Millis): Readonly<Record<InstrumentKey, readonly Gap[]>> => {
    const watched: Record<InstrumentKey, readonly Gap[]> = {}
    for (const [instrument, gaps] of markets) {
      gaps.forget(now - RECENT)
      // Trades on their way do not make an unwatched market a watched one: it is listed until none can come any more.
      if ((gaps.unwatchedSince() ?? now) < now - MEMORY) markets.delete(instrument)
      else watched[instrument] = gaps.list()
    }
    return watched
  }

  return {
    observe(events) {
      for (const { instrument, data } of events) {
        if (data.kind !== 'trade' && data.kind !== 'gap') continue
        let gaps = markets.get(instrument)
        if (gaps === undefined) markets.set(instrument, (gaps = new MarketGaps()))
        if (data.kind === 'gap') gaps.apply(data)
      }
    },
    tick(watermarks, now) {
      for (const [venue, watermark] of Object.entries(watermarks) as [VenueId, Millis][])
        reached.set(venue, Math.max(reached.get(venue) ?? 0, Math.floor(watermark)))
      if (reached.size === 0) return undefined
      const watched = ticks % LISTED === 0 && markets.size > 0 ? list(now) : undefined
      ticks += 1
      const data: Clock = {
        kind: 'clock',
        watermarks: Object.fromEntries(reached),
        ...(watched === undefined ? {} : { watched }),
      }
      return { instrument: CLOCK_KEY, at: now, receivedAt: now, origin: 'stream', data }
    },
  }
}
