import { FaultError } from '../../shared/faults.ts'

/** What whoever works on a backup hears and tells meanwhile. */
export interface BackupHooks {
  /** True once somebody has asked to stop. */
  stopped(): boolean
  /** So many more bytes are dealt with. */
  onBytes(bytes: number): void
}

/** For those who neither stop nor look. */
export const NO_HOOKS: BackupHooks = { stopped: () => false, onBytes: () => undefined }

/** Throws 'cancelled' where somebody has asked to stop. */
export function checkStopped(hooks: Pick<BackupHooks, 'stopped'>): void {
  if (hooks.stopped()) throw new FaultError('cancelled', 'The backup was stopped. Nothing of it was left behind.')
}
