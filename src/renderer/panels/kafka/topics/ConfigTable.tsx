import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'

export interface ConfigRow {
  readonly name: string
  readonly value: string
  readonly source: string
  readonly readOnly: boolean
}

const SOURCES = ['default', 'topic', 'broker'] as const

/** The settings of a topic, those set for it first. */
export function ConfigTable({ rows }: { readonly rows: readonly ConfigRow[] }) {
  const { t } = useTranslation('kafka')
  const columns = useColumns()
  const sorted = rows.toSorted(
    (a, b) => Number(b.source === 'topic') - Number(a.source === 'topic') || a.name.localeCompare(b.name),
  )
  return (
    <DataGrid
      label={t('topics.tab.configs')}
      columns={columns}
      rows={sorted}
      keyOf={(row) => row.name}
      empty={
        <EmptyBlock icon={<Lock {...BLOCK_ICON} />} title={t('topics.noConfigs')} text={t('topics.noConfigsText')} />
      }
    />
  )
}

function useColumns(): readonly Column<ConfigRow>[] {
  const { t } = useTranslation('kafka')
  return [
    {
      id: 'name',
      head: t('topics.config'),
      width: 'minmax(160px, 1fr)',
      full: (row) => row.name,
      cell: (row) => <span className={row.source === 'topic' ? shared['strong'] : shared['soft']}>{row.name}</span>,
    },
    {
      id: 'value',
      head: t('topics.value'),
      width: 'minmax(140px, 1fr)',
      full: (row) => row.value,
      cell: (row) => <span className={shared['mono']}>{row.value}</span>,
    },
    {
      id: 'source',
      head: t('topics.source'),
      width: '116px',
      cell: (row) => {
        const source = SOURCES.find((each) => each === row.source)
        return <span className={shared['dim']}>{source ? t(`topics.sources.${source}`) : row.source}</span>
      },
    },
  ]
}
