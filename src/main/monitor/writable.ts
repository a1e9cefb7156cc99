import { FaultError } from '../../shared/faults.ts'
import type { Bus } from '../bus/bus.ts'

/** Throws 'read-only' where the profile allows no writes: the engine refuses them, whatever a page sends. */
export function checkWritable({ profile }: Pick<Bus, 'profile'>): void {
  if (profile.readOnly)
    throw new FaultError(
      'read-only',
      `The profile "${profile.name}" is read-only. Switch that off in the profile to change anything on its cluster.`,
    )
}
