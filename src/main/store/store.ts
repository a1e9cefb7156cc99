/** The store's ports: what the engine asks of the writer thread and of the reader thread. */

import type { Completeness } from '../../shared/export-view.ts'
import type { BarHistory, Coverage, TapeRow } from '../../shared/market-view.ts'
import type { Fault } from '../../shared/faults.ts'
import type { IndexPoint, ItemPage, ItemRow } from '../../shared/items-contract.ts'
import type { IndexFeedId, ItemFeedId } from '../../shared/items.ts'
import type { Bar, Instrument, InstrumentKey, Millis } from '../../shared/market.ts'
import type { Cursor } from '../journal/journal.ts'

export interface StoreStats {
  readonly bytes: number
  readonly trades: number
  /** Journal records not yet stored. */
  readonly behind: number
  readonly fault?: Fault
}

export interface StoreCaps {
  readonly storeBytes: number
  readonly tradeDays: number
  readonly secondDays: number
  /** Absent: items stay. */
  readonly itemDays?: number
}

/** A record that could not be read. */
export interface ParkedRow {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** The record's own time. */
  readonly at: Millis
  readonly reason: string
  /** Header `collector`, or the topic where there is none. */
  readonly collector: string
  readonly value: Uint8Array | null
}

/** Records of one Kafka partition, with the offset behind them. They are stored in one transaction, or not at all. */
export interface Arrival {
  /** Whose offsets these are: cluster and consumer group. */
  readonly group: string
  readonly topic: string
  readonly partition: number
  /** Offset wanted next. */
  readonly next: number
  /** The records by collector, each part in order. `bytes`: one wire line a record (shared/wire.ts). */
  readonly parts: readonly {
    readonly collector: string
    readonly offsets: Float64Array
    readonly bytes: Uint8Array
  }[]
  readonly parked: readonly Omit<ParkedRow, 'topic' | 'partition'>[]
  /** Parked records driven again: they leave the parked ones, and no offset moves. */
  readonly isRetry?: boolean
}

export interface Arrived {
  /** Records before the stored offset: delivered again, not stored again. */
  readonly skipped: number
  /** Trades that were stored already, from another collector or by a producer's repeat. */
  readonly duplicates: number
}

/** The sole writer of market.db, on a thread of its own. It reads the journal itself, from its own cursors on. */
export interface Store {
  /** Up to where the journal was stored when the store was opened. */
  readonly cursors: readonly Cursor[]
  /** The journal has more: read on. Cheap; calls are merged. */
  poke(): void
  /** Called after each transaction with the offsets up to which the journal is stored. */
  onStored(listener: (cursors: readonly Cursor[]) => void): () => void
  /** Replaces what is known of a venue's markets. Those no longer listed are kept, marked. */
  putInstruments(venue: string, instruments: readonly Instrument[]): Promise<void>
  /**
   * Stores what Kafka delivered; resolves when it is committed, however long the disk is in trouble. Records before the
   * group's stored offset are left out. Rejects only when the store closes first.
   */
  take(arrival: Arrival): Promise<Arrived>
  /** Called after each of them that was stored. */
  onArrived(listener: () => void): () => void
  /** Stored offsets of a Kafka group. */
  offsets(group: string): Promise<readonly Cursor[]>
  /** Moves offsets of a Kafka group on command; `undefined` forgets one. */
  moveOffsets(
    group: string,
    offsets: readonly (Omit<Cursor, 'offset'> & { readonly offset: number | undefined })[],
  ): Promise<void>
  parked(group: string): Promise<readonly ParkedRow[]>
  setCaps(caps: StoreCaps): void
  stats(): StoreStats
  /** Stores what the journal has committed so far, then closes. */
  close(): Promise<void>
}

/** Queries on a read-only connection, on a thread of its own. */
export interface Reader {
  instruments(): Promise<readonly Instrument[]>
  /** Stored bars only (own ones), oldest first: see contract 'history.bars'. `complete` and venue candles are the engine's business. */
  bars(query: { instrument: InstrumentKey; interval: Millis; to?: Millis; count: number }): Promise<BarHistory>
  trades(query: { instrument: InstrumentKey; before?: Millis; count: number }): Promise<readonly TapeRow[]>
  coverage(query: { instrument: InstrumentKey; from: Millis; to: Millis }): Promise<Coverage>
  completeness(query: { instrument: InstrumentKey; from: Millis; to: Millis }): Promise<Completeness>
  /**
   * The 1 s bar of the stored trades of one second, with the stored bar's revision + 1. Undefined where that comes out as the
   * stored bar is, or where there is no trade.
   */
  remade(query: { instrument: InstrumentKey; openAt: Millis }): Promise<Bar | undefined>
  /** Whose store this is. */
  meta(): Promise<{ readonly collector: string; readonly demo: boolean }>
  /** Markets that have stored trades, newest activity first. */
  stored(): Promise<readonly { readonly instrument: InstrumentKey; readonly lastAt: Millis }[]>
  /** See contract 'items.list'. */
  items(query: {
    feed?: ItemFeedId | undefined
    symbol?: string | undefined
    text?: string | undefined
    before?: { publishedAt: Millis; key: number } | undefined
    count: number
  }): Promise<ItemPage>
  /** Items stored after the one with that key, in order; without a key only the newest one's. */
  newItems(query: {
    after?: number
    count: number
  }): Promise<{ readonly items: readonly ItemRow[]; readonly last: number }>
  /** Items that arrived since then. */
  knownItems(query: { since: Millis }): Promise<readonly ItemRow[]>
  /** Values of an index since then, oldest first; `daily`: only the last one of each day in UTC. */
  index(query: { feed: IndexFeedId; since: Millis; daily?: boolean }): Promise<readonly IndexPoint[]>
  close(): Promise<void>
}
