import type { MarketEvent, Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { decodeBatch } from '../../shared/wire.ts'
import type { Journal, Place } from '../journal/journal.ts'

/** An event in the journal. */
export interface Found {
  readonly event: MarketEvent
  readonly offset: number
  /** When its batch was committed, where that is known. */
  readonly writtenAt: Millis | undefined
}

/** A batch may hold an event that is so much older or newer than its others. */
const LATE: Millis = MINUTE
const STEP = 2_000

/**
 * The first event of a partition that is dated `at` and is the one. Batches lie in the order of arrival, nearly the order of
 * time: half the way each time, then a short walk. Undefined where it is not held, or came more than a minute late.
 */
export async function findInJournal(
  journal: Pick<Journal, 'ends' | 'read'>,
  place: Place,
  at: Millis,
  isIt: (event: MarketEvent) => boolean,
): Promise<Found | undefined> {
  const ends = (await journal.ends()).find(
    ({ topic, partition }) => topic === place.topic && partition === place.partition,
  )
  if (!ends) return undefined
  let low = ends.start
  let high = ends.end
  while (high - low > STEP) {
    const middle = Math.floor((low + high) / 2)
    const [batch] = await journal.read(place, middle, 1)
    if (batch && batch.maxAt < at - SECOND) low = middle
    else high = middle
  }
  for (let next = low; next < ends.end;) {
    const batches = await journal.read(place, next, STEP)
    const last = batches.at(-1)
    if (!last) return undefined
    for (const { base, bytes, minAt, maxAt, writtenAt } of batches) {
      if (minAt > at || maxAt < at) continue
      const events = decodeBatch(bytes)
      const index = events.findIndex((event) => event.at === at && isIt(event))
      const event = events[index]
      if (event) return { event, offset: base + index, writtenAt }
    }
    if (last.minAt > at + LATE) return undefined
    next = last.base + last.count
  }
  return undefined
}
