/** Collects events until there is a group worth committing, and keeps them until the thread says where they are. */

import type { InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import type { TopicId } from '../../shared/topics.ts'
import { TOPICS, murmur2 } from '../../shared/topics.ts'
import { encodeBatch } from '../../shared/wire.ts'
import type { Cursor, Delivered, LiveBatch } from './journal.ts'
import type { Losses } from './losses.ts'
import { createLosses } from './losses.ts'
import type { JournalRequest, Part } from './messages.ts'
import type { TopicPlace } from './places.ts'
import { MAX_PENDING } from './policy.ts'

export interface Intake {
  append(topic: TopicId, events: readonly MarketEvent[]): void
  appendToAll(topic: TopicId, event: MarketEvent): void
  commit(
    group: string,
    cursors: readonly Cursor[],
    topic: TopicId,
    events: readonly MarketEvent[],
    delivered?: Delivered,
  ): Promise<void>
  /** The thread's answer to a message: the base offset of each part, −1 where it was not kept. */
  written(id: number, bases: readonly number[]): void
  /** Ends every commit that has no answer yet. */
  fail(error: Error): void
  /** Sends what waits, without regard to what is under way. */
  flush(): void
  stop(): void
  readonly pending: number
  readonly dropped: number
  /** Events were dropped, lately, because the thread is slower than they come. */
  readonly slow: boolean
}

/** A commit takes a few milliseconds of the 20 that an event may wait. */
const GROUP_DELAY: Millis = 12
const GROUP_RECORDS = 1_000
/** Messages under way to the thread. More would only make its transactions smaller. */
const IN_FLIGHT = 3

/** Events of one partition on their way. The first `told` are gaps that tell of losses. */
interface Group {
  readonly place: number
  readonly events: readonly MarketEvent[]
  readonly told: number
}
interface Sent {
  readonly groups: readonly Group[]
  /** Bytes of each group's part. */
  bytes?: readonly number[]
  readonly settle?: { resolve: () => void; reject: (error: Error) => void }
}

export function createIntake(
  places: readonly TopicPlace[],
  send: (request: JournalRequest, transfer: ArrayBuffer[]) => void,
  committed: (batch: LiveBatch) => void,
): Intake {
  const waiting: MarketEvent[][] = places.map(() => [])
  const losses = new Map<number, Losses>()
  for (const [index, place] of places.entries()) if (place.id === 'trades') losses.set(index, createLosses())
  const firstPlace = new Map<TopicId, number>()
  for (const [index, place] of places.entries()) if (place.partition === 0) firstPlace.set(place.id, index)
  const hashes = new Map<InstrumentKey, number>()
  const sent = new Map<number, Sent>()
  let waitingCount = 0
  let sentCount = 0
  let dropped = 0
  let slow = false
  let ids = 0
  let timer: NodeJS.Timeout | undefined

  const indexOf = (topic: TopicId, instrument: InstrumentKey): number => {
    let hash = hashes.get(instrument)
    if (hash === undefined) {
      hash = murmur2(instrument) & 0x7fffffff
      hashes.set(instrument, hash)
    }
    return firstPlace.get(topic)! + (hash % TOPICS[topic].partitions)
  }

  const drop = (place: number, events: readonly MarketEvent[], told: number) => {
    dropped += events.length - told
    losses.get(place)?.add(events, told)
  }

  const queue = (place: number, event: MarketEvent) => {
    if (waitingCount + sentCount >= MAX_PENDING) {
      slow = true
      return drop(place, [event], 0)
    }
    waiting[place]!.push(event)
    waitingCount += 1
  }

  const due = () => {
    if (waitingCount === 0) return
    if (waitingCount >= GROUP_RECORDS && sent.size < IN_FLIGHT) flush()
    else timer ??= setTimeout(flushDue, GROUP_DELAY)
  }
  const flushDue = () => {
    timer = undefined
    if (sent.size < IN_FLIGHT) flush()
    // Otherwise the next answer sends it.
  }

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waitingCount === 0) return
    const groups: Group[] = []
    for (const [place, events] of waiting.entries()) {
      if (events.length === 0) continue
      const told = losses.get(place)?.take() ?? []
      groups.push({ place, events: told.length > 0 ? [...told, ...events] : events, told: told.length })
      waiting[place] = []
    }
    waitingCount = 0
    post({ groups }, (id, parts) => ({ kind: 'append', id, parts }))
  }

  const post = (entry: Sent, request: (id: number, parts: readonly Part[]) => JournalRequest) => {
    ids += 1
    const parts = entry.groups.map(toPart)
    // Sent parts are gone from this thread, their length with them.
    entry.bytes = parts.map((part) => part.bytes.length)
    for (const group of entry.groups) sentCount += group.events.length
    sent.set(ids, entry)
    send(
      request(ids, parts),
      parts.map((part) => part.bytes.buffer),
    )
  }

  return {
    append(topic, events) {
      for (const event of events) queue(indexOf(topic, event.instrument), event)
      due()
    },
    appendToAll(topic, event) {
      const first = firstPlace.get(topic)!
      for (let partition = 0; partition < TOPICS[topic].partitions; partition += 1) queue(first + partition, event)
      due()
    },
    commit(group, cursors, topic, events, delivered) {
      // What was appended before comes before.
      if (events.length > 0) flush()
      const groups = new Map<number, MarketEvent[]>()
      for (const event of events) {
        const place = indexOf(topic, event.instrument)
        const known = groups.get(place)
        if (known) known.push(event)
        else groups.set(place, [event])
      }
      return new Promise((resolve, reject) => {
        const entry = {
          groups: [...groups].map(([place, members]) => ({ place, events: members, told: 0 })),
          settle: { resolve, reject },
        }
        post(entry, (id, parts) => ({
          kind: 'commit',
          id,
          group,
          cursors,
          parts,
          ...(delivered && { delivered }),
        }))
      })
    },
    written(id, bases) {
      const entry = sent.get(id)
      if (!entry) return
      sent.delete(id)
      slow = false
      for (const [index, { place, events, told }] of entry.groups.entries()) {
        sentCount -= events.length
        const base = bases[index]!
        if (base < 0) drop(place, events, told)
        else {
          const { topic, partition } = places[place]!
          committed({ topic, partition, base, events, bytes: entry.bytes?.[index] ?? 0 })
        }
      }
      entry.settle?.resolve()
      // While messages were under way more has come together than one of them holds.
      if (timer === undefined) due()
    },
    fail(error) {
      for (const entry of sent.values()) entry.settle?.reject(error)
      sent.clear()
      sentCount = 0
    },
    flush,
    stop: () => clearTimeout(timer),
    get pending() {
      return waitingCount + sentCount
    },
    get dropped() {
      return dropped
    },
    get slow() {
      return slow
    },
  }
}

function toPart({ place, events }: Group): Part {
  let minAt = Infinity
  let maxAt = -Infinity
  for (const { at } of events) {
    if (at < minAt) minAt = at
    if (at > maxAt) maxAt = at
  }
  return { place, count: events.length, minAt, maxAt, bytes: encodeBatch(events) }
}
