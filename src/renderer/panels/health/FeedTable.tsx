import { useTranslation } from 'react-i18next'
import { classes } from '../../ui/classes.ts'
import { useNews } from '../news/news-store.ts'
import { FeedHealthRow } from './FeedHealthRow.tsx'
import styles from './VenueTable.module.css'

/** Widths in px; 0 takes the rest. */
const WIDTHS = {
  feed: 176,
  state: 116,
  since: 62,
  lastItem: 92,
  answer: 92,
  items: 84,
  duplicates: 84,
  refused: 76,
  next: 84,
  trouble: 0,
  ask: 56,
} as const
type ColumnId = keyof typeof WIDTHS
const COLUMNS = Object.keys(WIDTHS) as ColumnId[]
const RIGHT: ReadonlySet<ColumnId> = new Set(['since', 'lastItem', 'answer', 'items', 'duplicates', 'refused', 'next'])

/** One row per feed of news and sentiment, and per address of the RSS feed. */
export function FeedTable() {
  const { t } = useTranslation('health')
  const feeds = useNews((state) => state.feeds)
  const title = (column: ColumnId) =>
    column === 'state' || column === 'since' ? t(`column.${column}`) : t(`feeds.${column}`)
  return (
    <section className={styles['scroll']} aria-label={t('feeds.table')} data-panel tabIndex={-1}>
      <table className={classes(styles['table'], styles['feeds'])} aria-label={t('feeds.table')}>
        <colgroup>
          {COLUMNS.map((column) => (
            <col key={column} style={WIDTHS[column] === 0 ? {} : { width: WIDTHS[column] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={classes(RIGHT.has(column) && styles['right'])}>
                <span className={classes(column === 'ask' && 'visually-hidden')}>{title(column)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {feeds.map((state) => (
            <FeedHealthRow key={`${state.feed} ${state.url ?? ''}`} state={state} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
