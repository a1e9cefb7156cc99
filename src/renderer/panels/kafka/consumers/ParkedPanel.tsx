import { CircleCheck, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Millis } from '../../../../shared/market.ts'
import type { ConsumerView, Offset } from '../../../../shared/kafka-view.ts'
import type { RecordReason } from '../../../../shared/record-reasons.ts'
import { session } from '../../../bridge/session.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { act } from '../parts/act.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import { recordReasonText } from '../parts/reason-text.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { formatWhole } from '../parts/whole.ts'
import styles from './Consumers.module.css'

interface ParkedRow {
  readonly topic: string
  readonly partition: number
  readonly offset: Offset
  readonly at: Millis
  readonly reason: RecordReason
  readonly value: string
}

const NO_ROWS: readonly ParkedRow[] = []

/** Records that a consumer could not store: kept with their reason, to be tried again. */
export function ParkedPanel({ consumer }: { readonly consumer: ConsumerView | undefined }) {
  const { t } = useTranslation('kafka')
  const [running, setRunning] = useState(false)
  const name = consumer?.name
  const parked = consumer?.parked ?? 0
  const { value, fault, again } = useAnswer(name && `${name} ${parked}`, () =>
    session.call('consumers.parked', { name: name ?? '' }),
  )
  const columns = useColumns()
  const retry = async () => {
    if (name === undefined) return
    setRunning(true)
    await act('parked', async () => {
      const { stored, left } = await session.call('consumers.retry', { name })
      showToast({ id: 'parked', tone: 'done', title: t('parked.done', { stored, left }) })
      again()
    })
    setRunning(false)
  }
  const rows = value ?? NO_ROWS
  return (
    <Panel
      label={t('parked.title')}
      head={
        <PanelTitle>
          {t('parked.title')}
          <span className={shared['count']}>{parked}</span>
        </PanelTitle>
      }
      actions={
        <span className={shared['actions']}>
          <BlockableButton
            size="small"
            block={running ? t('parked.running') : rows.length === 0 ? t('parked.none') : undefined}
            icon={<RotateCcw {...SMALL_ICON} />}
            onClick={() => void retry()}
          >
            {t('parked.retry')}
          </BlockableButton>
        </span>
      }
    >
      {fault ? (
        <FaultBlock fault={fault} onRetry={again} />
      ) : (
        <DataGrid
          label={t('parked.title')}
          columns={columns}
          rows={rows}
          row={28}
          least={620}
          keyOf={(row) => `${row.topic} ${row.partition} ${row.offset}`}
          empty={
            <EmptyBlock icon={<CircleCheck {...BLOCK_ICON} />} title={t('parked.none')} text={t('parked.noneText')} />
          }
        />
      )}
    </Panel>
  )
}

function useColumns(): readonly Column<ParkedRow>[] {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  return [
    {
      id: 'place',
      head: t('parked.place'),
      width: 'minmax(150px, 1fr)',
      full: (row) => `${row.topic} P${row.partition} ${row.offset}`,
      cell: (row) => `${row.topic} P${row.partition} ${formatWhole(row.offset)}`,
    },
    { id: 'at', head: t('messages.time'), width: '88px', cell: (row) => format.clock(row.at) },
    {
      id: 'reason',
      head: t('parked.reason'),
      width: 'minmax(160px, 1.2fr)',
      full: (row) => recordReasonText(t, row.reason),
      cell: (row) => <span className={shared['warn']}>{recordReasonText(t, row.reason)}</span>,
    },
    {
      id: 'value',
      head: t('messages.value'),
      width: 'minmax(120px, 1fr)',
      full: (row) => row.value,
      cell: (row) => <span className={styles['value']}>{row.value}</span>,
    },
  ]
}
