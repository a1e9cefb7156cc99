import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VenueId } from '../../../shared/market.ts'
import { useVenue } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TabPanel, Tabs } from '../../ui/Tabs.tsx'
import { showFault } from '../../ui/show-fault.ts'
import { showToast } from '../../ui/toasts.ts'
import { LimitList } from './LimitList.tsx'
import { LogView } from './LogView.tsx'
import { SampleList } from './SampleList.tsx'
import { TroubledList } from './TroubledList.tsx'
import styles from './VenueDetails.module.css'

const TABS = ['events', 'samples', 'troubled', 'limits'] as const
type TabId = (typeof TABS)[number]

/** The engine's log, and of the chosen exchange its malformed frames, its markets in trouble and its limits. */
export function VenueDetails({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['health', 'names'])
  const [tab, setTab] = useState<TabId>('events')
  const health = useVenue(venue)
  const name = t(`names:${venue}`)
  const malformed = Object.values(health?.malformed ?? {}).reduce((sum, count) => sum + count, 0)
  const counts = { events: undefined, samples: malformed, troubled: health?.troubled.length ?? 0, limits: undefined }

  const reconnect = () => {
    session.call('health.reconnect', { venue }).then(
      () => showToast({ id: 'reconnect', tone: 'done', title: t('health:reconnecting', { venue: name }) }),
      (error: unknown) => showFault('reconnect', error),
    )
  }

  return (
    <Panel
      label={name}
      head={
        <Tabs
          id="health"
          label={name}
          value={tab}
          tabs={TABS.map((value) => ({ value, label: t(`health:${value}`), count: counts[value] }))}
          onChange={setTab}
        />
      }
      actions={
        <Button
          size="small"
          icon={<RefreshCw {...SMALL_ICON} />}
          disabled={health === undefined || health.state === 'off'}
          onClick={reconnect}
        >
          {t('health:reconnect', { venue: name })}
        </Button>
      }
    >
      <TabPanel id="health" value={tab} className={styles['content']}>
        {tab === 'events' && <LogView />}
        {tab === 'samples' && <SampleList key={`${venue} ${malformed}`} venue={venue} />}
        {tab === 'troubled' && <TroubledList venue={venue} />}
        {tab === 'limits' && <LimitList venue={venue} />}
      </TabPanel>
    </Panel>
  )
}
