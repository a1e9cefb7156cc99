import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { VenueId } from '../../../shared/market.ts'
import { pairOf } from '../../../shared/market.ts'
import { useVenue } from '../../bridge/health-store.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './VenueDetails.module.css'

/** Markets of an exchange that are silent against their rhythm, or refused. */
export function TroubledList({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['health', 'names', 'faults'])
  const format = useFormat()
  const now = useNow()
  const troubled = useVenue(venue)?.troubled ?? []
  if (troubled.length === 0)
    return (
      <EmptyBlock
        icon={<CircleCheck {...BLOCK_ICON} />}
        title={t('health:troubledNone')}
        text={t('health:troubledNoneText', { venue: t(`names:${venue}`) })}
      />
    )
  return (
    <ul className={styles['list']}>
      {troubled.map(({ instrument, fault, since, nextAttemptAt = 0 }) => (
        <li key={`${instrument} ${fault.code}`} className={styles['market']} title={fault.message}>
          <b>{pairOf(instrument)}</b>
          <div>
            {t(`faults:${fault.code}.what`)}
            <p>{t(`faults:${fault.code}.cure`)}</p>
          </div>
          <span>
            {t('health:troubledFor', { age: format.age(Math.max(0, now - since)) })}
            {nextAttemptAt > now && <p>{t('health:troubledNext', { wait: format.age(nextAttemptAt - now) })}</p>}
          </span>
        </li>
      ))}
    </ul>
  )
}
