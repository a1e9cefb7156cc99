import type { TFunction } from 'i18next'
import { Plus, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { GroupRow } from '../../../../shared/kafka-view.ts'
import type { Heard } from '../../../bridge/kafka-store.ts'
import { lagsOf, useCluster } from '../../../bridge/kafka-store.ts'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatSigned, NOT_GIVEN } from '../../../ui/format.ts'
import { BLOCK_ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import type { Format } from '../../../ui/use-format.ts'
import { useFormat } from '../../../ui/use-format.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { openKafka } from '../kafka-view.ts'
import { DataGrid } from '../parts/DataGrid.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import { LagLine } from './LagLine.tsx'
import { GROUP_MARKS, groupState, keepsUp, lagTone } from './lag-text.ts'

export interface GroupTableProps {
  readonly groups: Heard<readonly GroupRow[]>
  readonly selected: string | undefined
  readonly onSelect: (row: GroupRow) => void
  /** Where the table is a summary: to the whole of the chosen group. */
  readonly onOpen?: (row: GroupRow) => void
}

const NO_GROUPS: readonly GroupRow[] = []

/** The groups with their lag in records and in market time, how it moves, and when it will be cleared. */
export function GroupTable({ groups, selected, onSelect, onOpen }: GroupTableProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const columns = useColumns()
  const away = useCluster((cluster) => cluster?.state === 'away')
  const rows = groups.value ?? NO_GROUPS
  const chosen = rows.find((row) => row.group === selected)
  return (
    <Panel
      label={t('kafka:groups.title')}
      head={
        <PanelTitle>
          {t('kafka:groups.title')}
          <span className={shared['count']}>{rows.length}</span>
        </PanelTitle>
      }
      actions={
        <span className={shared['actions']}>
          <span className={shared['mini']}>{t(away ? 'kafka:groups.stale' : 'kafka:groups.every')}</span>
          {onOpen && (
            <Button size="small" disabled={!chosen} onClick={() => chosen && onOpen(chosen)}>
              {t('shell:details')}
            </Button>
          )}
        </span>
      }
    >
      {groups.fault ? (
        <FaultBlock fault={groups.fault} />
      ) : (
        <DataGrid
          label={t('kafka:groups.title')}
          columns={columns}
          rows={rows}
          row={32}
          least={760}
          keyOf={(row) => row.group}
          selected={selected}
          onSelect={onSelect}
          empty={
            groups.value ? (
              <EmptyBlock
                icon={<Users {...BLOCK_ICON} />}
                title={t(away ? 'kafka:topics.away' : 'kafka:groups.none')}
                text={t(away ? 'kafka:groups.awayText' : 'kafka:groups.noneText')}
                actions={
                  away ? undefined : (
                    <Button size="small" icon={<Plus {...SMALL_ICON} />} onClick={() => openKafka('consumers')}>
                      {t('kafka:consumers.add')}
                    </Button>
                  )
                }
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

function useColumns(): readonly Column<GroupRow>[] {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  return [
    {
      id: 'group',
      head: t('groups.group'),
      width: 'minmax(100px, 1.4fr)',
      full: (row) => row.group,
      cell: (row) => <span className={shared['strong']}>{row.group}</span>,
    },
    { id: 'state', head: t('groups.state'), width: '112px', cell: (row) => <GroupStateWord state={row.state} /> },
    {
      id: 'members',
      head: t('groups.members'),
      width: '74px',
      right: true,
      cell: (row) => row.members ?? <span title={t('groups.membersHidden')}>{NOT_GIVEN}</span>,
    },
    { id: 'lag', head: t('groups.lag'), width: '100px', right: true, cell: (row) => <Lag row={row} /> },
    {
      id: 'seconds',
      head: t('groups.behind'),
      width: '108px',
      right: true,
      cell: (row) => <span className={shared['strong']}>{toSeconds(row.seconds, format)}</span>,
    },
    {
      id: 'slope',
      head: t('groups.slope'),
      width: '84px',
      right: true,
      cell: (row) => (
        <span className={classes(row.slope ? shared['soft'] : shared['dim'])}>
          {row.slope === undefined ? NOT_GIVEN : formatSigned(-row.slope, 0)}
        </span>
      ),
    },
    {
      id: 'line',
      head: t('groups.line'),
      width: '84px',
      cell: (row) => <LagLine points={lagsOf(row.group)} rising={(row.slope ?? 0) < 0} />,
    },
    {
      id: 'clear',
      head: t('groups.clear'),
      width: '96px',
      right: true,
      cell: (row) => <span className={shared['soft']}>{clearText(row, format, clearWords(t))}</span>,
    },
  ]
}

/** The state in a word and a mark. */
export function GroupStateWord({ state: told }: { readonly state: string }) {
  const { t } = useTranslation('kafka')
  const state = groupState(told)
  const tone = state === 'rebalancing' ? 'warn' : state === 'dead' ? 'bad' : state === 'stable' ? 'soft' : 'dim'
  return (
    <span className={classes(shared['state'], shared[tone])} title={told}>
      <StateMark mark={GROUP_MARKS[state]} />
      {t(`groups.states.${state}`)}
    </span>
  )
}

function Lag({ row }: { readonly row: GroupRow }) {
  const { t } = useTranslation('kafka')
  const tone = lagTone(row)
  return (
    <span className={classes(row.lag === '0' ? shared['dim'] : tone && shared[tone])}>
      {formatWhole(row.lag)}
      {row.unknown > 0 && <span title={t('groups.unknown', { count: row.unknown })}> +?</span>}
    </span>
  )
}

/** Seconds of market time: one digit below ten. */
export function toSeconds(seconds: number | undefined, format: Format): string {
  return seconds === undefined ? NOT_GIVEN : format.duration(seconds * 1_000)
}

/** What stands where no time can be told. */
export function clearWords(t: TFunction<'kafka'>) {
  return { never: t('groups.never'), steady: t('groups.steady'), close: t('groups.close') }
}

/** How long until the lag is gone, at the present rates. */
export function clearText(
  row: Pick<GroupRow, 'lag' | 'seconds' | 'slope' | 'clearSeconds'>,
  format: Format,
  words: { readonly never: string; readonly steady: string; readonly close: string },
): string {
  if (row.lag === '0' || row.lag === undefined) return NOT_GIVEN
  if (keepsUp(row)) return words.close
  if (row.clearSeconds !== undefined) return format.duration(Math.ceil(row.clearSeconds) * 1_000)
  return (row.slope ?? 0) < 0 ? words.never : words.steady
}
