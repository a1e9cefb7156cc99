/** The part of the contract about backups of the data folder. */

import { z } from 'zod'
import type { Contract } from './bridge.ts'
import { command, stream } from './contract-makers.ts'
import type { Fault } from './faults.ts'
import type { Millis } from './market.ts'

/** The UTC time at which one was begun; of the same second a number tells them apart. */
export const BACKUP_NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d{1,4})?$/

/** One backup as a list shows it. What is in it is verified when it is made and when it is restored, not for a list. */
export interface BackupRow {
  /** Of its folder: the UTC time at which it was begun. */
  readonly name: string
  /** 'damaged': its own account of itself cannot be read, or a file is missing or cut. 'unfinished': cut off while it was made. */
  readonly state: 'good' | 'damaged' | 'unfinished'
  /** What is wrong with it, in one sentence. */
  readonly problem?: string
  /** When it was begun: what came later is not in it. */
  readonly at?: Millis
  /** Rows of all tables. */
  readonly rows?: number
  readonly bytes?: number
  /** Of all databases together. */
  readonly sha256?: string
}

export interface BackupProgress {
  readonly name: string
  readonly startedAt: Millis
  readonly stage: 'copying' | 'checking'
  /** Of the whole backup, 0 … 1. */
  readonly share: number
}

/** What the last restore came to. 'refused': the data folder is as it was. */
export type RestoreOutcome = { readonly at: Millis; readonly name: string } & (
  | {
      readonly kind: 'restored'
      readonly rows: number
      readonly sha256: string
      /** Where what was there is kept. */
      readonly kept?: string
    }
  | { readonly kind: 'refused'; readonly fault: Fault }
)

export interface BackupView {
  /** Where they lie. */
  readonly folder: string
  /** Newest first. */
  readonly backups: readonly BackupRow[]
  readonly running?: BackupProgress
  /** When the next one is due by the schedule. */
  readonly nextAt?: Millis
  /** Why the newest try failed; absent once one has succeeded. */
  readonly fault?: Fault
  /** Of a restore that this engine was started after. */
  readonly restored?: RestoreOutcome
}

const nothing = z.strictObject({})

export const backupContract = {
  /** Begins a backup and returns its name; how it goes and ends, `backups` tells. Rejects with 'backup-running' while one is made. */
  'backup.start': command(nothing).returns<{ readonly name: string }>(),
  /** Stops the one that is being made; nothing of it stays. */
  'backup.cancel': command(nothing).returns<void>(),
  /**
   * Restores one of these backups: ends the engine, verifies it, puts it in the place of what is stored, which is kept, and
   * starts again. Pages lose their connection and come back; what it came to is in `backups`.
   */
  'backup.restore': command(
    z.strictObject({ name: z.string().regex(BACKUP_NAME, 'must be the name of a backup') }),
  ).returns<void>(),
  backups: stream(nothing).of<BackupView>(),
} satisfies Contract
