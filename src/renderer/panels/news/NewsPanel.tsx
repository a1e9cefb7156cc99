import { ArrowUp, Newspaper, SearchX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { stepIndex } from '../../ui/roving.ts'
import styles from './News.module.css'
import { NewsFilters } from './NewsFilters.tsx'
import { NewsRow } from './NewsRow.tsx'
import { loadOlder, setReading, showNew, useNews } from './news-store.ts'

/** Scrolled further than this from the newest, somebody reads. */
const AT_TOP = 8

/** The list, newest first. What comes while somebody points into it, is in it or has scrolled it waits above. */
export function NewsPanel() {
  const { t } = useTranslation('news')
  const box = useRef<HTMLDivElement>(null)
  const rows = useNews(({ list }) => list.rows)
  const waiting = useNews(({ list }) => list.waiting.length)
  const complete = useNews(({ list }) => list.complete)
  const loading = useNews((state) => state.loading)

  const judge = () => {
    const { current } = box
    setReading(current !== null && (current.scrollTop > AT_TOP || current.matches(':hover, :focus-within')))
  }
  useEffect(() => () => setReading(false), [])

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[data-news]') ?? [])]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    const next =
      event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? undefined : stepIndex(event.key, at, items.length)
    if (next === undefined || (at < 0 && event.key !== 'ArrowDown')) return
    event.preventDefault()
    items[at < 0 ? 0 : next]?.focus()
  }

  return (
    <Panel label={t('title')} className={styles['panel']}>
      <NewsFilters />
      {waiting > 0 && (
        <Button
          kind="primary"
          size="small"
          className={styles['fresh']}
          icon={<ArrowUp {...SMALL_ICON} />}
          onClick={() => {
            showNew()
            box.current?.scrollTo({ top: 0 })
          }}
        >
          {t('fresh', { count: waiting })}
        </Button>
      )}
      <span role="status" className="visually-hidden">
        {waiting > 0 ? t('fresh', { count: waiting }) : ''}
      </span>
      {rows?.length === 0 ? (
        <NoNews />
      ) : (
        <div
          ref={box}
          role="region"
          aria-label={t('list')}
          tabIndex={0}
          className={styles['list']}
          onScroll={judge}
          onPointerEnter={judge}
          onPointerLeave={judge}
          onFocus={judge}
          onBlur={() => setTimeout(judge, 0)}
          onKeyDown={onKeyDown}
        >
          <ul>
            {rows?.map((row) => (
              <NewsRow key={row.key} row={row} />
            ))}
          </ul>
          {!complete && (
            <div className={styles['older']}>
              <Button size="small" disabled={loading} onClick={loadOlder}>
                {t('older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Panel>
  )
}

function NoNews() {
  const { t } = useTranslation('news')
  const { feed, symbol, text } = useNews(({ list }) => list.filter)
  return feed === undefined && symbol === undefined && text === '' ? (
    <EmptyBlock icon={<Newspaper {...BLOCK_ICON} />} title={t('none')} text={t('noneText')} />
  ) : (
    <EmptyBlock icon={<SearchX {...BLOCK_ICON} />} title={t('noMatch')} text={t('noMatchText')} />
  )
}
