import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsumerView, GroupRow } from '../../../../shared/kafka-view.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { formatRate, NOT_GIVEN } from '../../../ui/format.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { formatWhole, sum } from '../parts/whole.ts'
import { isFarBehind } from '../groups/lag-text.ts'
import { useProfiles } from '../use-profiles.ts'
import styles from './Overview.module.css'
import { isBehind } from './outbox-story.ts'

export interface ClusterFiguresProps {
  readonly groups: readonly GroupRow[] | undefined
  readonly consumers: readonly ConsumerView[] | undefined
}

/** Seven figures of the cluster. Each keeps its place when it is not known. */
export function ClusterFigures({ groups, consumers }: ClusterFiguresProps) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const cluster = useCluster((all) => all)
  const asked = useProfiles().profiles.find((each) => each.id === cluster?.profile?.id)?.brokers.length
  const now = useNow()
  const outbox = cluster?.profile?.readOnly ? undefined : cluster?.outbox
  const drainSeconds = outbox && isBehind(outbox, now) ? outbox.drainSeconds : undefined
  const furthest = groups?.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))[0]
  const unknown = groups?.reduce((total, group) => total + group.unknown, 0) ?? 0
  const known = cluster?.brokers.length ?? 0
  return (
    <dl className={styles['figures']}>
      <StateFigure />
      <Figure label={t('figures.brokers')} value={cluster?.state === 'up' ? String(known) : NOT_GIVEN}>
        {asked !== undefined && cluster?.state !== 'up' && t('figures.asked', { count: asked })}
      </Figure>
      <Figure label={t('figures.publishing')} value={outbox ? formatRate(outbox.outPerSecond) : NOT_GIVEN}>
        {outbox && t('perSecond')}
        {outbox?.ack && ` · p99 ${format.delay(outbox.ack.p99)}`}
      </Figure>
      <Figure
        label={t('figures.consuming')}
        value={consumers ? formatRate(consumers.reduce((total, each) => total + each.perSecond, 0)) : NOT_GIVEN}
      >
        {consumers && t('perSecond')}
      </Figure>
      <Figure
        label={t('figures.lag')}
        value={groups ? formatWhole(sum(groups.map((group) => group.lag))) : NOT_GIVEN}
        tone={unknown > 0 ? 'warn' : undefined}
      >
        {groups && (unknown > 0 ? t('figures.unknown', { count: unknown }) : t('records'))}
      </Figure>
      <Figure
        label={t('figures.furthest')}
        value={furthest?.seconds === undefined ? NOT_GIVEN : format.duration(furthest.seconds * 1_000)}
        tone={furthest && isFarBehind(furthest) ? 'bad' : undefined}
      >
        {furthest?.group}
      </Figure>
      <Figure
        label={t('figures.outbox')}
        value={outbox ? format.count(outbox.records) : NOT_GIVEN}
        tone={drainSeconds === undefined ? undefined : 'accent'}
      >
        {outbox &&
          (drainSeconds === undefined
            ? t('records')
            : `▼ ${t('figures.drain', { length: format.duration(Math.ceil(drainSeconds) * 1_000) })}`)}
      </Figure>
    </dl>
  )
}

function StateFigure() {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  const state = useCluster((cluster) => cluster?.state ?? 'off')
  const since = useCluster((cluster) => cluster?.since ?? 0)
  return (
    <Figure label={t('figures.state')} value={t(`state.${state}`)} tone={state === 'away' ? 'bad' : undefined}>
      {format.duration(Math.max(0, Math.floor((now - since) / 1_000) * 1_000))}
    </Figure>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: string
  readonly tone?: 'warn' | 'bad' | 'accent' | undefined
  readonly children?: ReactNode
}

function Figure({ label, value, tone, children }: FigureProps) {
  return (
    <div className={styles['figure']}>
      <dt>{label}</dt>
      <dd>
        {value}
        {children && <small className={tone && styles[tone]}>{children}</small>}
      </dd>
    </div>
  )
}
