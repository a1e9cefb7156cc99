/** The cluster profiles that the page shows: the saved ones, and the one that the environment makes. */

import { useMemo } from 'react'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import { useCluster } from '../../bridge/kafka-store.ts'
import { useSettings } from '../../bridge/settings-store.ts'

/** Id of the profile that KAFKA_BOOTSTRAP_SERVERS makes; it is never saved. */
export const FROM_ENVIRONMENT = 'environment'

export interface Profiles {
  readonly profiles: readonly ClusterProfile[]
  /** Id of the one in use; null: the built-in log alone. */
  readonly active: string | null
}

/** The environment's profile is in use wherever there is one, whatever is saved. */
export function useProfiles(): Profiles {
  const { profiles, active } = useSettings().kafka
  const told = useCluster((cluster) => cluster?.environment && JSON.stringify(cluster.environment))
  return useMemo(() => {
    if (told === undefined) return { profiles, active }
    const made = JSON.parse(told) as ClusterProfile
    return { profiles: [...profiles.filter(({ id }) => id !== made.id), made], active: made.id }
  }, [profiles, active, told])
}
