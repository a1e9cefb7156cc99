/** What the engine's thread and the store's threads say to each other. */

import type { Cursor } from '../journal/journal.ts'
import type { Fault } from '../../shared/faults.ts'
import type { Instrument, Millis } from '../../shared/market.ts'
import type { Queries } from './history/queries.ts'
import type { Arrived, Arrival, ParkedRow, Store, StoreCaps, StoreStats } from './store.ts'

export type StoreRequest =
  | { readonly kind: 'poke' }
  /** Once a second: time to prune, and to try again what failed. */
  | { readonly kind: 'tick'; readonly now: Millis }
  | {
      readonly kind: 'instruments'
      readonly id: number
      readonly venue: string
      readonly instruments: readonly Instrument[]
    }
  | { readonly kind: 'caps'; readonly caps: StoreCaps }
  | ConsumerRequest
  | { readonly kind: 'close' }

/** What Kafka's consumers ask: each waits until it can be done. */
export type ConsumerRequest =
  | { readonly kind: 'arrive'; readonly id: number; readonly arrival: Arrival }
  | { readonly kind: 'offsets' | 'parked'; readonly id: number; readonly group: string }
  | {
      readonly kind: 'move-offsets'
      readonly id: number
      readonly group: string
      readonly offsets: Parameters<Store['moveOffsets']>[1]
    }
export type ConsumerAnswer = Arrived | readonly Cursor[] | readonly ParkedRow[] | 'moved'

export type StoreReply =
  | { readonly kind: 'open'; readonly cursors: readonly Cursor[]; readonly stats: StoreStats }
  /** A transaction is committed. */
  | { readonly kind: 'stored'; readonly cursors: readonly Cursor[]; readonly stats: StoreStats }
  /** Everything there was at the last poke has been dealt with. */
  | { readonly kind: 'idle'; readonly stats: StoreStats }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: ConsumerAnswer }

/** One of the reader's queries. */
export interface QueryRequest {
  readonly id: number
  readonly name: keyof Queries
  readonly query: unknown
}
export type QueryReply =
  | { readonly kind: 'open' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly fault: Fault }
