import type { BackupProgress } from '../../shared/backup-contract.ts'
import type { Fault } from '../../shared/faults.ts'
import type { BackupJob, MadeBackup } from './make-backup.ts'

/** What a backup's thread is started with. */
export interface BackupThreadData extends BackupJob {
  /** One Int32: anything but 0 asks the thread to stop. Shared, because a copying thread reads no messages. */
  readonly cancel: SharedArrayBuffer
}

export type BackupMessage =
  | { readonly kind: 'progress'; readonly progress: BackupProgress }
  | { readonly kind: 'done'; readonly made: MadeBackup }
  | { readonly kind: 'failed'; readonly fault: Fault }
