import { ExternalLink } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemRow } from '../../../shared/items-contract.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './News.module.css'
import { setFilter } from './news-store.ts'

/** An item: a stranger's words, as text and nothing else. Its link opens outside, and says where it leads. */
export const NewsRow = memo(function NewsRow({ row }: { readonly row: ItemRow }) {
  const { t } = useTranslation('news')
  const format = useFormat()
  const { title, url, summary, source, feed, language, publishedAt, symbols } = row
  const words = (
    <span lang={language} className={styles['words']}>
      {title}
    </span>
  )
  return (
    <li className={styles['item']}>
      <time dateTime={new Date(publishedAt).toISOString()} title={format.dateTime(publishedAt)}>
        {format.minute(publishedAt)}
        <Age at={publishedAt} />
      </time>
      <div className={styles['text']}>
        {url === undefined ? (
          <span data-news tabIndex={-1} className={styles['plain']} title={summary}>
            {words}
          </span>
        ) : (
          <a
            data-news
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            title={[summary, url].filter(Boolean).join('\n')}
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
