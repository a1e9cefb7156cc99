import { useTranslation } from 'react-i18next'
import { usePremium, usePremiumTickers } from '../../market/premium.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { formatChange, formatPrice } from '../../ui/format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useMemo } from 'react'
import styles from './MarketHead.module.css'

/** The premium of the focused market on both bases, and the age of a rate that is old. Nothing where there is none. */
export function PremiumFigure({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const venueName = useVenueName()
  const keys = useMemo(() => [instrument], [instrument])
  usePremiumTickers('head premium', keys)
  const premium = usePremium(instrument)
  if (premium === undefined) return undefined
  const { official, tether, reference, rate } = premium
  const against = t('premium.against', { market: `${venueName(venueOf(reference))} ${pairOf(reference)}` })
  const at = rate && t('premium.rate', { rate: formatPrice(rate.last, 2), age: format.age(rate.age) })
  return (
    <div className={classes(styles['figure'], styles['optional'])} title={[against, at].filter(Boolean).join(' ')}>
      <span>{t('premium.title')}</span>
      <span>
        <span className={classes(rate?.isOld && styles['old'])}>
          {percent(official)}
          {rate?.isOld && <i> {t('premium.old', { age: format.age(rate.age) })}</i>}
        </span>{' '}
        <i>/</i> {percent(tether)}
      </span>
    </div>
  )
}

const percent = (value: Decimal | undefined) => formatChange(value === undefined ? undefined : Number(value))
