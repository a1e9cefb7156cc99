import { Pencil, Plus, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../../../../shared/faults.ts'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { Button } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { classes } from '../../../ui/classes.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatRate } from '../../../ui/format.ts'
import { BLOCK_ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'

export interface ConsumerTableProps {
  readonly consumers: readonly ConsumerView[] | undefined
  readonly fault: Fault | undefined
  readonly selected: string | undefined
  readonly onSelect: (name: string) => void
  readonly onAdd: () => void
  readonly onEdit: () => void
}

const NO_CONSUMERS: readonly ConsumerView[] = []

/** Each consumer's counts: what it read, stored twice or not at all. */
export function ConsumerTable(props: ConsumerTableProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const { consumers, fault, selected, onSelect, onAdd, onEdit } = props
  const columns = useColumns()
  const add = (
    <Button size="small" icon={<Plus {...SMALL_ICON} />} onClick={onAdd}>
      {t('kafka:consumers.add')}
    </Button>
  )
  return (
    <Panel
      label={t('kafka:consumers.title')}
      head={
        <PanelTitle>
          {t('kafka:consumers.title')}
          <span className={shared['count']}>{consumers?.length}</span>
        </PanelTitle>
      }
      actions={
        <span className={shared['actions']}>
          {add}
          <Button size="small" icon={<Pencil {...SMALL_ICON} />} disabled={selected === undefined} onClick={onEdit}>
            {t('kafka:consumers.edit')}
          </Button>
        </span>
      }
    >
      {fault ? (
        <FaultBlock fault={fault} />
      ) : (
        <DataGrid
          label={t('kafka:consumers.title')}
          columns={columns}
          rows={consumers ?? NO_CONSUMERS}
          row={32}
          least={980}
          keyOf={(row) => row.name}
          selected={selected}
          onSelect={(row) => onSelect(row.name)}
          toneOf={(row) => (row.on ? undefined : 'dim')}
          empty={
            consumers ? (
              <EmptyBlock
                icon={<Users {...BLOCK_ICON} />}
                title={t('kafka:consumers.none')}
                text={t('kafka:consumers.noneText')}
                actions={add}
              />
            ) : (
              <EmptyBlock icon={<Spinner label={t('shell:loading')} />} title="" />
            )
          }
        />
      )}
    </Panel>
  )
}

function useColumns(): readonly Column<ConsumerView>[] {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const count = (id: string, head: string, of: (row: ConsumerView) => number, tone?: string): Column<ConsumerView> => ({
    id,
    head,
    width: '112px',
    right: true,
    cell: (row) => (
      <span className={classes(of(row) === 0 ? shared['dim'] : tone && shared[tone])}>{format.count(of(row))}</span>
    ),
  })
  return [
    {
      id: 'name',
      head: t('consumers.name'),
      width: 'minmax(140px, 1.2fr)',
      full: (row) => row.name,
      cell: (row) => <span className={shared['strong']}>{row.name}</span>,
    },
    { id: 'state', head: t('groups.state'), width: '150px', cell: (row) => <ConsumerState consumer={row} /> },
    {
      id: 'group',
      head: t('groups.group'),
      width: 'minmax(120px, 1fr)',
      full: (row) => row.group,
      cell: (row) => <span className={shared['soft']}>{row.group}</span>,
    },
    {
      id: 'way',
      head: t('consumers.way'),
      width: '168px',
      cell: (row) => (
        <Chip size="small">
          {t(`consumers.bus.${row.bus}`)} → {t(`consumers.sink.${row.sink}`)}
        </Chip>
      ),
    },
    {
      id: 'members',
      head: t('groups.members'),
      width: '78px',
      right: true,
      cell: (row) => row.members.filter((member) => member.state !== 'gone').length,
    },
    {
      id: 'rate',
      head: t('topics.rate'),
      width: '90px',
      right: true,
      cell: (row) => formatRate(row.perSecond),
    },
    count('processed', t('consumers.processed'), (row) => row.processed),
    count('duplicates', t('consumers.duplicates'), (row) => row.duplicates),
    count('parked', t('consumers.parked'), (row) => row.parked, 'warn'),
    count('lost', t('consumers.lost'), (row) => row.lost, 'bad'),
  ]
}

function ConsumerState({ consumer }: { readonly consumer: ConsumerView }) {
  const { t } = useTranslation('kafka')
  const worst = (['stuck', 'crashed', 'waiting', 'joining'] as const).find((state) =>
    consumer.members.some((member) => member.state === state),
  )
  if (!consumer.on) return <Word mark="off" tone="dim" text={t('consumers.off')} />
  if (worst === 'stuck' || worst === 'crashed') return <Word mark="down" tone="bad" text={t(`member.${worst}`)} />
  if (worst) return <Word mark="silent" tone="warn" text={t(`member.${worst}`)} />
  return <Word mark="live" tone="soft" text={t('member.running')} />
}

interface WordProps {
  readonly mark: 'live' | 'silent' | 'down' | 'off'
  readonly tone: 'soft' | 'warn' | 'bad' | 'dim'
  readonly text: string
}

function Word({ mark, tone, text }: WordProps) {
  return (
    <span className={classes(shared['state'], shared[tone])}>
      <StateMark mark={mark} />
      {text}
    </span>
  )
}
