import { useTranslation } from 'react-i18next'
import { useCluster } from '../../bridge/kafka-store.ts'

/** Why nothing can be written to the cluster just now, in one sentence; undefined where it can. The engine refuses as well. */
export function useWriteBlock(): string | undefined {
  const { t } = useTranslation('kafka')
  const state = useCluster((cluster) => cluster?.state ?? 'off')
  const name = useCluster((cluster) => cluster?.profile?.name ?? '')
  const readOnly = useCluster((cluster) => cluster?.profile?.readOnly ?? false)
  if (state === 'off') return t('blocked.off')
  if (readOnly) return t('blocked.readOnly', { name })
  if (state !== 'up') return t('blocked.away', { name })
  return undefined
}
