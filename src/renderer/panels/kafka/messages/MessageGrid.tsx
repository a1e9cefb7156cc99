import { SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageRow } from '../../../../shared/kafka-view.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatBytes } from '../../../ui/format.ts'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import styles from './Messages.module.css'
import { excerpt, placeOf } from './record-text.ts'
import { markRows, openRow, useScan } from './scan.ts'

/** The records found, oldest first. A tail stays at its newest row unless it is paused or a row is open. */
export function MessageGrid() {
  const { t } = useTranslation(['kafka', 'shell'])
  const rows = useScan((state) => state.tail.rows)
  const open = useScan((state) => state.open)
  const running = useScan((state) => state.running)
  const stick = useScan((state) => state.query?.follow === true && state.running && !state.paused && !state.open)
  const columns = useColumns()
  return (
    <DataGrid
      label={t('kafka:messages.title')}
      columns={columns}
      rows={rows}
      least={860}
      stick={stick}
      keyOf={placeOf}
      selected={open}
      onSelect={(row) => openRow(placeOf(row))}
      empty={
        running ? (
          <EmptyBlock icon={<Spinner label={t('shell:loading')} />} title={t('kafka:messages.searching')} />
        ) : (
          <EmptyBlock
            icon={<SearchX {...BLOCK_ICON} />}
            title={t('kafka:messages.none')}
            text={t('kafka:messages.noneText')}
          />
        )
      }
    />
  )
}

function useColumns(): readonly Column<MessageRow>[] {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const marked = useScan((state) => state.marked)
  const rows = useScan((state) => state.tail.rows)
  const all = rows.length > 0 && rows.every((row) => marked.has(placeOf(row)))
  return [
    {
      id: 'mark',
      head: (
        <Checkbox
          label={<span className="visually-hidden">{t('messages.markAll')}</span>}
          checked={all}
          onChange={(on) => markRows(rows.map(placeOf), on)}
        />
      ),
      width: '44px',
      cell: (row) => (
        <span className={styles['mark']} onClick={(event) => event.stopPropagation()}>
          <Checkbox
            label={<span className="visually-hidden">{t('messages.mark', { place: placeOf(row) })}</span>}
            checked={marked.has(placeOf(row))}
            onChange={(on) => markRows([placeOf(row)], on)}
          />
        </span>
      ),
    },
    {
      id: 'at',
      head: t('messages.time'),
      width: '190px',
      cell: (row) => `${format.date(row.at)} ${format.clockMillis(row.at)}`,
    },
    { id: 'partition', head: t('partition'), width: '74px', right: true, cell: (row) => row.partition },
    { id: 'offset', head: t('messages.offset'), width: '116px', right: true, cell: (row) => formatWhole(row.offset) },
    {
      id: 'key',
      head: t('messages.key'),
      width: 'minmax(140px, 0.35fr)',
      full: (row) => row.key ?? undefined,
      cell: (row) => row.key ?? <span className={shared['dim']}>null</span>,
    },
    { id: 'value', head: t('messages.value'), width: 'minmax(200px, 1fr)', cell: (row) => <Value row={row} /> },
    {
      id: 'size',
      head: t('messages.size'),
      width: '84px',
      right: true,
      cell: (row) => <span className={shared['dim']}>{formatBytes(row.valueBytes)}</span>,
    },
  ]
}

function Value({ row }: { readonly row: MessageRow }) {
  const { t } = useTranslation('kafka')
  if (row.value === null) return <span className={`${styles['value']} ${styles['null']}`}>null</span>
  return (
    <span className={styles['value']}>
      {row.binary && `${t('messages.binary')} `}
      {excerpt(row)}
    </span>
  )
}
