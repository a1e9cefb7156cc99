import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookRow } from '../../../shared/market-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './Book.module.css'

const TICK: Millis = 100

/** In place of the spread while the book is not known: for how long, why, and when it is asked for. */
export function BookStatus({ book }: { readonly book: BookRow }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [])
  const { rebuilding } = book
  const isAway = rebuilding === undefined || rebuilding.reason === 'disconnected'
  const age = format.duration(Math.max(0, now - (rebuilding?.since ?? book.receivedAt)))
  const wait = (rebuilding?.resyncAt ?? now) - now
  return (
    <span role="cell" className={styles['status']}>
      <span>{t(isAway ? 'book.away' : 'book.rebuilding', { age })}</span>
      <span>
        {wait > SECOND
          ? t('book.askedIn', { wait: format.duration(Math.ceil(wait / SECOND) * SECOND) })
          : t(`book.breaks.${rebuilding?.reason ?? 'disconnected'}`)}
      </span>
    </span>
  )
}
