import { useTranslation } from 'react-i18next'
import { MessageSquareText } from 'lucide-react'
import { session } from '../../../bridge/session.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../../ui/icons.ts'
import { openKafka, useKafkaView } from '../kafka-view.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { TopicDetail } from './TopicDetail.tsx'
import { TopicList } from './TopicList.tsx'
import styles from './Topics.module.css'

const REFRESH = 15_000

/** All topics, and one of them in full. */
export function TopicsView() {
  const { t } = useTranslation('kafka')
  const topic = useKafkaView((view) => view.topic)
  const profile = useCluster((cluster) => (cluster?.state === 'up' ? cluster.profile?.id : undefined))
  const names = useAnswer(profile, () => session.call('topics.list', {}), REFRESH)
  return (
    <div className={styles['page']}>
      <TopicList names={names} selected={topic} onSelect={(name) => openKafka('topics', { topic: name })} />
      {topic === undefined ? (
        <section className={styles['blank']} aria-label={t('topics.choose')}>
          <EmptyBlock
            icon={<MessageSquareText {...BLOCK_ICON} />}
            title={t('topics.choose')}
            text={t('topics.chooseText')}
          />
        </section>
      ) : (
        <TopicDetail key={topic} topic={topic} onChanged={names.again} />
      )}
    </div>
  )
}
