import { ExternalLink } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemRow } from '../../../shared/items-contract.ts'
import { toOutsideLink } from '../../../shared/outside-links.ts'
import { readTrend } from '../../../shared/upbit-trend.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './News.module.css'
import { setFilter } from './news-store.ts'

/** Begins the titles of the demo. */
const DEMO = 'DEMO · '

/** An item: a stranger's words, as text and nothing else. Its link opens outside, and says where it leads; one that leads to no public page is none. */
export const NewsRow = memo(function NewsRow({ row }: { readonly row: ItemRow }) {
  const { t } = useTranslation('news')
  const format = useFormat()
  const { title, url, summary, source, feed, language, publishedAt, symbols } = row
  const trend = feed === 'upbit_trends' ? readTrend(title) : undefined
  const link = url === undefined ? undefined : toOutsideLink(url)
  const words = (
    <span {...(trend ? {} : { lang: language })} className={styles['words']}>
      {trend ? `${title.startsWith(DEMO) ? DEMO : ''}${t(`trend.${trend.list}`, { ...trend })}` : title}
    </span>
  )
  return (
    <li className={styles['item']}>
      <time dateTime={new Date(publishedAt).toISOString()} title={format.dateTime(publishedAt)}>
        {format.minute(publishedAt)}
        <Age at={publishedAt} />
      </time>
      <div className={styles['text']}>
        {link === undefined ? (
          <span data-news tabIndex={-1} className={styles['plain']} title={summary}>
            {words}
          </span>
        ) : (
          <a
            data-news
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            title={[summary, link].filter(Boolean).join('\n')}
          >
            {words}
            <ExternalLink size={12} strokeWidth={1.5} role="img" aria-label={t('opensOutside')} />
          </a>
        )}
        <span className={styles['facts']}>
          <button
            type="button"
            tabIndex={-1}
            title={t('only', { name: t(`feed.${feed}`) })}
            onClick={() => setFilter({ feed })}
          >
            {source === undefined ? t(`feed.${feed}`) : source}
          </button>
          {symbols.map((symbol) => (
            <button
              key={symbol}
              type="button"
              tabIndex={-1}
              className={styles['symbol']}
              title={t('only', { name: symbol })}
              onClick={() => setFilter({ symbol })}
            >
              {symbol}
            </button>
          ))}
        </span>
      </div>
    </li>
  )
})

/** Alone in its component: it ticks, the rest of the row does not. */
function Age({ at }: { readonly at: number }) {
  const format = useFormat()
  const now = useNow()
  return <small>{format.age(Math.max(0, now - at))}</small>
}
