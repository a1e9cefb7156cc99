import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../shared/faults.ts'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import { REFUSAL_RULES } from '../../../shared/items-contract.ts'
import { session } from '../../bridge/session.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { showToast } from '../../ui/toasts.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { FEED_MARKS, useReason } from './feed-states.ts'
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
  const reason = useReason(state)
  const { feed, url, lastAt, nextAt, items, duplicates, refused, fault } = state
  const name = url === undefined ? t(`feed.${feed}`) : new URL(url).host.replace(/^www\./, '')
  const rules = REFUSAL_RULES.filter((rule) => (refused[rule] ?? 0) > 0)
  const dropped = rules.reduce((sum, rule) => sum + (refused[rule] ?? 0), 0)
  const why = rules.map((rule) => t('because', { rule: t(`rule.${rule}`), count: refused[rule] ?? 0 })).join(', ')
  const refresh = () => {
    session.call('items.refresh', { feed, ...(url === undefined ? {} : { url }) }).catch((error: unknown) => {
      showToast({ id: `news ${feed}`, tone: 'fault', title: name, text: faultLine(toFault(error)) })
    })
  }
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
            dropped > 0 ? t('refused', { count: dropped, why }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {state.state !== 'off' && state.state !== 'keyless' && (
        <IconButton
          size="small"
          label={t('refresh', { name })}
          icon={<RefreshCw {...SMALL_ICON} />}
          onClick={refresh}
        />
      )}
    </li>
  )
}
