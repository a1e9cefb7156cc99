import { useTranslation } from 'react-i18next'
import type { OutboxView } from '../../../../shared/kafka-view.ts'
import type { PresetId } from '../../../../shared/kafka-settings.ts'
import { PRESETS } from '../../../../shared/kafka-settings.ts'
import { TOPICS } from '../../../../shared/topics.ts'
import { useMode } from '../../../bridge/health-store.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { saveSettings, useSettings } from '../../../bridge/settings-store.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { faultText } from '../../../ui/fault-text.ts'
import { NOT_GIVEN } from '../../../ui/format.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { act } from '../parts/act.ts'
import type { Column } from '../parts/DataGrid.tsx'
import { DataGrid } from '../parts/DataGrid.tsx'
import shared from '../parts/parts.module.css'

interface PresetRow {
  readonly preset: PresetId
  readonly on: boolean
  readonly told: OutboxView['presets'][number] | undefined
}

/** What is forwarded: our own topics, and those of the systems before. One row each, with its switch. */
export function PresetPanel() {
  const { t } = useTranslation('kafka')
  const { forward } = useSettings().kafka
  const told = useCluster((cluster) => cluster?.outbox?.presets)
  const rows = PRESETS.map((preset): PresetRow => ({
    preset,
    on: forward.presets.includes(preset),
    told: told?.find((each) => each.preset === preset),
  }))
  const columns = useColumns()
  return (
    <Panel label={t('preset.title')} head={<PanelTitle>{t('preset.title')}</PanelTitle>}>
      <DataGrid
        label={t('preset.title')}
        columns={columns}
        rows={rows}
        row={30}
        keyOf={(row) => row.preset}
        toneOf={(row) => (row.on ? undefined : 'dim')}
      />
    </Panel>
  )
}

function useColumns(): readonly Column<PresetRow>[] {
  const { t } = useTranslation('kafka')
  const { t: sayFault } = useTranslation('faults')
  const format = useFormat()
  const demo = useMode()?.mode === 'demo'
  const { forward } = useSettings().kafka
  const readOnly = useCluster((cluster) => cluster?.profile?.readOnly ?? false)
  const change = (preset: PresetId, on: boolean) =>
    void act('kafka-forward', () =>
      saveSettings({
        kafka: {
          forward: {
            ...forward,
            presets: PRESETS.filter((each) => (each === preset ? on : forward.presets.includes(each))),
          },
        },
      }),
    )
  return [
    {
      id: 'on',
      head: t('preset.name'),
      width: 'minmax(170px, 1fr)',
      cell: ({ preset, on }) => (
        <Checkbox
          label={<b>{t(`preset.names.${preset}`)}</b>}
          checked={on}
          disabled={readOnly}
          onChange={(next) => change(preset, next)}
        />
      ),
    },
    {
      id: 'topics',
      head: t('preset.topics'),
      width: 'minmax(140px, 2fr)',
      full: ({ preset }) => topicsOf(preset, forward.prefix, demo).join(', '),
      cell: ({ preset }) => <span className={shared['soft']}>{topicsOf(preset, forward.prefix, demo).join(', ')}</span>,
    },
    {
      id: 'state',
      head: t('preset.state'),
      width: 'minmax(150px, 1.4fr)',
      full: ({ told: row }) => row?.fault && `${faultText(sayFault, row.fault).what} ${row.fault.message}`,
      cell: ({ on, told: row }) => {
        if (!on) return <Word mark="off" tone="dim" text={t('preset.off')} />
        if (readOnly) return <Word mark="off" tone="dim" text={t('preset.readOnly')} />
        if (row?.fault) return <Word mark="down" tone="bad" text={faultText(sayFault, row.fault).what} />
        return row ? (
          <Word mark="live" tone="soft" text={t('preset.on')} />
        ) : (
          <Word mark="waiting" tone="dim" text={t('preset.waiting')} />
        )
      },
    },
    {
      id: 'records',
      head: t('preset.records'),
      width: '92px',
      right: true,
      cell: ({ told: row }) => (row ? format.count(row.records) : NOT_GIVEN),
    },
    {
      id: 'acked',
      head: t('preset.acked'),
      width: '116px',
      right: true,
      cell: ({ told: row }) => (row ? format.count(row.acked) : NOT_GIVEN),
    },
  ]
}

interface WordProps {
  readonly mark: 'live' | 'down' | 'waiting' | 'off'
  readonly tone: 'soft' | 'bad' | 'dim'
  readonly text: string
}

function Word({ mark, tone, text }: WordProps) {
  return (
    <span className={`${shared['state']} ${shared[tone]}`}>
      <StateMark mark={mark} />
      <span className={shared['cut']}>{text}</span>
    </span>
  )
}

/** The topics of a preset, as they are named on the bus. Simulated data has topics of its own. */
function topicsOf(preset: PresetId, prefix: string, demo: boolean): readonly string[] {
  const names: Readonly<Record<PresetId, readonly string[]>> = {
    own: Object.values(TOPICS).map((topic) => topic.name),
    s0: ['bit_topic'],
    s1: ['stock_trade'],
    s2: ['Region.*_TickerPreprocessing', 'Region.*_OrderbookPreprocessing'],
    s3: [`${prefix}.raw.*`, `${prefix}.processed.*`, `${prefix}.insights.*`],
    s4: ['kis-stock', 'yfinance-stock', 'nasdaq-realtime', 'stock-data', 'crypto-data'],
  }
  return names[preset].map((name) => (demo ? `demo.${name}` : name))
}
