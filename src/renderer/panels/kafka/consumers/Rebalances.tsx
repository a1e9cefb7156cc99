import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { MINUTE } from '../../../../shared/market.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { openKafka } from '../kafka-view.ts'
import { act } from '../parts/act.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import shared from '../parts/parts.module.css'
import styles from './Consumers.module.css'
import { LanePlot } from './LanePlot.tsx'
import type { Lanes } from './lanes.ts'
import { toLanes } from './lanes.ts'
import { StopMemberDialog } from './StopMemberDialog.tsx'

const LENGTH = 2 * MINUTE
const MOST_MEMBERS = 8

export interface RebalancesProps {
  readonly consumer: ConsumerView | undefined
  /** The engine has told its consumers. */
  readonly known: boolean
}

/** Who of a consumer's members read which partition in the last two minutes, with the pauses; and members to add or to stop. */
export function Rebalances({ consumer, known }: RebalancesProps) {
  const { t } = useTranslation('kafka')
  const now = useNow()
  const [stopping, setStopping] = useState(false)
  if (!consumer)
    return (
      <Panel label={t('lanes.title')} head={<PanelTitle>{t('lanes.title')}</PanelTitle>}>
        {known && (
          <EmptyBlock
            icon={<Users {...BLOCK_ICON} />}
            title={t('consumers.none')}
            text={t('consumers.noneText')}
            actions={
              <Button size="small" icon={<Plus {...SMALL_ICON} />} onClick={() => openKafka('consumers')}>
                {t('consumers.add')}
              </Button>
            }
          />
        )}
      </Panel>
    )
  const lanes = toLanes(consumer, now, LENGTH)
  const alive = consumer.members.filter((member) => member.state !== 'gone')
  const { name } = consumer
  const add = () => act('member', async () => session.call('consumers.member', { name, action: 'add' }))
  const block = !consumer.on ? t('consumers.isOff') : consumer.bus === 'journal' ? t('consumers.oneMember') : undefined
  return (
    <Panel
      label={t('lanes.of', { name })}
      head={
        <>
          <PanelTitle>{t('lanes.of', { name })}</PanelTitle>
          <Counts lanes={lanes} />
        </>
      }
      actions={
        <span className={shared['actions']}>
          <BlockableButton
            size="small"
            block={block ?? (alive.length >= MOST_MEMBERS ? t('lanes.most', { count: MOST_MEMBERS }) : undefined)}
            icon={<Plus {...SMALL_ICON} />}
            onClick={() => void add()}
          >
            {t('lanes.add')}
          </BlockableButton>
          <BlockableButton
            size="small"
            kind="risky"
            block={block ?? (alive.length === 0 ? t('lanes.noMember') : undefined)}
            onClick={() => setStopping(true)}
          >
            {t('lanes.stop')}
          </BlockableButton>
        </span>
      }
    >
      {lanes.lanes.length === 0 ? (
        <EmptyBlock
          icon={<Users {...BLOCK_ICON} />}
          title={t(consumer.on ? 'lanes.none' : 'consumers.isOff')}
          text={t(consumer.on ? 'lanes.noneText' : 'consumers.isOffText')}
        />
      ) : (
        <LanePlot lanes={lanes} name={name} />
      )}
      {stopping && <StopMemberDialog consumer={consumer} members={alive} onClose={() => setStopping(false)} />}
    </Panel>
  )
}

function Counts({ lanes }: { readonly lanes: Lanes }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const counts: readonly (readonly [string, string])[] = [
    [t('lanes.last'), String(lanes.rebalances)],
    [t('lanes.longest'), format.duration(lanes.longestPause)],
    [t('lanes.lost'), format.count(lanes.lost)],
    [t('lanes.twice'), format.count(lanes.duplicates)],
  ]
  return (
    <span className={styles['counts']}>
      {counts.map(([label, value]) => (
        <span key={label}>
          {label} <b>{value}</b>
        </span>
      ))}
    </span>
  )
}
