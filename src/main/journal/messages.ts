/** What the engine's thread and the journal's thread say to each other. Partitions are indexes of places.ts. */

import type { Millis } from '../../shared/market.ts'
import type { Cursor, Delivered, Delivery, JournalStats, Parked, PartitionEnds, StoredBatch } from './journal.ts'

/** Events of one partition, encoded. */
export interface Part {
  readonly place: number
  readonly count: number
  readonly minAt: Millis
  readonly maxAt: Millis
  readonly bytes: Uint8Array<ArrayBuffer>
}

export type JournalRequest =
  | { readonly kind: 'append'; readonly id: number; readonly parts: readonly Part[] }
  | {
      readonly kind: 'commit'
      readonly id: number
      readonly group: string
      readonly cursors: readonly Cursor[]
      readonly parts: readonly Part[]
      readonly delivered?: Delivered
    }
  /** Where a group stands, told rather than committed; without cursors: it is gone. */
  | { readonly kind: 'group'; readonly group: string; readonly cursors?: readonly Cursor[] }
  | {
      readonly kind: 'read'
      readonly id: number
      readonly place: number
      readonly offset: number
      readonly maxRecords: number
    }
  | { readonly kind: 'ends'; readonly id: number }
  | { readonly kind: 'cursors'; readonly id: number; readonly group: string }
  | { readonly kind: 'backlog'; readonly id: number; readonly place: number; readonly offset: number }
  | { readonly kind: 'groups'; readonly id: number }
  | { readonly kind: 'deliveries'; readonly id: number; readonly place: number; readonly offset: number }
  | { readonly kind: 'parked'; readonly id: number; readonly group: string }
  | { readonly kind: 'caps'; readonly bytes: number }
  /** Once a second: time to trim, and to try again what failed. */
  | { readonly kind: 'tick'; readonly now: Millis }
  | { readonly kind: 'close' }

export type WorkerStats = Omit<JournalStats, 'pending' | 'dropped'>

export type JournalReply =
  | { readonly kind: 'open'; readonly epoch: string; readonly lastAt?: Millis; readonly stats: WorkerStats }
  /** Of an append or a commit: the base offset of each part, −1 where it was dropped. */
  | { readonly kind: 'written'; readonly id: number; readonly bases: readonly number[] }
  | { readonly kind: 'read'; readonly id: number; readonly batches: readonly StoredBatch[] }
  | { readonly kind: 'ends'; readonly id: number; readonly ends: readonly PartitionEnds[] }
  | { readonly kind: 'cursors'; readonly id: number; readonly cursors: readonly Cursor[] }
  | { readonly kind: 'backlog'; readonly id: number; readonly end: number; readonly bytes: number }
  | { readonly kind: 'groups'; readonly id: number; readonly groups: readonly string[] }
  | { readonly kind: 'deliveries'; readonly id: number; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'parked'; readonly id: number; readonly parked: readonly Parked[] }
  | { readonly kind: 'stats'; readonly stats: WorkerStats }
