/** The store's ports: what the engine asks of the writer thread and of the reader thread. */

import type { BarHistory, Completeness, Coverage, TapeRow } from '../../shared/contract.ts'
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
  /** Values of an index since then, oldest first. */
  index(query: { feed: IndexFeedId; since: Millis }): Promise<readonly IndexPoint[]>
  close(): Promise<void>
}
