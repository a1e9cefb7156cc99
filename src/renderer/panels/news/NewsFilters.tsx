import { X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemFeedId } from '../../../shared/items.ts'
import { NEWS_FEEDS } from '../../../shared/items.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './News.module.css'
import { symbolsOf } from './news-list.ts'
import { setFilter, useNews } from './news-store.ts'

const MOST_SYMBOLS = 40
/** Typing goes on for so long before it is asked. */
const TYPING = 250
const ALL = ''

/** Which items are listed: of a feed, about a symbol, with a text. */
export function NewsFilters() {
  const { t } = useTranslation('news')
  const filter = useNews(({ list }) => list.filter)
  const rows = useNews(({ list }) => list.rows)
  const [text, setText] = useState(filter.text)
  const symbols = useMemo(() => {
    const named = symbolsOf(rows ?? [], MOST_SYMBOLS)
    return filter.symbol === undefined || named.includes(filter.symbol) ? named : [filter.symbol, ...named]
  }, [rows, filter.symbol])
  useEffect(() => {
    if (text === filter.text) return
    const timer = setTimeout(() => setFilter({ text }), TYPING)
    return () => clearTimeout(timer)
  }, [text, filter.text])

  const isFiltered = filter.feed !== undefined || filter.symbol !== undefined || text !== ''
  return (
    <div className={styles['tools']} role="search" aria-label={t('filter')}>
      <Input
        type="search"
        aria-label={t('filterText')}
        placeholder={t('filterText')}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className={styles['choice']}>
        <Select
          size="small"
          label={t('source')}
          value={filter.feed ?? ALL}
          options={[
            { value: ALL, label: t('allSources') },
            ...NEWS_FEEDS.map((value) => ({ value, label: t(`feed.${value}`) })),
          ]}
          onChange={(feed: ItemFeedId | '') => (feed === ALL ? setFilter({}, ['feed']) : setFilter({ feed }))}
        />
      </span>
      <span className={styles['choice']}>
        <Select
          size="small"
          label={t('symbol')}
          value={filter.symbol ?? ALL}
          options={[{ value: ALL, label: t('allSymbols') }, ...symbols.map((value) => ({ value, label: value }))]}
          onChange={(symbol) => (symbol === ALL ? setFilter({}, ['symbol']) : setFilter({ symbol }))}
        />
      </span>
      <IconButton
        size="small"
        label={t('clear')}
        icon={<X {...SMALL_ICON} />}
        disabled={!isFiltered}
        onClick={() => {
          setText('')
          setFilter({ text: '' }, ['feed', 'symbol'])
        }}
      />
    </div>
  )
}
