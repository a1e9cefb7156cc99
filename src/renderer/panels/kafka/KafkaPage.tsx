import { useCluster } from '../../bridge/kafka-store.ts'
import { TabPanel } from '../../ui/Tabs.tsx'
import { ConnectView } from './connect/ConnectView.tsx'
import { ConsumersView } from './consumers/ConsumersView.tsx'
import { GroupsView } from './groups/GroupsView.tsx'
import { KafkaHead } from './KafkaHead.tsx'
import styles from './KafkaPage.module.css'
import type { KafkaTab } from './kafka-view.ts'
import { useKafkaView } from './kafka-view.ts'
import { MessagesView } from './messages/MessagesView.tsx'
import { NoCluster } from './NoCluster.tsx'
import { Overview } from './overview/Overview.tsx'
import { TopicsView } from './topics/TopicsView.tsx'

const VIEWS: Readonly<Record<KafkaTab, () => React.ReactNode>> = {
  overview: Overview,
  topics: TopicsView,
  groups: GroupsView,
  messages: MessagesView,
  consumers: ConsumersView,
}

/** Kafka: the cluster in use, what goes to it, what is in it, who reads it. Without one, the built-in log does the work. */
export function KafkaPage() {
  const tab = useKafkaView((view) => view.tab)
  const off = useCluster((cluster) => cluster === undefined || cluster.state === 'off')
  const profile = useCluster((cluster) => cluster?.profile?.id)
  if (tab === 'connect') return <ConnectView />
  const View = VIEWS[tab]
  return (
    <div className={styles['page']}>
      <KafkaHead />
      <TabPanel id="kafka" value={tab} className={styles['view']}>
        {off && tab !== 'consumers' ? <NoCluster /> : <View key={profile} />}
      </TabPanel>
    </div>
  )
}
