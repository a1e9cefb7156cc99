import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isFeedOn } from '../../../shared/items-settings.ts'
import type { ItemFeedId } from '../../../shared/items.ts'
import { ITEM_FEEDS } from '../../../shared/items.ts'
import type { Settings } from '../../../shared/settings.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FieldError } from '../../ui/Field.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { FEED_MARKS } from '../news/feed-states.ts'
import { followFeeds, useNews } from '../news/news-store.ts'
import { NewsKey } from './NewsKey.tsx'
import { RssEditor } from './RssEditor.tsx'
import { Section } from './SettingsFrame.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'
import { useSetting } from './use-setting.ts'

type News = Settings['news']

/** Feeds that nobody has described in public: they may refuse us, or change without a word. */
const UNOFFICIAL: readonly ItemFeedId[] = ['coinness', 'saveticker', 'cnn_fear_greed']

/** Which feeds are asked, of which addresses, and with which key. */
export function NewsSettings() {
  const { t } = useTranslation(['news', 'settings'])
  useEffect(followFeeds, [])
  const news = useSetting<News>(
    'news',
    (settings) => settings.news,
    (value) => ({ news: value }),
  )
  return (
    <Section title={t('news:settings.title')} text={news.locked ? t('settings:locked') : t('news:settings.text')}>
      <div className={styles['venues']}>
        {ITEM_FEEDS.map((feed) => (
          <FeedSwitch key={feed} feed={feed} setting={news} />
        ))}
      </div>
      {news.error && <FieldError id="news-error" text={news.error} />}
      <NewsKey />
      <RssEditor setting={news} />
    </Section>
  )
}

function FeedSwitch({ feed, setting }: { readonly feed: ItemFeedId; readonly setting: Setting<News> }) {
  const { t } = useTranslation('news')
  const { value, locked, save } = setting
  /** Of several addresses the one that is worst. */
  const state = useNews(({ feeds }) => {
    const own = feeds.filter((each) => each.feed === feed)
    return (own.find((each) => each.state === 'down') ?? own[0])?.state ?? 'off'
  })
  return (
    <div className={styles['venue']}>
      <Checkbox
        label={t(`feed.${feed}`)}
        checked={isFeedOn(value, feed)}
        disabled={locked}
        onChange={(on) => save({ ...value, feeds: { ...value.feeds, [feed]: on } })}
      />
      <span>
        <StateMark mark={FEED_MARKS[state]} />
        {[t(`state.${state}`), UNOFFICIAL.includes(feed) ? t('settings.unofficial') : ''].filter(Boolean).join(' · ')}
      </span>
    </div>
  )
}
