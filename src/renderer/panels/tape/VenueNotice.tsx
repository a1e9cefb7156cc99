import { Clock, KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { useVenueName, isVenue } from '../../market/venue-name.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey, VenueId } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { runCommand } from '../../ui/commands.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Tape.module.css'

/** Why the venue of the focused market says nothing, and what can be done about it. */
export function VenueNotice({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const venueName = useVenueName()
  const venue = venueOf(instrument)
  const { state, isLate } = useVenueState(venue)
  const fault = useHealth((health) => health?.venues.find((entry) => entry.venue === venue)?.fault?.code)
  const wantsKey = state === 'needs-key' || fault === 'key-refused'
  if (wantsKey)
    return (
      <Notice
        icon={<KeyRound {...SMALL_ICON} />}
        action={t('tape.toKeys')}
        onAction={() => runCommand('page.open', 'settings')}
      >
        {t(state === 'needs-key' ? 'tape.needsKey' : 'tape.keyRefused', { venue: venueName(venue) })}
      </Notice>
    )
  return isLate && isVenue(venue) ? <SilentNotice venue={venue} /> : undefined
}

/** Since when nothing came, when it is tried again, and a way to do it now. */
function SilentNotice({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const venueName = useVenueName()
  const old = useVenueAge(venue)
  const now = useNow()
  const nextAt = useHealth((health) => health?.venues.find((entry) => entry.venue === venue)?.nextAttemptAt)
  const words = { venue: venueName(venue), age: format.age(old) }
  const wait = nextAt === undefined || nextAt <= now ? undefined : format.age(nextAt - now)
  return (
    <Notice
      icon={<Clock {...SMALL_ICON} />}
      action={t('tape.now')}
      onAction={() => void session.call('health.reconnect', { venue }).catch(() => undefined)}
    >
      {wait === undefined ? t('tape.stale', words) : t('tape.staleRetry', { ...words, next: wait })}
    </Notice>
  )
}

interface NoticeProps {
  readonly icon: ReactNode
  readonly action: string
  readonly onAction: () => void
  readonly children: ReactNode
}

function Notice({ icon, action, onAction, children }: NoticeProps) {
  return (
    <div className={styles['notice']} role="status">
      {icon}
      <span>{children}</span>
      <button type="button" className={styles['now']} onClick={onAction}>
        {action}
      </button>
    </div>
  )
}
