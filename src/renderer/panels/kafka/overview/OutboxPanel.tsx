import { Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { OutboxView } from '../../../../shared/kafka-contract.ts'
import { useHealth } from '../../../bridge/health-store.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { useSettings } from '../../../bridge/settings-store.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatBytes, formatRate, NOT_GIVEN } from '../../../ui/format.ts'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import shared from '../parts/parts.module.css'
import { DrillButton } from './DrillButton.tsx'
import { OutboxChart } from './OutboxChart.tsx'
import styles from './Overview.module.css'
import { isBehind, storyOf } from './outbox-story.ts'

/** What waits for the cluster: one sentence, five figures, and the last ninety seconds. */
export function OutboxPanel() {
  const { t } = useTranslation('kafka')
  const outbox = useCluster((cluster) => cluster?.outbox)
  const readOnly = useCluster((cluster) => cluster?.profile?.readOnly ?? false)
  return (
    <Panel
      label={t('outbox.title')}
      head={<PanelTitle>{t('outbox.title')}</PanelTitle>}
      actions={
        outbox && !readOnly ? (
          <span className={shared['actions']}>
            {outbox.parked > 0 && (
              <Chip tone="warn" size="small">
                {t('outbox.parked', { count: outbox.parked })}
              </Chip>
            )}
            <DrillButton />
          </span>
        ) : undefined
      }
    >
      {outbox && !readOnly ? (
        <div className={styles['outbox']}>
          <Sentence />
          <Measures outbox={outbox} />
          <OutboxChart outbox={outbox} />
        </div>
      ) : (
        <EmptyBlock
          icon={<Inbox {...BLOCK_ICON} />}
          title={t(readOnly ? 'outbox.readOnly' : 'outbox.connecting')}
          text={t(readOnly ? 'outbox.readOnlyText' : 'outbox.connectingText')}
        />
      )}
    </Panel>
  )
}

function Sentence() {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  const cluster = useCluster((all) => all)
  const lost = useHealth((health) => health?.journal.dropped ?? 0)
  if (!cluster) return null
  const story = storyOf(cluster, now)
  const whole = (length: number) => format.duration(Math.floor(length / 1_000) * 1_000)
  const values = {
    lost: format.count(lost),
    length: 'length' in story ? whole(story.length) : '',
    drain: 'drain' in story ? whole(story.drain) : '',
    records: 'records' in story ? format.count(story.records) : '',
    safe: 'safe' in story ? format.count(story.safe) : '',
  }
  return (
    <p className={styles['sentence']}>
      <Trans t={t} i18nKey={`outbox.story.${story.kind}`} values={values} components={{ b: <b /> }} />
    </p>
  )
}

function Measures({ outbox }: { readonly outbox: OutboxView }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  const { caps } = useSettings()
  const dropped = useHealth((health) => health?.journal.dropped ?? 0)
  const net = outbox.outPerSecond - outbox.inPerSecond
  const drains = outbox.drainSeconds !== undefined && isBehind(outbox, now)
  return (
    <dl className={styles['measures']}>
      <Measure label={t('outbox.waiting')}>{format.count(outbox.records)}</Measure>
      <Measure label={t('outbox.disk')}>
        {formatBytes(outbox.bytes)} <small>/ {formatBytes(caps.journalBytes)}</small>
      </Measure>
      <Measure label={t('outbox.oldest')}>
        {outbox.oldestAt === undefined ? NOT_GIVEN : format.age(Math.max(0, now - outbox.oldestAt))}
      </Measure>
      <Measure label={t('outbox.sending')}>
        {formatRate(drains ? net : outbox.outPerSecond)} <small>{t(drains ? 'outbox.net' : 'perSecond')}</small>
      </Measure>
      <Measure label={t('outbox.dropped')}>{format.count(dropped)}</Measure>
    </dl>
  )
}

function Measure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
