import { MessageSquareText, Settings2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TabPanel, Tabs } from '../../../ui/Tabs.tsx'
import { openKafka } from '../kafka-view.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import { useAnswer } from '../parts/use-answer.ts'
import { useWriteBlock } from '../use-write-block.ts'
import { ConfigTable } from './ConfigTable.tsx'
import { ConfigureDialog } from './ConfigureDialog.tsx'
import { DeleteTopicDialog } from './DeleteTopicDialog.tsx'
import { PartitionTable } from './PartitionTable.tsx'
import styles from './Topics.module.css'

const TABS = ['partitions', 'configs', 'groups'] as const
const REFRESH = 5_000

export interface TopicDetailProps {
  readonly topic: string
  /** The list of topics is no longer what it was. */
  readonly onChanged: () => void
}

/** One topic: its partitions, its settings, who reads it, and what can be done with it. */
export function TopicDetail({ topic, onChanged }: TopicDetailProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const [tab, setTab] = useState<(typeof TABS)[number]>('partitions')
  const [dialog, setDialog] = useState<'configure' | 'delete'>()
  const block = useWriteBlock()
  const { value, fault, again } = useAnswer(topic, () => session.call('topics.describe', { topic }), REFRESH)
  return (
    <Panel
      label={topic}
      head={
        <Tabs
          id="topic"
          label={topic}
          value={tab}
          tabs={TABS.map((each) => ({
            value: each,
            label: t(`kafka:topics.tab.${each}`),
            count: value?.[each].length,
          }))}
          onChange={setTab}
        />
      }
    >
      <div className={shared['tools']}>
        <b title={topic}>{topic}</b>
        <span className={shared['space']} />
        <Button
          size="small"
          icon={<MessageSquareText {...SMALL_ICON} />}
          onClick={() => openKafka('messages', { topic })}
        >
          {t('kafka:tab.messages')}
        </Button>
        <BlockableButton
          size="small"
          block={block ?? (value ? undefined : t('shell:loading'))}
          icon={<Settings2 {...SMALL_ICON} />}
          onClick={() => setDialog('configure')}
        >
          {t('kafka:topics.configure')}
        </BlockableButton>
        <BlockableButton
          kind="risky"
          size="small"
          block={block ?? (topic.startsWith('__') ? t('kafka:topics.internal') : undefined)}
          icon={<Trash2 {...SMALL_ICON} />}
          onClick={() => setDialog('delete')}
        >
          {t('kafka:topics.delete')}
        </BlockableButton>
      </div>
      <TabPanel id="topic" value={tab} className={shared['content']}>
        {fault && !value && <FaultBlock fault={fault} onRetry={again} />}
        {!fault && !value && <EmptyBlock icon={<Spinner label={t('shell:loading')} />} title="" />}
        {value && tab === 'partitions' && <PartitionTable rows={value.partitions} />}
        {value && tab === 'configs' && <ConfigTable rows={value.configs} />}
        {value && tab === 'groups' && <TopicGroups groups={value.groups} />}
      </TabPanel>
      {dialog === 'configure' && value && (
        <ConfigureDialog topic={topic} configs={value.configs} onDone={again} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && (
        <DeleteTopicDialog topic={topic} onDone={onChanged} onClose={() => setDialog(undefined)} />
      )}
    </Panel>
  )
}

function TopicGroups({ groups }: { readonly groups: readonly string[] }) {
  const { t } = useTranslation('kafka')
  if (groups.length === 0)
    return <EmptyBlock icon={null} title={t('topics.noGroups')} text={t('topics.noGroupsText')} />
  return (
    <ul className={styles['groups']}>
      {groups.map((group) => (
        <li key={group}>
          <Button kind="ghost" size="small" onClick={() => openKafka('groups', { group })}>
            {group}
          </Button>
        </li>
      ))}
    </ul>
  )
}
