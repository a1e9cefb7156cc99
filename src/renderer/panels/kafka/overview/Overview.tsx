import { useMemo, useState } from 'react'
import { useCluster, useConsumers, useGroups } from '../../../bridge/kafka-store.ts'
import { Rebalances } from '../consumers/Rebalances.tsx'
import { GroupTable } from '../groups/GroupTable.tsx'
import { openKafka } from '../kafka-view.ts'
import { BrokerPanel } from './BrokerPanel.tsx'
import { ClusterFigures } from './ClusterFigures.tsx'
import { OutboxPanel } from './OutboxPanel.tsx'
import styles from './Overview.module.css'
import { PresetPanel } from './PresetPanel.tsx'

/** The cluster at a glance: what waits for it, who is behind, what is sent, which brokers, who reads what. */
export function Overview() {
  const groups = useGroups()
  const consumers = useConsumers()
  const hasCluster = useCluster((cluster) => cluster !== undefined)
  const [group, setGroup] = useState<string>()
  const readers = consumers.value
  const consumer = useMemo(
    () => readers?.find((each) => each.group === group) ?? readers?.find((each) => each.bus === 'kafka'),
    [readers, group],
  )
  if (!hasCluster) return null
  return (
    <div className={styles['page']}>
      <ClusterFigures groups={groups.value} consumers={readers} />
      <div className={styles['top']}>
        <OutboxPanel />
        <GroupTable
          groups={groups}
          selected={group ?? consumer?.group}
          onSelect={(row) => setGroup(row.group)}
          onOpen={(row) => openKafka('groups', { group: row.group })}
        />
      </div>
      <div className={styles['middle']}>
        <PresetPanel />
        <BrokerPanel />
      </div>
      <Rebalances consumer={consumer} known={readers !== undefined} />
    </div>
  )
}
