import type { Gap, InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { venueOf } from '../../shared/market.ts'
import { TOPICS, partitionOf, topicName } from '../../shared/topics.ts'
import { decodeBatch } from '../../shared/wire.ts'
import type { Journal } from '../journal/journal.ts'
import { engineDownGaps } from '../pipeline/gaps.ts'
import { MarketGaps } from '../pipeline/market-gaps.ts'
import type { Watermarks } from '../pipeline/watermarks.ts'

/** Records read back at a time, and at most, to find the newest list of watched markets. */
const STEP = 2_000
const MOST = 40_000

/** Where the run before this one ended, as its journal tells. */
export interface Ended {
  /** Per venue, how far its time had come: the newest that is recorded of it. */
  readonly watermarks: Watermarks
  /** Markets that were watched to the end. */
  readonly watched: readonly InstrumentKey[]
}

/** Reads back to the newest clock record that lists the watched markets, and forward again from there. */
export async function readEnd(journal: Journal, demo: boolean): Promise<Ended> {
  const topic = topicName(TOPICS.trades, demo)
  const markets = new Map<InstrumentKey, MarketGaps>()
  const watermarks: Record<string, number> = {}
  const reach = (venue: string, at: Millis) => {
    watermarks[venue] = Math.max(watermarks[venue] ?? 0, at)
  }
  for (const { topic: name, partition, start, end } of await journal.ends()) {
    if (name !== topic) continue
    const tail = await readTail(journal, { topic, partition }, start, end)
    for (const { instrument, at, receivedAt, data } of tail) {
      if (data.kind === 'clock') {
        for (const [venue, watermark] of Object.entries(data.watermarks)) reach(venue, watermark)
        for (const [key, gaps] of Object.entries(data.watched ?? {}) as [InstrumentKey, readonly Gap[]][]) {
          if (partitionOf(key, TOPICS.trades.partitions) !== partition) continue
          const known = new MarketGaps()
          for (const gap of gaps) known.apply(gap)
          markets.set(key, known)
        }
      } else if (data.kind === 'trade' || data.kind === 'gap') {
        let known = markets.get(instrument)
        if (!known) markets.set(instrument, (known = new MarketGaps()))
        if (data.kind === 'gap') known.apply(data)
        // After the last clock record, or of a run too short for one. A wrong date must not push the end into the future.
        reach(venueOf(instrument), Math.min(at, receivedAt))
      }
    }
  }
  const watched = [...markets].filter(([, gaps]) => gaps.unwatchedSince() === undefined).map(([key]) => key)
  return { watermarks, watched }
}

/** The gaps of the time since then, to be appended before anything else. */
export function downGaps(ended: Ended, now: number): readonly MarketEvent<Gap>[] {
  return engineDownGaps(ended.watermarks, ended.watched, now)
}

async function readTail(
  journal: Journal,
  place: { topic: string; partition: number },
  start: number,
  end: number,
): Promise<readonly MarketEvent[]> {
  for (let from = Math.max(start, end - STEP); ; from = Math.max(start, from - STEP)) {
    const events: MarketEvent[] = []
    for (let next = from; next < end;) {
      const batches = await journal.read(place, next, STEP)
      const last = batches.at(-1)
      if (!last) break
      for (const batch of batches) events.push(...decodeBatch(batch.bytes))
      next = last.base + last.count
    }
    const listed = events.findLastIndex(({ data }) => data.kind === 'clock' && data.watched !== undefined)
    if (listed >= 0) return events.slice(listed)
    if (from === start || end - from >= MOST) return events
  }
}
