import { Rows3 } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TopicRow } from '../../../../shared/kafka-view.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { classes } from '../../../ui/classes.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatRate, NOT_GIVEN } from '../../../ui/format.ts'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { Input } from '../../../ui/Input.tsx'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import type { Answer } from '../parts/use-answer.ts'
import { formatWhole } from '../parts/whole.ts'
import { filterTopics, indexTopics } from './topic-filter.ts'
import type { TopicRows } from './use-topic-rows.ts'
import { useTopicRows } from './use-topic-rows.ts'
import styles from './Topics.module.css'

export interface TopicListProps {
  readonly names: Answer<readonly string[]>
  readonly selected: string | undefined
  readonly onSelect: (name: string) => void
}

const NO_NAMES: readonly string[] = []
const OURS = /^(demo\.)?(tapedeck\.|cointicker\.|Region\.|(bit_topic|stock_trade|crypto-data)$)/

/** Every topic of the cluster by name; details of those in sight. */
export function TopicList({ names, selected, onSelect }: TopicListProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const format = useFormat()
  const [query, setQuery] = useState('')
  const [which, setWhich] = useState<'all' | 'ours'>('all')
  const wanted = useDeferredValue(query)
  const away = useCluster((cluster) => cluster?.state !== 'up')
  const index = useMemo(() => indexTopics(names.value ?? NO_NAMES), [names.value])
  const shown = useMemo(
    () => filterTopics(index, wanted, which === 'ours' ? (name) => OURS.test(name) : undefined),
    [index, wanted, which],
  )
  const rows = useTopicRows()
  const { look } = rows
  const onSight = useCallback((first: number, last: number) => look(shown.slice(first, last)), [look, shown])
  const columns = useColumns(rows)
  const nothing = names.value ? (
    <EmptyBlock
      icon={<Rows3 {...BLOCK_ICON} />}
      title={t(query === '' ? 'kafka:topics.none' : 'kafka:topics.noMatch')}
      text={query === '' ? t('kafka:topics.noneText') : t('kafka:topics.noMatchText', { query })}
    />
  ) : (
    <EmptyBlock
      icon={<Spinner label={t('shell:loading')} />}
      title={away ? t('kafka:topics.away') : ''}
      {...(away ? { text: t('kafka:topics.awayText') } : {})}
    />
  )
  return (
    <Panel
      label={t('kafka:topics.title')}
      head={
        <PanelTitle>
          {t('kafka:topics.title')}
          <span className={shared['count']}>
            {names.value &&
              (shown.length === index.names.length
                ? format.count(shown.length)
                : `${format.count(shown.length)} / ${format.count(index.names.length)}`)}
          </span>
        </PanelTitle>
      }
    >
      <div className={shared['tools']}>
        <Input
          type="search"
          className={styles['filter']}
          aria-label={t('kafka:topics.filter')}
          placeholder={t('kafka:topics.filter')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Segmented
          size="small"
          label={t('kafka:topics.which')}
          value={which}
          options={[
            { value: 'all', label: t('kafka:topics.all') },
            { value: 'ours', label: t('kafka:topics.ours') },
          ]}
          onChange={setWhich}
        />
      </div>
      {names.fault && !names.value ? (
        <FaultBlock fault={names.fault} onRetry={names.again} />
      ) : (
        <div className={styles['table']}>
          <DataGrid
            label={t('kafka:topics.title')}
            columns={columns}
            rows={shown}
            least={620}
            keyOf={(name) => name}
            selected={selected}
            onSelect={onSelect}
            onSight={onSight}
            empty={nothing}
          />
        </div>
      )}
    </Panel>
  )
}

function useColumns(rows: TopicRows): readonly Column<string>[] {
  const { t } = useTranslation('kafka')
  const number = (id: string, head: string, width: string, show: (row: TopicRow) => React.ReactNode) => ({
    id,
    head,
    width,
    right: true,
    cell: (name: string) => {
      const row = rows.of(name)
      return row ? show(row) : <span className={shared['dim']}>{NOT_GIVEN}</span>
    },
  })
  return [
    {
      id: 'name',
      head: t('topics.topic'),
      width: 'minmax(180px, 1fr)',
      full: (name) => name,
      cell: (name) => <span className={name.startsWith('__') ? shared['dim'] : shared['strong']}>{name}</span>,
    },
    number('partitions', t('topics.partitions'), '84px', (row) => row.partitions ?? NOT_GIVEN),
    number('replication', t('topics.replication'), '80px', (row) => (
      <span className={classes(row.replication === 1 && shared['warn'])}>{row.replication ?? NOT_GIVEN}</span>
    )),
    number('health', t('topics.trouble'), '120px', (row) => <Trouble row={row} />),
    number('records', t('topics.records'), '126px', (row) => formatWhole(row.records)),
    number('rate', t('topics.rate'), '88px', (row) =>
      row.perSecond === undefined ? NOT_GIVEN : formatRate(row.perSecond),
    ),
  ]
}

function Trouble({ row }: { readonly row: TopicRow }) {
  const { t } = useTranslation('kafka')
  if (row.leaderless) return <span className={shared['bad']}>{t('topics.leaderless', { count: row.leaderless })}</span>
  if (row.underReplicated)
    return <span className={shared['warn']}>{t('topics.under', { count: row.underReplicated })}</span>
  return <span className={shared['dim']}>{row.underReplicated === undefined ? NOT_GIVEN : '0'}</span>
}
