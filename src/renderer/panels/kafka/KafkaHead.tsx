import { Lock, Plug, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClusterView } from '../../../shared/kafka-view.ts'
import { useCluster } from '../../bridge/kafka-store.ts'
import { saveSettings } from '../../bridge/settings-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Select } from '../../ui/Select.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import type { Mark } from '../../ui/venues.ts'
import styles from './KafkaPage.module.css'
import type { KafkaTab } from './kafka-view.ts'
import { KAFKA_TABS, openKafka, useKafkaView } from './kafka-view.ts'
import { act } from './parts/act.ts'
import { BlockableButton } from './parts/BlockableButton.tsx'
import { useLeaveCluster } from './parts/LeaveCluster.tsx'
import { CreateTopicDialog } from './topics/CreateTopicDialog.tsx'
import { FROM_ENVIRONMENT, useProfiles } from './use-profiles.ts'
import { useWriteBlock } from './use-write-block.ts'

const MARKS: Readonly<Record<ClusterView['state'], Mark>> = {
  off: 'off',
  connecting: 'waiting',
  up: 'live',
  away: 'down',
}
/** No profile has this id: ids begin with a letter or a digit. */
const BUILT_IN = '-built-in'

/** The page's head: which cluster is in use and how it is reached, the tabs, the two ways on. */
export function KafkaHead() {
  const { t } = useTranslation('kafka')
  const tab = useKafkaView((view) => view.tab)
  const block = useWriteBlock()
  const [creating, setCreating] = useState(false)
  return (
    <header className={styles['head']}>
      <h2>Kafka</h2>
      <ClusterPicker />
      <About />
      <div className={styles['tabs']}>
        <Tabs
          id="kafka"
          size="page"
          label="Kafka"
          value={tab === 'connect' ? 'overview' : tab}
          tabs={KAFKA_TABS.map((value) => ({ value, label: t(`tab.${value}`) }))}
          onChange={(next: KafkaTab) => openKafka(next)}
        />
      </div>
      <span className={styles['space']} />
      <Button icon={<Plug {...SMALL_ICON} />} onClick={() => openKafka('connect')}>
        {t('connection')}
      </Button>
      <BlockableButton block={block} icon={<Plus {...SMALL_ICON} />} onClick={() => setCreating(true)}>
        {t('topics.create')}
      </BlockableButton>
      {creating && <CreateTopicDialog onClose={() => setCreating(false)} />}
    </header>
  )
}

function ClusterPicker() {
  const { t } = useTranslation('kafka')
  const state = useCluster((cluster) => cluster?.state ?? 'off')
  const { profiles, active } = useProfiles()
  const { leave, dialog } = useLeaveCluster()
  const choose = (id: string) =>
    leave(async () => {
      await act('kafka-active', () => saveSettings({ kafka: { active: id === BUILT_IN ? null : id } }))
    })
  const locked = active === FROM_ENVIRONMENT
  const picker = (
    <span className={styles['used']}>
      <StateMark mark={MARKS[state]} label={t(`state.${state}`)} />
      <Select
        size="small"
        label={t('used')}
        value={active ?? BUILT_IN}
        options={[
          { value: BUILT_IN, label: t('builtIn') },
          ...profiles.map(({ id, name }) => ({ value: id, label: id === FROM_ENVIRONMENT ? t('environment') : name })),
        ]}
        disabled={locked}
        onChange={choose}
      />
      {dialog}
    </span>
  )
  return locked ? <Tooltip text={t('fromEnvironment')}>{picker}</Tooltip> : picker
}

function About() {
  const { t } = useTranslation('kafka')
  const { profiles, active } = useProfiles()
  const brokers = useCluster((cluster) => cluster?.brokers.length ?? 0)
  const state = useCluster((cluster) => cluster?.state ?? 'off')
  const profile = profiles.find((each) => each.id === active)
  if (!profile) return <span className={styles['about']}>{t('builtInText')}</span>
  const reached = [
    state === 'up' ? t('brokers', { count: brokers }) : t(`state.${state}`),
    profile.tls.on ? 'TLS' : t('noTls'),
    profile.sasl?.mechanism,
  ]
  return (
    <>
      <span className={styles['about']}>{reached.filter(Boolean).join(' · ')}</span>
      {profile.readOnly && (
        <Tooltip text={t('blocked.readOnly', { name: profile.name })}>
          <span>
            <Chip>
              <Lock size={12} strokeWidth={1.5} aria-hidden />
              {t('readOnly')}
            </Chip>
          </span>
        </Tooltip>
      )}
    </>
  )
}
