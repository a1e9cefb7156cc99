/** What each part knows of the trades: the emulator sent them, the journal kept them, the topic and the store have them. */

import Database from 'better-sqlite3'
import type { SentTrade } from '../../src/main/emulator/spawn.ts'
import { EMULATED } from '../../src/main/emulator/venues.ts'
import { openJournalReader } from '../../src/main/journal/read-journal.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import { TOPICS, partitionOf } from '../../src/shared/topics.ts'
import { decodeBatch } from '../../src/shared/wire.ts'
import { toClient } from '../kafka/client.ts'
import type { History } from './history-checker.ts'

const TRADES = TOPICS.trades

/** A record as the topic holds it. */
export interface TopicRecord {
  readonly partition: number
  readonly key: string
  readonly value: string
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
}

/** All records of a collector in the trades topic, each partition in order. */
export async function readTopic(brokers: readonly string[], collector: string): Promise<readonly TopicRecord[]> {
  const client = toClient(brokers)
  const admin = client.admin()
  const consumer = client.consumer({ groupId: `check-${collector}-${Date.now()}` })
  const records: TopicRecord[] = []
  try {
    await admin.connect()
    const ends = new Map(
      (await admin.fetchTopicOffsets(TRADES.name)).map(({ partition, high }) => [partition, Number(high)]),
    )
    const left = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition))
    await consumer.connect()
    await consumer.subscribe({ topic: TRADES.name, fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      if (left.size === 0) resolve()
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error)
      })
      consumer
        .run({
          eachBatch: async ({ batch: { partition, messages } }) => {
            for (const { key, value, timestamp, headers = {} } of messages) {
              const texts = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]))
              if (texts['collector'] === collector)
                records.push({
                  partition,
                  key: String(key),
                  value: String(value),
                  at: Number(timestamp),
                  headers: texts,
                })
            }
            if (Number(messages.at(-1)?.offset ?? -1) + 1 >= ends.get(partition)!) left.delete(partition)
            if (left.size === 0) resolve()
          },
        })
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
    await admin.disconnect()
  }
  return records
}

/** A record of the journal and its name: header `record` of each delivery. */
export interface JournalRecord {
  readonly name: string
  readonly event: MarketEvent
  /** When it was committed. */
  readonly writtenAt: number
}

/** The journal's records of the trades topic, each partition in order. */
export function readJournal(file: string): readonly JournalRecord[] {
  const journal = openJournalReader(file)
  try {
    return Array.from({ length: TRADES.partitions }, (_, partition) =>
      journal.read({ topic: TRADES.name, partition }, 0, Infinity).flatMap(({ base, bytes, writtenAt = 0 }) =>
        decodeBatch(bytes).map((event, index) => ({
          name: `${journal.epoch}/${partition}/${base + index}`,
          event,
          writtenAt,
        })),
      ),
    ).flat()
  } finally {
    journal.close()
  }
}

/** By key, the names of the journal's records: what was to be delivered. Clock records are in each partition. */
export function namesOfJournal(records: readonly JournalRecord[]): History {
  return collect(records.map(({ name, event }) => [laneOf(event.instrument, name), name]))
}

/** By key, the names of a topic's records: what was delivered. */
export function namesOfTopic(records: readonly TopicRecord[]): History {
  return collect(records.map(({ key, headers: { record = '' } }) => [laneOf(key, record), record]))
}

function laneOf(key: string, name: string): string {
  return `${key} ${name.split('/')[1]}`
}

/** By market, the ids of a topic's trades. */
export function tradesOfTopic(records: readonly TopicRecord[]): History {
  return tradesOf(records.map(({ value }) => JSON.parse(value) as MarketEvent))
}

export function tradesOfJournal(records: readonly JournalRecord[]): History {
  return tradesOf(records.map(({ event }) => event))
}

/** The trades of the store by market, in no order that matters. */
export function tradesOfStore(file: string): History {
  const db = new Database(file, { readonly: true })
  try {
    return collect(
      db
        .prepare<[], [string, string]>(
          'SELECT i.key, t.id FROM trades AS t JOIN instruments AS i ON i.id = t.instrument ORDER BY t.at',
        )
        .raw()
        .all(),
    )
  } finally {
    db.close()
  }
}

/** The trades that were handed to a socket. */
export function tradesOfEmulator(trades: readonly SentTrade[]): History {
  return collect(trades.filter(({ sent }) => sent > 0).map(({ venue, market, id }) => [keyOf(venue, market), id]))
}

/** Each venue spells its symbols in its own way; the emulator's tables say what they are. */
const KEYS = new Map<string, string>(
  EMULATED.flatMap(({ id, markets }) =>
    markets.map(({ symbol, base, quote }) => [`${id} ${symbol}`, `${id}:${base}/${quote}`] as const),
  ),
)

function keyOf(venue: string, market: string): string {
  return KEYS.get(`${venue} ${market}`) ?? `${venue}:${market}`
}

function tradesOf(events: readonly MarketEvent[]): History {
  return collect(
    events.flatMap(({ instrument, data }) => (data.kind === 'trade' ? [[instrument, data.id] as const] : [])),
  )
}

function collect(entries: readonly (readonly [key: string, name: string])[]): History {
  const history = new Map<string, string[]>()
  for (const [key, name] of entries) {
    const names = history.get(key)
    if (names) names.push(name)
    else history.set(key, [name])
  }
  return history
}

/** The node that leads the partition of a market's trades. */
export async function leaderOfTrades(brokers: readonly string[], instrument: string): Promise<number> {
  const admin = toClient(brokers).admin()
  await admin.connect()
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [TRADES.name] })
    const partition = partitionOf(instrument, TRADES.partitions)
    return topics[0]!.partitions.find(({ partitionId }) => partitionId === partition)!.leader
  } finally {
    await admin.disconnect()
  }
}
