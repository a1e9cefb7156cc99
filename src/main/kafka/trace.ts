/** Follows one record through all hops: from the exchange's clock to the row in the store. */

import { openOf } from '../../shared/bars.ts'
import type { ClusterView, Hop, HopReason } from '../../shared/kafka-view.ts'
import { PRESETS } from '../../shared/kafka-settings.ts'
import type { InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { TOPICS, partitionOf, topicName } from '../../shared/topics.ts'
import type { TopicId } from '../../shared/topics.ts'
import type { InBatch } from '../bus/bus.ts'
import { forwardGroup } from '../forward/groups.ts'
import type { Delivery, Journal, Place } from '../journal/journal.ts'
import type { Reader, Store } from '../store/store.ts'
import type { Found } from './journal-search.ts'
import { findInJournal } from './journal-search.ts'
import { createTimesPassed } from './times-passed.ts'

export interface TradeQuery {
  readonly instrument: string
  readonly id: string
  readonly at: Millis
}

export interface Trace {
  /** Own records that came back from Kafka. */
  returned(batch: Pick<InBatch, 'topic' | 'partition'>, offsets: readonly number[]): void
  trade(query: TradeQuery): Promise<readonly Hop[]>
  close(): void
}

/** How Kafka stands, as far as a trade is concerned. */
export interface KafkaStanding {
  readonly state: ClusterView['state']
  /** Id of the profile in use. */
  readonly cluster?: string
  readonly readOnly: boolean
  /** Own topics are forwarded. */
  readonly forwards: boolean
  /** A consumer of this engine brings that topic into the store. */
  readonly reads: (topic: string) => boolean
}

export interface TraceOptions {
  readonly journal: Pick<Journal, 'ends' | 'read' | 'deliveries' | 'cursors' | 'parked'>
  readonly store: Pick<Store, 'cursors' | 'onStored'>
  readonly reader: Pick<Reader, 'trades'>
  readonly demo: boolean
  readonly kafka: () => KafkaStanding
  readonly now?: () => Millis
}

/** What is not in the journal, or in the store, after this long is not on its way there. */
const SETTLED: Millis = 10 * SECOND
/** A second that has no bar after this long will get none. */
const CLOSED: Millis = 2 * MINUTE

const SENDING = ['sent', 'acked', 'consumed'] as const

export function createTrace(options: TraceOptions): Trace {
  const { journal, store, reader, demo, now = Date.now } = options
  const returned = createTimesPassed(now)
  const stored = createTimesPassed(now)
  const reached = new Map(store.cursors.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]))
  const leave = store.onStored((cursors) => {
    for (const { topic, partition, offset } of cursors) {
      const key = `${topic}/${partition}`
      const before = reached.get(key) ?? 0
      if (offset > before) stored.add({ topic, partition }, before, offset - 1)
      reached.set(key, offset)
    }
  })
  const placeOf = (topic: TopicId, instrument: InstrumentKey): Place => ({
    topic: topicName(TOPICS[topic], demo),
    partition: partitionOf(instrument, TOPICS[topic].partitions),
  })

  const aggregate = async (trade: MarketEvent): Promise<Hop> => {
    const { instrument, receivedAt } = trade
    const openAt = openOf(trade.at, SECOND)
    const place = placeOf('bars', instrument)
    // The first bar that was made after the trade arrived counts it: for a late trade that is a revision.
    const found = await findInJournal(
      journal,
      place,
      openAt,
      (event) => event.data.kind === 'bar' && event.instrument === instrument && event.receivedAt >= receivedAt,
    )
    if (found?.event.data.kind !== 'bar')
      return { hop: 'aggregate', missing: now() - receivedAt < CLOSED ? 'second-open' : 'not-in-journal' }
    const { event, offset, writtenAt } = found
    return {
      hop: 'aggregate',
      at: writtenAt ?? event.receivedAt,
      where: `${place.topic}/${place.partition}/${offset}`,
      bar: { openAt, revision: found.event.data.revision },
    }
  }

  const toKafka = async (place: Place, offset: number): Promise<readonly Hop[]> => {
    const standing = options.kafka()
    const { cluster } = standing
    const here = cluster === undefined ? undefined : PRESETS.map((preset) => forwardGroup(cluster, preset))
    const deliveries = newestOfGroups(await journal.deliveries(place, offset)).filter(
      ({ group }) => here === undefined || here.includes(group),
    )
    const own = deliveries.find(({ toTopic }) => toTopic === place.topic)
    const others = deliveries.filter((delivery) => delivery !== own).flatMap((each) => sending(each, offset))
    if (!own) {
      const missing = await unsent(standing, place, offset)
      return [...SENDING.map((hop) => ({ hop, missing })), ...others]
    }
    return [...sending(own, offset), consumed(standing, own, offset), ...others]
  }

  const unsent = async (standing: KafkaStanding, place: Place, offset: number): Promise<HopReason> => {
    const { state, cluster, readOnly, forwards } = standing
    if (state === 'off' || cluster === undefined) return 'no-cluster'
    if (readOnly) return 'read-only'
    if (!forwards) return 'not-forwarded'
    const group = forwardGroup(cluster, 'own')
    const isHere = (each: Place) => each.topic === place.topic && each.partition === place.partition
    if ((await journal.parked(group)).some((each) => isHere(each) && each.offset === offset)) return 'refused'
    const cursor = (await journal.cursors(group)).find(isHere)
    if (cursor && cursor.offset > offset) return 'not-sent'
    return state === 'up' ? 'in-outbox' : 'cluster-away'
  }

  const consumed = (standing: KafkaStanding, delivery: Delivery, offset: number): Hop => {
    const { state, reads } = standing
    const { toTopic: topic, toPartition: partition, ackedAt } = delivery
    const at = recordOf(delivery, offset)
    const time = at && returned.find({ topic, partition }, Number(at.offset))
    if (time !== undefined) return { hop: 'consumed', at: time, ...placed(delivery, offset) }
    if (state === 'off') return { hop: 'consumed', missing: 'no-cluster' }
    if (!reads(topic)) return { hop: 'consumed', missing: 'no-consumer' }
    if (!at || ackedAt < returned.since) return { hop: 'consumed', missing: 'not-kept' }
    return { hop: 'consumed', missing: state === 'up' ? 'not-consumed' : 'cluster-away' }
  }

  const row = async (query: TradeQuery, place: Place, found: Found | undefined): Promise<Hop> => {
    const { instrument, id, at } = query
    const rows = await reader.trades({ instrument: instrument as InstrumentKey, before: at + 1, count: 1_000 })
    if (!rows.some((each) => each.id === id && each.at === at))
      return { hop: 'stored', missing: isFresh(query, found) ? 'not-stored' : 'not-in-store' }
    const time = found && stored.find(place, found.offset)
    return { hop: 'stored', ...(time === undefined ? {} : { at: time }), where: 'market.db' }
  }
  const isFresh = ({ at }: TradeQuery, found: Found | undefined) => now() - (found?.event.receivedAt ?? at) < SETTLED

  return {
    returned(batch, offsets) {
      returned.add(batch, offsets[0]!, offsets.at(-1)!)
    },
    async trade(query) {
      const instrument = query.instrument as InstrumentKey
      const place = placeOf('trades', instrument)
      const found = await findInJournal(
        journal,
        place,
        query.at,
        ({ data, instrument: of }) => of === instrument && data.kind === 'trade' && data.id === query.id,
      )
      const exchange: Hop = { hop: 'exchange', at: query.at }
      const last = await row(query, place, found)
      if (!found) {
        const missing: HopReason = isFresh(query, found) ? 'not-journaled' : 'not-in-journal'
        const hops = ['socket', 'journal', 'aggregate', ...SENDING] as const
        return [exchange, ...hops.map((hop) => ({ hop, missing })), last]
      }
      const { event, offset, writtenAt } = found
      return [
        exchange,
        { hop: 'socket', at: event.receivedAt },
        {
          hop: 'journal',
          ...(writtenAt === undefined ? {} : { at: writtenAt }),
          where: `${place.topic}/${place.partition}/${offset}`,
        },
        await aggregate(event),
        ...(await toKafka(place, offset)),
        last,
      ]
    },
    close: leave,
  }
}

/** What was sent twice counts as it was sent last. */
function newestOfGroups(deliveries: readonly Delivery[]): readonly Delivery[] {
  const groups = new Set<string>()
  return deliveries.filter(({ group }) => !groups.has(group) && groups.add(group))
}

function sending(delivery: Delivery, offset: number): readonly Hop[] {
  const place = placed(delivery, offset)
  return [
    { hop: 'sent', at: delivery.sentAt, ...place },
    { hop: 'acked', at: delivery.ackedAt, ...place },
  ]
}

/** Its record in Kafka; undefined where its batch was split over several partitions. */
function recordOf({ first, last, records, toBase, ...to }: Delivery, offset: number): Hop['record'] {
  if (records !== last - first + 1) return undefined
  return { topic: to.toTopic, partition: to.toPartition, offset: String(BigInt(toBase) + BigInt(offset - first)) }
}

function placed(delivery: Delivery, offset: number): Pick<Hop, 'where' | 'record'> {
  const record = recordOf(delivery, offset)
  const where = `${delivery.toTopic}/${delivery.toPartition}/${record?.offset ?? `from ${delivery.toBase}`}`
  return record ? { where, record } : { where }
}
