/** A sink's port: where the records of a consumer group go. Each sink is one small file behind it. */

import type { InBatch } from '../bus/bus.ts'
import type { ParkedRow } from '../store/store.ts'

/** What became of a batch. Records that are in none of these counts were taken in for the first time. */
export interface Taken {
  /** Delivered or stored before: not stored again. */
  readonly duplicates: number
  /** Collected by this folder itself: stored from the journal already. */
  readonly own: number
  /** Could not be read; kept with the reason. */
  readonly parked: number
}

/** A place to go on reading from; `undefined`: forget it. */
export interface Rewind {
  readonly topic: string
  readonly partition: number
  readonly offset: number | undefined
}

export interface ConsumeSink {
  /** Where this sink itself goes on, as it is kept with its data; undefined: it has nothing of that partition yet. */
  resumeAt(topic: string, partition: number): Promise<bigint | undefined>
  /** Resolves when the batch is kept for good, or `commitAt` tells up to where. Batches of a partition come one after the other. */
  take(batch: InBatch): Promise<Taken>
  /** Up to where records are kept, where that may be before the end of the newest batch. */
  commitAt?(topic: string, partition: number): bigint | undefined
  parked(): Promise<readonly ParkedRow[]>
  /** Tries the parked records again. */
  retry(): Promise<{ readonly stored: number; readonly left: number }>
  /** Moves where it goes on, on command. */
  rewind(places: readonly Rewind[]): Promise<void>
  /** Keeps what waits, so that every running `take` resolves. Nothing may be taken afterwards. */
  close(): Promise<void>
}
