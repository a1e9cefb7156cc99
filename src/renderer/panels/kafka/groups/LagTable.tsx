import { useTranslation } from 'react-i18next'
import type { LagRow } from '../../../../shared/kafka-view.ts'
import { classes } from '../../../ui/classes.ts'
import { NOT_GIVEN } from '../../../ui/format.ts'
import { useFormat } from '../../../ui/use-format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import { toSeconds } from './GroupTable.tsx'

const NOTE_TONES: Readonly<Record<NonNullable<LagRow['note']>, 'dim' | 'warn' | 'bad'>> = {
  'never-committed': 'dim',
  'retention-passed': 'bad',
  leaderless: 'bad',
  deleted: 'dim',
  unknown: 'warn',
}

/** A group's lag by partition. Where there is no number, the note says why. */
export function LagTable({ rows }: { readonly rows: readonly LagRow[] }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  return (
    <DataGrid
      label={t('groups.partitions')}
      columns={columns}
      rows={rows}
      least={840}
      keyOf={(row) => `${row.topic} ${row.partition}`}
    />
  )
}

function useColumns(): readonly Column<LagRow>[] {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  return [
    {
      id: 'topic',
      head: t('topics.topic'),
      width: 'minmax(120px, 1fr)',
      full: (row) => row.topic,
      cell: (row) => row.topic,
    },
    { id: 'partition', head: t('partition'), width: '70px', right: true, cell: (row) => row.partition },
    {
      id: 'committed',
      head: t('groups.committed'),
      width: '94px',
      right: true,
      cell: (row) => <span className={shared['soft']}>{formatWhole(row.committed)}</span>,
    },
    {
      id: 'end',
      head: t('groups.end'),
      width: '94px',
      right: true,
      cell: (row) => <span className={shared['soft']}>{formatWhole(row.end)}</span>,
    },
    {
      id: 'lag',
      head: t('groups.lag'),
      width: '92px',
      right: true,
      cell: (row) => (row.lag === undefined ? '?' : formatWhole(row.lag)),
    },
    {
      id: 'seconds',
      head: t('groups.behind'),
      width: '100px',
      right: true,
      cell: (row) => toSeconds(row.seconds, format),
    },
    {
      id: 'member',
      head: t('groups.member'),
      width: 'minmax(150px, 1fr)',
      full: (row) => row.member,
      cell: (row) => <span className={shared['soft']}>{row.member ?? NOT_GIVEN}</span>,
    },
    {
      id: 'note',
      head: t('groups.note'),
      width: 'minmax(110px, 0.8fr)',
      full: (row) => row.note && t(`groups.notes.${row.note}`),
      cell: (row) =>
        row.note && <span className={classes(shared[NOTE_TONES[row.note]])}>{t(`groups.notes.${row.note}`)}</span>,
    },
  ]
}
