import { Gauge } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LimitUse } from '../../../shared/engine-view.ts'
import type { VenueId } from '../../../shared/market.ts'
import { useVenue } from '../../bridge/health-store.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { TIGHT_BUDGET } from './tight-budget.ts'
import styles from './LimitList.module.css'

/** How much of each of a source's limits is in use, and what that means. */
export function LimitList({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['health', 'names'])
  const limits = useVenue(venue)?.limits ?? []
  if (limits.length === 0)
    return (
      <EmptyBlock
        icon={<Gauge {...BLOCK_ICON} />}
        title={t('health:limit.none')}
        text={t('health:limit.noneText', { venue: t(`names:${venue}`) })}
      />
    )
  return (
    <div className={styles['list']} tabIndex={0} role="group" aria-label={t('health:limits')}>
      <p className={styles['meaning']}>{t('health:budgetMeaning')}</p>
      <ul className={styles['rows']}>
        {limits.map((limit) => (
          <Limit key={`${limit.of} ${limit.group}`} limit={limit} />
        ))}
      </ul>
    </div>
  )
}

function Limit({ limit }: { readonly limit: LimitUse }) {
  const { t } = useTranslation('health')
  const format = useFormat()
  const { of, group, used, count, per, heldFor } = limit
  const share = heldFor === undefined ? Math.min(1, used / count) : 1
  const text = t('limit.used', {
    used: format.count(Math.ceil(used)),
    count: format.count(count),
    per: format.duration(per),
  })
  return (
    <li className={styles['row']}>
      <span className={styles['name']}>
        {t(`limit.${of}`)}
        {group !== undefined && <small>{group}</small>}
      </span>
      <ProgressBar meter label={text} value={share} tone={share >= TIGHT_BUDGET ? 'warn' : 'plain'} />
      <span className={styles['figure']}>
        {text}
        {heldFor !== undefined && <b>{t('limit.held', { wait: format.age(heldFor) })}</b>}
      </span>
    </li>
  )
}
