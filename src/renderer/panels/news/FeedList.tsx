import { useTranslation } from 'react-i18next'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { AskNow } from './AskNow.tsx'
import { FEED_MARKS, useFeedName, useRefused, useTrouble } from './feed-states.ts'
import styles from './News.module.css'
import { useNews } from './news-store.ts'

/** Each feed with its state; one that is down says why, and when it is asked again. */
export function FeedList() {
  const { t } = useTranslation('news')
  const feeds = useNews((state) => state.feeds)
  return (
    <Panel label={t('feeds')} head={<PanelTitle>{t('feeds')}</PanelTitle>} className={styles['feeds']}>
      <ul>
        {feeds.map((state) => (
          <FeedRow key={`${state.feed} ${state.url ?? ''}`} state={state} />
        ))}
      </ul>
    </Panel>
  )
}

function FeedRow({ state }: { readonly state: ItemFeedState }) {
  const { t } = useTranslation('news')
  const format = useFormat()
  const now = useNow()
  const reason = useTrouble(state)?.what
  const { url, lastAt, nextAt, items, duplicates, fault } = state
  const name = useFeedName(state)
  const refused = useRefused(state)
  return (
    <li className={styles['feed']}>
      <StateMark mark={FEED_MARKS[state.state]} />
      <div>
        <b title={url}>{name}</b>
        <span>{t(`state.${state.state}`)}</span>
        {reason !== undefined && (
          <p className={styles['reason']} title={fault?.message}>
            {reason}
          </p>
        )}
        <p>
          {[
            lastAt === undefined ? '' : t('last', { age: format.age(Math.max(0, now - lastAt)) }),
            nextAt === undefined ? '' : t('next', { wait: format.age(Math.max(0, nextAt - now)) }),
            items > 0 ? t('counted', { items: format.count(items), duplicates: format.count(duplicates) }) : '',
            refused.count > 0 ? t('refused', refused) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <AskNow state={state} />
    </li>
  )
}
