import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import type { TickerRow } from '../../../shared/contract.ts'
import { useTimingText } from '../../market/timing-text.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { STATE_MARKS } from '../../ui/venues.ts'
import styles from './MarketHead.module.css'

export interface SourceLineProps {
  readonly venue: string
  readonly name: string
  readonly ticker: TickerRow | undefined
}

/** Mark, venue, kind of data, age: what the figures beside it are worth. */
export function SourceLine({ venue, name, ticker }: SourceLineProps) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const demo = useMode()?.mode === 'demo'
  const { state, isLate } = useVenueState(venue)
  const old = format.age(useVenueAge(venue))
  const timing = useTimingText(ticker)
  const isPolled = ticker?.origin === 'polled' || state === 'polled'
  const kind = ticker?.delay === undefined ? t(`head.${isPolled ? 'polled' : demo ? 'simulated' : 'realTime'}`) : timing
  return (
    <div className={styles['source']}>
      <StateMark mark={STATE_MARKS[state]} label={t(`state.${state}`, { ns: 'shell' })} />
      <span>
        {name} · {isLate ? <em>{t('head.delayed', { age: old })}</em> : `${kind} · ${old}`}
      </span>
    </div>
  )
}
