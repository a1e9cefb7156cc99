import type { RestoreOutcome } from '../shared/backup-contract.ts'
import type { SecretStore } from './secrets/secret-store.ts'

/** What the engine needs of its host: the few things that Electron and a plain Node process do in different ways. */
export interface HostPort {
  readonly kind: 'electron' | 'headless'
  /** Where passwords and keys are kept. */
  readonly secrets: SecretStore
  /** The machine goes to sleep and wakes. Absent where the host hears nothing of it: the engine then goes by its clock. */
  onPower?(listener: (state: 'suspended' | 'resumed') => void): () => void
  /** Ends this engine and starts one in the other folder. Resolves before it happens, so that the answer still gets out. */
  switchMode(to: 'live' | 'demo'): Promise<void>
  /** Ends this engine, restores, and starts it again whatever came of it. Resolves before it happens, as `switchMode` does. */
  restore(run: () => Promise<RestoreOutcome>): Promise<void>
  /** What the last restore came to, since this host was started. */
  readonly restored: RestoreOutcome | undefined
}
