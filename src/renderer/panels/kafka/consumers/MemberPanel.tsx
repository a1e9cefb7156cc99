import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatRate } from '../../../ui/format.ts'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { listPartitions } from '../parts/partitions.ts'
import { groupReasonText } from '../parts/reason-text.ts'
import { MEMBER_MARKS } from './LaneView.tsx'

type Member = ConsumerView['members'][number]
const NO_MEMBERS: readonly Member[] = []

/** A consumer's members: state, what each reads, and why one has nothing to do. */
export function MemberPanel({ consumer }: { readonly consumer: ConsumerView | undefined }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  const members = consumer?.members.filter((member) => member.state !== 'gone') ?? NO_MEMBERS
  return (
    <Panel
      label={t('groups.memberRows')}
      head={
        <PanelTitle>
          {t('groups.memberRows')}
          <span className={shared['count']}>{members.length}</span>
        </PanelTitle>
      }
    >
      <DataGrid
        label={t('groups.memberRows')}
        columns={columns}
        rows={members}
        row={30}
        keyOf={(row) => row.id}
        empty={<EmptyBlock icon={<Users {...BLOCK_ICON} />} title={t('lanes.noMember')} />}
      />
    </Panel>
  )
}

function useColumns(): readonly Column<Member>[] {
  const { t } = useTranslation('kafka')
  const { t: sayFault } = useTranslation('faults')
  const away = useCluster((cluster) => cluster?.state === 'away')
  const why = ({ state, reason }: Member): string | undefined => {
    if (away && state === 'waiting') return t('member.waitingCluster')
    return reason && groupReasonText(t, sayFault, reason)
  }
  return [
    {
      id: 'id',
      head: t('groups.member'),
      width: 'minmax(110px, 1fr)',
      full: (row) => row.id,
      cell: (row) => <span className={shared['strong']}>{row.id}</span>,
    },
    {
      id: 'state',
      head: t('groups.state'),
      width: '118px',
      cell: (row) => (
        <span className={shared['state']}>
          <StateMark mark={MEMBER_MARKS[row.state]} />
          {t(`member.${row.state}`)}
        </span>
      ),
    },
    {
      id: 'reads',
      head: t('groups.reads'),
      width: 'minmax(160px, 2fr)',
      full: (row) => why(row) ?? listPartitions(row.assigned),
      cell: (row) => {
        const reason = why(row)
        return reason ? <span className={shared['dim']}>{reason}</span> : listPartitions(row.assigned)
      },
    },
    { id: 'rate', head: t('topics.rate'), width: '92px', right: true, cell: (row) => formatRate(row.perSecond) },
  ]
}
