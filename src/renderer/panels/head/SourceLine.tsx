import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import { useMarketSession } from '../../market/market-session.ts'
import { useOpeningText } from '../../market/opening-text.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { STOCK_VENUES, venueOf } from '../../../shared/market.ts'
import { useTimingText } from '../../market/timing-text.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { STATE_MARKS } from '../../ui/venues.ts'
import styles from './MarketHead.module.css'

export interface SourceLineProps {
  readonly instrument: InstrumentKey
  /** The venue's. */
  readonly name: string
  readonly ticker: TickerRow | undefined
}

/** Mark, venue, kind of data, age: what the figures beside it are worth. */
export function SourceLine({ instrument, name, ticker }: SourceLineProps) {
  const { t } = useTranslation('market')
  const venue = venueOf(instrument)
  const { state } = useVenueState(venue)
  const isStock = STOCK_VENUES.some((each) => each === venue)
  return (
    <div className={styles['source']}>
      <StateMark mark={STATE_MARKS[state]} label={t(`state.${state}`, { ns: 'shell' })} />
      <span>
        {name}
        {state === 'needs-key' ? (
          ` · ${t('state.needs-key', { ns: 'shell' })}`
        ) : isStock ? (
          <StockWorth instrument={instrument} ticker={ticker} />
        ) : (
          <CoinWorth venue={venue} ticker={ticker} />
        )}
      </span>
    </div>
  )
}

function CoinWorth({ venue, ticker }: { readonly venue: string; readonly ticker: TickerRow | undefined }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const demo = useMode()?.mode === 'demo'
  const { state, isLate } = useVenueState(venue)
  const old = format.age(useVenueAge(venue))
  const isPolled = ticker?.origin === 'polled' || state === 'polled'
  const kind = t(`head.${isPolled ? 'polled' : demo ? 'simulated' : 'realTime'}`)
  return <> · {isLate ? <em>{t('head.delayed', { age: old })}</em> : `${kind} · ${old}`}</>
}

/** Each stock has a clock of its own: its session, how late it is told, and when it was dealt last. */
function StockWorth({ instrument, ticker }: Pick<SourceLineProps, 'instrument' | 'ticker'>) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  const { isLate } = useVenueState(venueOf(instrument))
  const { phase, opensAt } = useMarketSession(instrument) ?? {}
  const timing = useTimingText(ticker, opensAt === undefined ? phase : undefined)
  const opens = useOpeningText(opensAt)
  const old = ticker && format.age(Math.max(0, now - ticker.at))
  const words = [timing, old].filter((word) => word !== undefined && word !== '')
  return (
    <>
      {opens && (
        <>
          {' '}
          · <span title={opens.whole}>{opens.text}</span>
        </>
      )}
      {words.map((word) => ` · ${word}`).join('')}
      {isLate && (
        <>
          {' '}
          · <em>{t('head.delayed', { age: old })}</em>
        </>
      )}
    </>
  )
}
