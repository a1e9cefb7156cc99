import { Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { useVenueName, isVenue } from '../../market/venue-name.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Tape.module.css'

/** The venue of the focused market says nothing: since when, when it is tried again, and a way to do it now. */
export function VenueNotice({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const venueName = useVenueName()
  const venue = venueOf(instrument)
  const { isLate } = useVenueState(venue)
  const old = useVenueAge(venue)
  const now = useNow()
  const nextAt = useHealth((health) => health?.venues.find((entry) => entry.venue === venue)?.nextAttemptAt)
  if (!isLate || !isVenue(venue)) return undefined
  const words = { venue: venueName(venue), age: format.age(old) }
  const wait = nextAt === undefined || nextAt <= now ? undefined : format.age(nextAt - now)
  return (
    <div className={styles['notice']} role="status">
      <Clock {...SMALL_ICON} />
      <span>{wait === undefined ? t('tape.stale', words) : t('tape.staleRetry', { ...words, next: wait })}</span>
      <button
        type="button"
        className={styles['now']}
        onClick={() => void session.call('health.reconnect', { venue }).catch(() => undefined)}
      >
        {t('tape.now')}
      </button>
    </div>
  )
}
