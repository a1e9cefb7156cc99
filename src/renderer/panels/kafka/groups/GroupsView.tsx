import { useGroups } from '../../../bridge/kafka-store.ts'
import { openKafka, useKafkaView } from '../kafka-view.ts'
import { GroupDetailPanel } from './GroupDetailPanel.tsx'
import styles from './Groups.module.css'
import { GroupTable } from './GroupTable.tsx'

/** All groups, and the whole of one: its partitions, its members, its past. */
export function GroupsView() {
  const groups = useGroups()
  const asked = useKafkaView((view) => view.group)
  const group = asked ?? groups.value?.[0]?.group
  return (
    <div className={group === undefined ? styles['empty'] : styles['page']}>
      <GroupTable groups={groups} selected={group} onSelect={(row) => openKafka('groups', { group: row.group })} />
      {group !== undefined && <GroupDetailPanel key={group} group={group} />}
    </div>
  )
}
