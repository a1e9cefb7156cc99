import { useTranslation } from 'react-i18next'
import type { PartitionRow } from '../../../../shared/kafka-view.ts'
import { classes } from '../../../ui/classes.ts'
import { NOT_GIVEN } from '../../../ui/format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole, minus } from '../parts/whole.ts'

/** The partitions of a topic: who leads, who has copies, what lies in them. */
export function PartitionTable({ rows }: { readonly rows: readonly PartitionRow[] }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  return (
    <DataGrid
      label={t('topics.tab.partitions')}
      columns={columns}
      rows={rows}
      least={640}
      keyOf={(row) => String(row.partition)}
    />
  )
}

function useColumns(): readonly Column<PartitionRow>[] {
  const { t } = useTranslation('kafka')
  return [
    { id: 'partition', head: t('partition'), width: '84px', cell: (row) => `P${row.partition}` },
    {
      id: 'leader',
      head: t('topics.leader'),
      width: '84px',
      right: true,
      cell: (row) => row.leader ?? <span className={shared['bad']}>{t('topics.noLeader')}</span>,
    },
    {
      id: 'replicas',
      head: t('topics.replicas'),
      width: 'minmax(80px, 1fr)',
      cell: (row) => <span className={shared['soft']}>{row.replicas.join(', ')}</span>,
    },
    {
      id: 'inSync',
      head: t('topics.inSync'),
      width: 'minmax(80px, 1fr)',
      cell: (row) => {
        const missing = row.replicas.length - row.inSync.length
        return (
          <span className={classes(missing > 0 ? shared['warn'] : shared['soft'])}>
            {row.inSync.join(', ') || NOT_GIVEN}
            {missing > 0 && ` (−${missing})`}
          </span>
        )
      },
    },
    { id: 'start', head: t('topics.start'), width: '106px', right: true, cell: (row) => formatWhole(row.start) },
    { id: 'end', head: t('topics.end'), width: '106px', right: true, cell: (row) => formatWhole(row.end) },
    {
      id: 'records',
      head: t('topics.records'),
      width: '112px',
      right: true,
      cell: (row) =>
        formatWhole(row.start === undefined || row.end === undefined ? undefined : minus(row.end, row.start)),
    },
  ]
}
