import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '../../../../shared/kafka-view.ts'
import { useGroup } from '../../../bridge/kafka-store.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatSigned, NOT_GIVEN } from '../../../ui/format.ts'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TabPanel, Tabs } from '../../../ui/Tabs.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import { useWriteBlock } from '../use-write-block.ts'
import styles from './Groups.module.css'
import { clearText, clearWords, GroupStateWord, toSeconds } from './GroupTable.tsx'
import { LagChart } from './LagChart.tsx'
import { LagTable } from './LagTable.tsx'
import { MemberTable } from './MemberTable.tsx'
import { ResetDialog } from './ResetDialog.tsx'

const TABS = ['partitions', 'memberRows'] as const

/** One group: its lag by partition or its members at the left, its lag over time at the right. */
export function GroupDetailPanel({ group }: { readonly group: string }) {
  const { t } = useTranslation(['kafka', 'shell'])
  const [tab, setTab] = useState<(typeof TABS)[number]>('partitions')
  const [resetting, setResetting] = useState(false)
  const block = useWriteBlock()
  const { value: detail, fault } = useGroup(group)
  return (
    <Panel
      label={group}
      head={
        <Tabs
          id="group"
          label={group}
          value={tab}
          tabs={TABS.map((value) => ({
            value,
            label: value === 'partitions' ? t('kafka:groups.partitionsOf', { group }) : t('kafka:groups.memberRows'),
            count: value === 'partitions' ? detail?.partitions.length : detail?.memberRows?.length,
          }))}
          onChange={setTab}
        />
      }
      actions={
        <span className={shared['actions']}>
          <BlockableButton
            size="small"
            block={block ?? (detail ? undefined : t('shell:loading'))}
            icon={<RotateCcw {...SMALL_ICON} />}
            onClick={() => setResetting(true)}
          >
            {t('kafka:reset.open')}
          </BlockableButton>
        </span>
      }
    >
      <TabPanel id="group" value={tab} className={shared['content']}>
        {fault && <FaultBlock fault={fault} />}
        {!fault && !detail && <EmptyBlock icon={<Spinner label={t('shell:loading')} />} title="" />}
        {!fault && detail && (
          <>
            <Measures detail={detail} />
            <div className={styles['halves']}>
              <div>
                {tab === 'partitions' ? <LagTable rows={detail.partitions} /> : <MemberTable detail={detail} />}
              </div>
              <LagChart group={group} history={detail.history} />
            </div>
          </>
        )}
      </TabPanel>
      {resetting && detail && <ResetDialog detail={detail} onClose={() => setResetting(false)} />}
    </Panel>
  )
}

function Measures({ detail }: { readonly detail: GroupDetail }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  return (
    <dl className={styles['measures']}>
      <Measure label={t('groups.state')}>
        <GroupStateWord state={detail.state} />
      </Measure>
      <Measure label={t('groups.lag')}>{formatWhole(detail.lag)}</Measure>
      <Measure label={t('groups.behind')}>{toSeconds(detail.seconds, format)}</Measure>
      <Measure label={t('groups.slope')}>
        {detail.slope === undefined ? NOT_GIVEN : formatSigned(-detail.slope, 0)}
      </Measure>
      <Measure label={t('groups.clear')}>{clearText(detail, format, clearWords(t))}</Measure>
      {detail.unknown > 0 && (
        <Measure label={t('groups.unknownLabel')}>{t('groups.unknown', { count: detail.unknown })}</Measure>
      )}
    </dl>
  )
}

function Measure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
