import { Check, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ClusterView } from '../../../../shared/kafka-view.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { faultText } from '../../../ui/fault-text.ts'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import styles from './Overview.module.css'

type Broker = ClusterView['brokers'][number]
const NO_BROKERS: readonly Broker[] = []
const NO_RIGHTS: ClusterView['missingRights'] = []
/** As the engine names what a missing right takes away. */
const FEATURES = [
  'list of groups',
  'members of groups',
  'lag of groups',
  'partitions of topics',
  'ends of topics',
] as const
const HEAD = 25
const ROW = 32

/** The brokers, and below them what is wrong with the cluster or this user's rights, or that nothing is. */
export function BrokerPanel() {
  const { t } = useTranslation('kafka')
  const brokers = useCluster((cluster) => cluster?.brokers) ?? NO_BROKERS
  const columns = useColumns()
  return (
    <Panel
      label={t('broker.title')}
      head={
        <PanelTitle>
          {t('broker.title')}
          <span className={shared['count']}>{brokers.length}</span>
        </PanelTitle>
      }
    >
      <div className={styles['brokers']} style={{ height: HEAD + Math.max(1, brokers.length) * ROW }}>
        <DataGrid
          label={t('broker.title')}
          columns={columns}
          rows={brokers}
          row={ROW}
          keyOf={(broker) => String(broker.id)}
        />
      </div>
      <Findings />
    </Panel>
  )
}

function Findings() {
  const { t } = useTranslation('kafka')
  const { t: sayFault } = useTranslation('faults')
  const fault = useCluster((cluster) => cluster?.fault)
  const state = useCluster((cluster) => cluster?.state)
  const rights = useCluster((cluster) => cluster?.missingRights) ?? NO_RIGHTS
  const text = fault && faultText(sayFault, fault)
  const featureName = (told: string) => {
    const known = FEATURES.find((each) => each === told)
    return known ? t(`features.${known}`) : told
  }
  return (
    <ul className={styles['list']}>
      {fault && (
        <li>
          <OctagonAlert {...SMALL_ICON} className={shared['bad']} />
          <span>
            {text?.what} {text?.cure}
            <span className={shared['said']}>{fault.message}</span>
          </span>
        </li>
      )}
      {rights.map(({ right, feature }) => (
        <li key={`${right} ${feature}`}>
          <TriangleAlert {...SMALL_ICON} className={shared['warn']} />
          <span>{t('missingRight', { right, feature: featureName(feature) })}</span>
        </li>
      ))}
      {state === 'up' && rights.length === 0 && (
        <li>
          <Check {...SMALL_ICON} className={shared['ok']} />
          <span>{t('allRights')}</span>
        </li>
      )}
    </ul>
  )
}

function useColumns(): readonly Column<Broker>[] {
  const { t } = useTranslation('kafka')
  const away = useCluster((cluster) => cluster?.state === 'away')
  return [
    {
      id: 'id',
      head: t('broker.id'),
      width: '76px',
      cell: (broker) => (
        <span className={shared['state']}>
          <StateMark mark={away ? 'down' : 'live'} label={t(away ? 'state.away' : 'state.up')} />
          {broker.id}
        </span>
      ),
    },
    {
      id: 'address',
      head: t('broker.address'),
      width: 'minmax(120px, 1fr)',
      full: (broker) => broker.address,
      cell: (broker) => broker.address,
    },
    {
      id: 'role',
      head: t('broker.role'),
      width: '120px',
      cell: (broker) =>
        broker.isController && (
          <Chip tone="accent" size="small">
            {t('broker.controller')}
          </Chip>
        ),
    },
  ]
}
