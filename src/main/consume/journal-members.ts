import type { MarketEvent } from '../../shared/market.ts'
import { encodeEvent } from '../../shared/wire.ts'
import type { InBatch, InRecord, Member, MemberOptions } from '../bus/bus.ts'
import type { Cursor, Journal, PartitionEnds, Place } from '../journal/journal.ts'
import type { Subscription } from '../journal/local-bus.ts'
import { createLocalBus } from '../journal/local-bus.ts'
import { placeKey } from '../journal/places.ts'
import { createTopicTest } from './topic-patterns.ts'

interface Seat {
  readonly options: MemberOptions
  subscription: Subscription | undefined
}

interface Group {
  readonly seats: Seat[]
  generation: number
  moving: Promise<void>
}

/** The journal's name for a group of consumers, apart from the engine's own groups. */
export function journalGroup(group: string): string {
  return `consume:${group}`
}

/**
 * Consumer groups over the built-in log, with no cluster: partitions are dealt out among the members in this process, anew
 * whenever one comes or goes. It is no coordinator for other programs.
 */
export function createJournalMembers(journal: Journal): (options: MemberOptions) => Member {
  const bus = createLocalBus(journal)
  const groups = new Map<string, Group>()
  let named = 0

  const deal = async (group: Group, name: string): Promise<void> => {
    group.generation += 1
    const seats = [...group.seats]
    for (const { options } of seats) options.onEvent({ at: Date.now(), kind: 'rebalancing' })
    await Promise.all(seats.flatMap(({ subscription }) => (subscription ? [subscription.close()] : [])))
    const known = await journal.cursors(journalGroup(name))
    const ends = await journal.ends()
    for (const [index, seat] of seats.entries()) {
      const { options } = seat
      const isWanted = createTopicTest(options.topics)
      const assigned = ends.filter(({ topic }) => isWanted(topic)).filter((_, at) => at % seats.length === index)
      const cursors: Cursor[] = []
      for (const place of assigned) cursors.push({ ...toPlace(place), offset: await beginAt(options, place, known) })
      journal.setGroup(journalGroup(name), merge(known, cursors))
      seat.subscription = bus.readFrom(cursors, async ({ topic, partition, base, events }) => {
        const end = BigInt(base + events.length)
        await options.onBatch(toBatch({ topic, partition }, base, events, end))
        const offset = Number(options.commitAt?.(topic, partition) ?? end)
        await journal.commit(journalGroup(name), [{ topic, partition, offset }])
      })
      options.onEvent({ at: Date.now(), kind: 'joined', assigned: assigned.map(toPlace), generation: group.generation })
    }
  }
  const changed = (name: string): Promise<void> => {
    const group = groups.get(name)!
    group.moving = group.moving.then(() => deal(group, name))
    return group.moving
  }

  return (options) => {
    named += 1
    const seat: Seat = { options, subscription: undefined }
    let group = groups.get(options.group)
    if (!group) groups.set(options.group, (group = { seats: [], generation: 0, moving: Promise.resolve() }))
    const { seats } = group
    seats.push(seat)
    void changed(options.group)
    const leave = async (): Promise<void> => {
      if (!seats.includes(seat)) return
      seats.splice(seats.indexOf(seat), 1)
      await seat.subscription?.close()
      await changed(options.group)
    }
    return { id: `journal-${named}`, close: leave, kill: () => void leave() }
  }
}

function toPlace({ topic, partition }: Place): Place {
  return { topic, partition }
}

async function beginAt(
  { resumeAt, start, onGone }: MemberOptions,
  { topic, partition, start: first, end }: PartitionEnds,
  known: readonly Cursor[],
): Promise<number> {
  const own = await resumeAt(topic, partition)
  const committed = known.find((cursor) => cursor.topic === topic && cursor.partition === partition)?.offset
  const wanted = own === undefined ? committed : Number(own)
  if (wanted !== undefined) {
    if (wanted < first) onGone?.({ topic, partition, from: BigInt(wanted), to: BigInt(first) })
    return Math.max(wanted, first)
  }
  if (start === 'latest') return end
  if (typeof start === 'object' && 'offset' in start) return Math.min(Math.max(start.offset, first), end)
  return first
}

function merge(known: readonly Cursor[], moved: readonly Cursor[]): readonly Cursor[] {
  return [...new Map([...known, ...moved].map((cursor) => [placeKey(cursor), cursor])).values()]
}

function toBatch({ topic, partition }: Place, base: number, events: readonly MarketEvent[], end: bigint): InBatch {
  const records = events.map((event, index): InRecord => ({
    topic,
    partition,
    offset: BigInt(base + index),
    key: Buffer.from(event.instrument),
    value: Buffer.from(encodeEvent(event)),
    headers: {},
    timestamp: event.at,
  }))
  return { topic, partition, records, end }
}
