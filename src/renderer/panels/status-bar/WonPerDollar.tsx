import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { follows, useTicker } from '../../market/market.ts'
import { rateOf } from '../../market/premium.ts'
import { WON_PER_DOLLAR } from '../../../shared/premium.ts'
import { formatPrice } from '../../ui/format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './StatusBar.module.css'

const FOLLOWED = [WON_PER_DOLLAR]

/** The won per dollar that premiums are made with, and how old it is. Nothing until one has come. */
export function WonPerDollar() {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  useEffect(() => {
    follows.set('status bar', FOLLOWED)
    return () => follows.set('status bar', [])
  }, [])
  const ticker = useTicker(WON_PER_DOLLAR)
  if (ticker === undefined) return undefined
  const { last, age, isOld } = rateOf(ticker, now)
  return (
    <span className={styles['cell']} title={t('premium.rate', { rate: formatPrice(last, 2), age: format.age(age) })}>
      USD/KRW <b>{formatPrice(last, 2)}</b>{' '}
      <span className={isOld ? styles['warn'] : undefined}>{format.age(age)}</span>
    </span>
  )
}
