/** Follows one record through all hops: from the exchange's clock to the row in the store. */

import type { Hop } from '../../shared/kafka-contract.ts'
import type { InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { TOPICS, partitionOf, topicName } from '../../shared/topics.ts'
import { decodeBatch } from '../../shared/wire.ts'
import type { InBatch } from '../bus/bus.ts'
import type { Delivery, Journal, Place } from '../journal/journal.ts'
import type { Reader } from '../store/store.ts'

export interface Trace {
  /** Own records that came back from Kafka: when. */
  returned(batch: InBatch, offsets: readonly number[]): void
  trade(query: { readonly instrument: string; readonly id: string; readonly at: Millis }): Promise<readonly Hop[]>
}

interface Returned extends Place {
  readonly first: number
  readonly last: number
  readonly at: Millis
}

const RETURNED = 5_000
/** A journal batch may hold a trade that is so much older or newer than its others. */
const LATE: Millis = MINUTE
const STEP = 2_000

export function createTrace({ journal, reader, demo }: { journal: Journal; reader: Reader; demo: boolean }): Trace {
  const returned: Returned[] = []

  return {
    returned({ topic, partition }, offsets) {
      returned.push({ topic, partition, first: offsets[0]!, last: offsets.at(-1)!, at: Date.now() })
      if (returned.length > RETURNED) returned.splice(0, returned.length - RETURNED)
    },
    async trade({ instrument, id, at }) {
      const key = instrument as InstrumentKey
      const place = {
        topic: topicName(TOPICS.trades, demo),
        partition: partitionOf(instrument, TOPICS.trades.partitions),
      }
      const hops: Hop[] = [{ hop: 'exchange', at }]
      const found = await findTrade(journal, place, key, id, at)
      if (found) {
        const { event, offset, writtenAt } = found
        hops.push(
          { hop: 'socket', at: event.receivedAt },
          {
            hop: 'journal',
            where: `${place.topic}/${place.partition}/${offset}`,
            ...(writtenAt === undefined ? {} : { at: writtenAt }),
          },
        )
        for (const delivery of await journal.deliveries(place, offset)) {
          const there = offsetThere(delivery, offset)
          const where = `${delivery.toTopic}/${delivery.toPartition}/${there ?? `from ${delivery.toBase}`}`
          hops.push({ hop: 'sent', at: delivery.sentAt, where }, { hop: 'acked', at: delivery.ackedAt, where })
          const back =
            there === undefined
              ? undefined
              : returned.find(
                  ({ topic, partition, first, last }) =>
                    topic === delivery.toTopic && partition === delivery.toPartition && first <= there && there <= last,
                )
          if (back) hops.push({ hop: 'consumed', at: back.at, where })
        }
      }
      const rows = await reader.trades({ instrument: key, before: at + 1, count: 1_000 })
      if (rows.some((row) => row.id === id && row.at === at)) hops.push({ hop: 'stored', where: 'market.db' })
      return hops
    },
  }
}

/** Its offset in Kafka; undefined where its batch was split over several partitions. */
function offsetThere({ first, last, records, toBase }: Delivery, offset: number): number | undefined {
  return records === last - first + 1 ? Number(toBase) + offset - first : undefined
}

interface Found {
  readonly event: MarketEvent<Trade>
  readonly offset: number
  readonly writtenAt: Millis | undefined
}

/** Batches lie in the order of arrival, nearly the order of time: half the way each time, then a short walk. */
async function findTrade(
  journal: Journal,
  place: Place,
  instrument: InstrumentKey,
  id: string,
  at: Millis,
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
      const index = events.findIndex((event) => isTrade(event, instrument, id, at))
      const event = events[index]
      if (event) return { event: event as MarketEvent<Trade>, offset: base + index, writtenAt }
    }
    if (last.minAt > at + LATE) return undefined
    next = last.base + last.count
  }
  return undefined
}

function isTrade({ instrument, at, data }: MarketEvent, key: InstrumentKey, id: string, when: Millis): boolean {
  return instrument === key && at === when && data.kind === 'trade' && data.id === id
}
