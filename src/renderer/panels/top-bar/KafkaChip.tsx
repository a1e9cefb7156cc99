import { Database, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ClusterView } from '../../../shared/kafka-view.ts'
import { useCluster } from '../../bridge/kafka-store.ts'
import { Chip } from '../../ui/Chip.tsx'
import { runCommand } from '../../ui/commands.ts'
import { isBehind } from '../kafka/overview/outbox-story.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './TopBar.module.css'

/** Kafka in a word: off, connected, draining, or away; opens its page. */
export function KafkaChip() {
  const { t } = useTranslation(['shell', 'kafka'])
  const cluster = useCluster((all) => all)
  const off = !cluster?.profile
  const text = off
    ? t('shell:builtInLogHint')
    : t('kafka:chip.name', {
        name: cluster.environment ? t('kafka:environment') : cluster.profile?.name,
        state: t(`kafka:state.${cluster.state}`),
      })
  return (
    <Tooltip text={text}>
      <button type="button" className={styles['kafka']} onClick={() => runCommand('page.open', 'kafka')}>
        {off ? (
          <Chip size="tall">
            <Database {...SMALL_ICON} />
            {t('shell:builtInLog')}
            <span className={styles['dim']}>·</span>
            <b>{t('shell:kafkaOff')}</b>
          </Chip>
        ) : (
          <ClusterChip cluster={cluster} />
        )}
      </button>
    </Tooltip>
  )
}

function ClusterChip({ cluster }: { readonly cluster: ClusterView }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  const { outbox, state, since, profile } = cluster
  const name = cluster.environment ? t('environment') : profile?.name
  const dot = <span className={styles['dim']}>·</span>
  const records = format.count(outbox?.records ?? 0)
  if (state === 'away')
    return (
      <Chip tone="bad" size="tall">
        <Share2 {...SMALL_ICON} />
        {t('chip.away', { age: format.age(Math.max(0, now - since)) })}
        {outbox && (
          <>
            {dot}
            {t('chip.safe', { records })}
          </>
        )}
      </Chip>
    )
  const drains = outbox?.drainSeconds !== undefined && isBehind(outbox, now)
  return (
    <Chip tone={drains ? 'accent' : 'plain'} size="tall">
      <Share2 {...SMALL_ICON} />
      {drains ? (
        name
      ) : (
        <>
          Kafka <b>{name}</b>
        </>
      )}
      {dot}
      {drains ? (
        <>
          <b>{records}</b> ▼ {format.duration(Math.ceil(outbox.drainSeconds ?? 0) * 1_000)}
        </>
      ) : outbox && state === 'up' && !profile?.readOnly ? (
        <>
          {t('chip.outbox')} <b>{records}</b>
        </>
      ) : (
        t(state === 'up' && profile?.readOnly ? 'chip.readOnly' : 'chip.connecting')
      )}
    </Chip>
  )
}
