/** The journal's port: a durable log of record batches, on a thread of its own. The local bus is made of it. */

import type { MarketEvent, Millis } from '../../shared/market.ts'
import type { Fault } from '../../shared/faults.ts'

/** A journal partition, by bus topic name. */
export interface Place {
  readonly topic: string
  readonly partition: number
}

/** Events that have been committed together, in order: offsets base … base + events.length − 1. */
export interface CommittedBatch extends Place {
  readonly base: number
  readonly events: readonly MarketEvent[]
}

/** A batch at the moment of its commitment. */
export interface LiveBatch extends CommittedBatch {
  /** What it takes in the journal. */
  readonly bytes: number
}

/** A row of the journal as stored. */
export interface StoredBatch extends Place {
  readonly base: number
  readonly count: number
  /** Least and greatest `at` in it. */
  readonly minAt: Millis
  readonly maxAt: Millis
  /** When it was committed. Absent where an earlier version wrote it. */
  readonly writtenAt?: Millis
  /** Newline-separated wire records (shared/wire.ts). */
  readonly bytes: Uint8Array
}

/** The next offset a group wants of a partition. */
export interface Cursor extends Place {
  readonly offset: number
}

export interface PartitionEnds extends Place {
  /** First offset still held. */
  readonly start: number
  /** Offset the next record will get. */
  readonly end: number
}

/** Records first … last of a partition that another log has acknowledged: `records` of them lie there in a row. */
export interface Delivery extends Place {
  readonly group: string
  readonly first: number
  readonly last: number
  readonly toTopic: string
  readonly toPartition: number
  /** Offset there of the first of them. */
  readonly toBase: string
  /** Less than last − first + 1 where the partition was split over several there. */
  readonly records: number
  readonly sentAt: Millis
  readonly ackedAt: Millis
}

/** A record that another log will not take, with the reason and its bytes. */
export interface Parked extends Place {
  readonly offset: number
  readonly toTopic: string
  readonly at: Millis
  readonly reason: string
  readonly bytes: Uint8Array
}

/** What a group tells beside its cursors. */
export interface Delivered {
  readonly deliveries: readonly Omit<Delivery, 'group'>[]
  readonly parked: readonly Parked[]
}

export interface JournalStats {
  readonly bytes: number
  readonly records: number
  /** Events appended and not yet committed. */
  readonly pending: number
  /** Events that could not be kept (quota, disk), since the start. */
  readonly dropped: number
  readonly fault?: Fault
}

export interface Journal {
  /** Names this journal's offsets: a file that was made anew has another one. */
  readonly epoch: string
  /** Names its places for whoever remembers them elsewhere: another one once an older journal has been restored, whose offsets come anew. */
  readonly name: string
  /** Time of the newest record that it held when it was opened: since then nobody was watching. */
  readonly lastAt: Millis | undefined
  /**
   * Queues events for a topic (by id of shared/topics.ts, split by their instrument's partition). They are committed
   * together with whatever else waits, at the latest 20 ms or 1,000 records from now.
   */
  append(topic: 'trades' | 'tickers' | 'books' | 'bars' | 'items', events: readonly MarketEvent[]): void
  /** Queues one event for every partition of a topic: clock records. */
  appendToAll(topic: 'trades', event: MarketEvent): void
  /** Called once per committed batch, in offset order per partition. */
  onCommitted(listener: (batch: LiveBatch) => void): () => void
  /** Up to `maxRecords` (at least one batch if there is any) from an offset on. */
  read(place: Place, offset: number, maxRecords: number): Promise<readonly StoredBatch[]>
  ends(): Promise<readonly PartitionEnds[]>
  /** Records from an offset to the end of a place: where that end is, and their bytes. */
  backlog(place: Place, offset: number): Promise<{ readonly end: number; readonly bytes: number }>
  /** All groups that have cursors. */
  groups(): Promise<readonly string[]>
  cursors(group: string): Promise<readonly Cursor[]>
  /**
   * Moves a group's cursors and appends what it derived (its output), in one transaction. While the disk is in trouble it
   * waits; it rejects only when the journal closes first.
   */
  commit(
    group: string,
    cursors: readonly Cursor[],
    output?: { topic: 'bars'; events: readonly MarketEvent[] },
    delivered?: Delivered,
  ): Promise<void>
  /** Where a record went, newest delivery first. Empty: not delivered, or too long ago. */
  deliveries(place: Place, offset: number): Promise<readonly Delivery[]>
  /** Records that a group could not deliver, newest first, at most 1,000. */
  parked(group: string): Promise<readonly Parked[]>
  /** Says that a group exists and where it stands, so that trimming waits for it; `undefined` cursors: it is gone. */
  setGroup(group: string, cursors: readonly Cursor[] | undefined): void
  setCaps(caps: { readonly bytes: number }): void
  stats(): JournalStats
  /** Commits what waits and closes the file. */
  close(): Promise<void>
}
