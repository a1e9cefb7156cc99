import { useTranslation } from 'react-i18next'
import { usePremium } from '../../market/premium.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { formatPrice, formatSigned, NOT_GIVEN } from '../../ui/format.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './Watchlist.module.css'

/** By how many percent a market lies above its price abroad, on the official rate. Grey where that rate is old. */
export function PremiumCell({ market }: { readonly market: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const venueName = useVenueName()
  const premium = usePremium(market)
  if (premium?.official === undefined) return <span className={styles['dim']}>{NOT_GIVEN}</span>
  const { official, reference, rate } = premium
  const against = t('premium.against', { market: `${venueName(venueOf(reference))} ${pairOf(reference)}` })
  const at = rate && t('premium.rate', { rate: formatPrice(rate.last, 2), age: format.age(rate.age) })
  return (
    <span
      className={classes(styles['premium'], rate?.isOld && styles['dim'])}
      title={[against, at].filter(Boolean).join(' ')}
    >
      {formatSigned(Number(official) * 100)}
    </span>
  )
}
