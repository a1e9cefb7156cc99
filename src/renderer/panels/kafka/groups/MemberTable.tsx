import { EyeOff, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '../../../../shared/kafka-view.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { listPartitions } from '../parts/partitions.ts'
import { groupReasonText } from '../parts/reason-text.ts'

type Member = NonNullable<GroupDetail['memberRows']>[number]

/** The members of a group and what each reads. Members that this client cannot see are not the same as none. */
export function MemberTable({ detail }: { readonly detail: GroupDetail }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  if (!detail.memberRows)
    return (
      <EmptyBlock
        icon={<EyeOff {...BLOCK_ICON} />}
        title={t('groups.membersHidden')}
        text={t('groups.membersHiddenText')}
      />
    )
  return (
    <DataGrid
      label={t('groups.memberRows')}
      columns={columns}
      rows={detail.memberRows}
      keyOf={(row) => row.id}
      empty={
        <EmptyBlock icon={<Users {...BLOCK_ICON} />} title={t('groups.noMembers')} text={t('groups.noMembersText')} />
      }
    />
  )
}

function useColumns(): readonly Column<Member>[] {
  const { t } = useTranslation('kafka')
  const { t: sayFault } = useTranslation('faults')
  const whyIdle = ({ idle }: Member) => (idle ? groupReasonText(t, sayFault, idle) : t('groups.idle'))
  return [
    {
      id: 'client',
      head: t('groups.client'),
      width: 'minmax(120px, 1fr)',
      full: (row) => row.id,
      cell: (row) => <span className={shared['strong']}>{row.clientId}</span>,
    },
    {
      id: 'host',
      head: t('groups.host'),
      width: '140px',
      cell: (row) => <span className={shared['soft']}>{row.host}</span>,
    },
    {
      id: 'reads',
      head: t('groups.reads'),
      width: 'minmax(160px, 2fr)',
      full: (row) => (row.assigned.length > 0 ? listPartitions(row.assigned) : whyIdle(row)),
      cell: (row) =>
        row.assigned.length > 0 ? listPartitions(row.assigned) : <span className={shared['dim']}>{whyIdle(row)}</span>,
    },
  ]
}
