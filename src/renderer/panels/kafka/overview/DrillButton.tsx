import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { session } from '../../../bridge/session.ts'
import { SECOND } from '../../../../shared/market.ts'
import { Button } from '../../../ui/Button.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { useNow } from '../../../ui/use-now.ts'
import { act } from '../parts/act.ts'

const LENGTH = 60

/** Cuts the connection to the cluster for a minute, so that one can see the outbox hold; pressed again, it comes back at once. */
export function DrillButton() {
  const { t } = useTranslation('kafka')
  const now = useNow()
  const state = useCluster((cluster) => cluster?.state)
  const until = useCluster((cluster) => cluster?.drillUntil)
  const cut = (seconds: number) => void act('drill', () => session.call('kafka.drill', { seconds }))
  if (until !== undefined)
    return (
      <Button size="small" onClick={() => cut(0)}>
        {t('drill.end', { seconds: Math.max(0, Math.ceil((until - now) / SECOND)) })}
      </Button>
    )
  if (state !== 'up') return undefined
  return (
    <span title={t('drill.hint')}>
      <Button size="small" kind="ghost" icon={<Unplug {...SMALL_ICON} />} onClick={() => cut(LENGTH)}>
        {t('drill.begin', { seconds: LENGTH })}
      </Button>
    </span>
  )
}
