import { Download, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { INDEX_FEEDS, NEWS_FEEDS } from '../../../shared/items.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { runCommand } from '../../ui/commands.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Page } from '../../ui/Page.tsx'
import { FeedList } from './FeedList.tsx'
import { IndexCard } from './IndexCard.tsx'
import styles from './News.module.css'
import { NewsPanel } from './NewsPanel.tsx'
import { followNews, useNews } from './news-store.ts'

/** News of all feeds in one list; beside it how fearful the markets are, and how the feeds do. */
export function NewsPage() {
  const { t } = useTranslation('news')
  useEffect(followNews, [])
  return (
    <Page
      title={t('title')}
      note={<Summary />}
      actions={
        <Button icon={<Download {...SMALL_ICON} />} onClick={openExport}>
          {t('export')}
        </Button>
      }
    >
      <div className={styles['body']}>
        <NewsPanel />
        <div className={styles['side']}>
          {INDEX_FEEDS.map((feed) => (
            <IndexCard key={feed} feed={feed} />
          ))}
          <FeedList />
        </div>
      </div>
    </Page>
  )
}

function Summary() {
  const { t } = useTranslation('news')
  const down = useNews(({ feeds }) => feeds.filter(({ state }) => state === 'down').length)
  const total = useNews(({ feeds }) => feeds.filter(({ state }) => state !== 'off').length)
  if (total === 0) return undefined
  if (down === 0) return t('allWell')
  return (
    <Chip tone="warn">
      <TriangleAlert {...SMALL_ICON} />
      {t('down', { count: down, total })}
    </Chip>
  )
}

function openExport(): void {
  runCommand('export.open', { kind: 'items', instruments: NEWS_FEEDS.map((feed) => `news:${feed}` as const) })
}
