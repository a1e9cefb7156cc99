/** The topics as data: what travels in each, how it is keyed and split, and how long it is kept. */

import type { MarketData, Millis } from './market.ts'
import { DAY, HOUR } from './market.ts'

export interface Topic {
  readonly name: string
  readonly kinds: readonly MarketData['kind'][]
  readonly partitions: number
  /** How long the journal keeps it where no cursor needs it, and the default retention of the Kafka topic. */
  readonly retention: Millis
  /** Version of the records' schema, in header `schema`. */
  readonly schema: string
}

export const TOPICS = {
  /** Trades, with the gap and clock records that tell when they are complete. */
  trades: {
    name: 'tapedeck.trades.v1',
    kinds: ['trade', 'gap', 'clock'],
    partitions: 3,
    retention: DAY,
    schema: 'tapedeck.trades.v1',
  },
  tickers: {
    name: 'tapedeck.tickers.v1',
    kinds: ['ticker'],
    partitions: 3,
    retention: HOUR,
    schema: 'tapedeck.tickers.v1',
  },
  /** Top 15 levels, at most twice a second per market. */
  books: { name: 'tapedeck.books.v1', kinds: ['book'], partitions: 3, retention: HOUR, schema: 'tapedeck.books.v1' },
  bars: { name: 'tapedeck.bars-1s.v1', kinds: ['bar'], partitions: 3, retention: DAY, schema: 'tapedeck.bars-1s.v1' },
} as const satisfies Record<string, Topic>

/** Levels a side of the books topic's records. */
export const TOPIC_BOOK_LEVELS = 15

export type TopicId = keyof typeof TOPICS

/** The name a topic has on the bus: the demo's begin with 'demo.', so that simulated data can never be taken for real. */
export function topicName(topic: Topic, demo: boolean): string {
  return demo ? `demo.${topic.name}` : topic.name
}

/** The topic in which a kind of event travels. */
export function topicOf(kind: MarketData['kind']): TopicId {
  switch (kind) {
    case 'trade':
    case 'gap':
    case 'clock':
      return 'trades'
    case 'ticker':
      return 'tickers'
    case 'book':
      return 'books'
    case 'bar':
      return 'bars'
  }
}

/** Java's murmur2 of the key's UTF-8 bytes: the hash of Kafka's default partitioner, so that every client agrees. */
export function murmur2(key: string): number {
  const bytes = new TextEncoder().encode(key)
  const length = bytes.length
  const m = 0x5bd1e995
  let h = (0x9747b28c ^ length) | 0
  let i = 0
  for (; i + 4 <= length; i += 4) {
    let k =
      (bytes[i]! & 0xff) |
      ((bytes[i + 1]! & 0xff) << 8) |
      ((bytes[i + 2]! & 0xff) << 16) |
      ((bytes[i + 3]! & 0xff) << 24)
    k = Math.imul(k, m)
    k ^= k >>> 24
    k = Math.imul(k, m)
    h = Math.imul(h, m) ^ k
  }
  const rest = length - i
  if (rest >= 3) h ^= (bytes[i + 2]! & 0xff) << 16
  if (rest >= 2) h ^= (bytes[i + 1]! & 0xff) << 8
  if (rest >= 1) {
    h ^= bytes[i]! & 0xff
    h = Math.imul(h, m)
  }
  h ^= h >>> 13
  h = Math.imul(h, m)
  h ^= h >>> 15
  return h | 0
}

/** The partition of a key, as Kafka's default partitioner chooses it. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}
