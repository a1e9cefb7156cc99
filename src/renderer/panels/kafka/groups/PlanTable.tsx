import { useTranslation } from 'react-i18next'
import type { Offset } from '../../../../shared/kafka-view.ts'
import { classes } from '../../../ui/classes.ts'
import { MINUS, NOT_GIVEN } from '../../../ui/format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole, minus } from '../parts/whole.ts'

export interface PlanRow {
  readonly topic: string
  readonly partition: number
  readonly now?: Offset
  readonly then: Offset
}

/** What a reset would change: now → then, and by how many records. */
export function PlanTable({ rows }: { readonly rows: readonly PlanRow[] }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  return (
    <DataGrid label={t('reset.plan')} columns={columns} rows={rows} keyOf={(row) => `${row.topic} ${row.partition}`} />
  )
}

function Change({ row }: { readonly row: PlanRow }) {
  if (row.now === undefined) return <span className={shared['dim']}>{NOT_GIVEN}</span>
  const change = minus(row.then, row.now)
  const back = change.startsWith('-')
  const text = back ? MINUS + formatWhole(change.slice(1)) : change === '0' ? '0' : `+${formatWhole(change)}`
  return <span className={classes(change === '0' && shared['dim'])}>{text}</span>
}

function useColumns(): readonly Column<PlanRow>[] {
  const { t } = useTranslation('kafka')
  return [
    {
      id: 'topic',
      head: t('topics.topic'),
      width: 'minmax(120px, 1fr)',
      full: (row) => row.topic,
      cell: (row) => row.topic,
    },
    { id: 'partition', head: t('partition'), width: '74px', right: true, cell: (row) => row.partition },
    {
      id: 'now',
      head: t('reset.now'),
      width: '108px',
      right: true,
      cell: (row) => <span className={shared['soft']}>{formatWhole(row.now)}</span>,
    },
    {
      id: 'then',
      head: t('reset.then'),
      width: '120px',
      right: true,
      cell: (row) => <b>→ {formatWhole(row.then)}</b>,
    },
    {
      id: 'change',
      head: t('reset.change'),
      width: '108px',
      right: true,
      cell: (row) => <Change row={row} />,
    },
  ]
}
