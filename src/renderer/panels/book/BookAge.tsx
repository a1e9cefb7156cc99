import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookRow } from '../../../shared/contract.ts'
import type { Millis } from '../../../shared/market.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Book.module.css'

/** A book as young as this is not dated. */
const FRESH: Millis = 3_000
const TICK: Millis = 100

/** When the book is old or being rebuilt: for how long. */
export function BookAge({ book }: { readonly book: BookRow }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  const old = now - book.receivedAt
  if (book.stale) return <Rebuilding since={book.receivedAt} />
  if (old < FRESH) return undefined
  return <span className={styles['age']}>{t('book.age', { age: format.age(old) })}</span>
}

function Rebuilding({ since }: { readonly since: Millis }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className={styles['age']}>{t('book.rebuilding', { age: format.duration(Math.max(0, now - since)) })}</span>
  )
}
