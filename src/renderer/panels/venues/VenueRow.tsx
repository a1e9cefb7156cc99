import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useHealth } from '../../bridge/health-store.ts'
import { book, focus, useTicker } from '../../market/market.ts'
import { changeOf, priceDecimals, spreadOf } from '../../market/values.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import type { BookRow } from '../../../shared/market-view.ts'
import type { Instrument } from '../../../shared/market.ts'
import { pairOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { formatChange, formatFixed, formatShare, NOT_GIVEN } from '../../ui/format.ts'
import { Price } from '../../ui/Price.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { STATE_MARKS } from '../../ui/venues.ts'
import { volumeOf } from './venue-rows.ts'
import styles from './Venues.module.css'

export interface VenueRowProps {
  readonly market: Instrument
  readonly selected: boolean
  readonly slot: number
  /** Volume of all rows together. */
  readonly total: number
}

/** From here on a delay needs a look. */
const SLOW = 500

/** One venue's market of the coin. */
export const VenueRow = memo(function VenueRow({ market, selected, slot, total }: VenueRowProps) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const venueName = useVenueName()
  const ticker = useTicker(market.key)
  const { state, isLate } = useVenueState(market.venue)
  const venueAge = useVenueAge(market.venue)
  const now = useNow()
  const delay = useHealth((health) => health?.venues.find((entry) => entry.venue === market.venue)?.delay?.p50)
  const change = changeOf(ticker)
  // Some venues' tickers carry no best prices; of the focused market the book has them, while it is true.
  const isOurs = (row: BookRow | undefined) => row?.instrument === market.key && !row.stale
  const bid = useStore(book, (state) => (isOurs(state.book) ? state.book?.bids[0]?.[0] : undefined))
  const ask = useStore(book, (state) => (isOurs(state.book) ? state.book?.asks[0]?.[0] : undefined))
  const spread = spreadOf(ticker?.bid ?? bid, ticker?.ask ?? ask)
  const volume = volumeOf(ticker)
  const share = volume === undefined || total === 0 ? undefined : volume / total
  const own = ticker === undefined ? undefined : Math.max(0, now - ticker.receivedAt)
  // A market that trades seldom is not late while its venue speaks.
  const age = own === undefined || venueAge === undefined ? own : Math.min(own, venueAge)
  return (
    <tr
      className={classes(selected && styles['selected'], isLate && styles['stale'])}
      onClick={() => focus.openMarket(market.key)}
    >
      <td>
        <button
          type="button"
          className={styles['venue']}
          aria-current={selected}
          onClick={() => focus.openMarket(market.key)}
        >
          <StateMark mark={STATE_MARKS[state]} label={t(`state.${state}`, { ns: 'shell' })} />
          {venueName(market.venue)}
        </button>
      </td>
      <td>{pairOf(market.key)}</td>
      <td>
        <Price value={ticker?.last} decimals={priceDecimals(market, ticker?.last)} slot={slot} />
      </td>
      <td className={classes(!isLate && change !== undefined && change !== 0 && styles[change > 0 ? 'up' : 'down'])}>
        {formatChange(change)}
      </td>
      <td>
        {formatFixed(spread, 1)}
        {spread !== undefined && <i> bp</i>}
      </td>
      <td>{formatFixed(volume, volume !== undefined && volume < 100 ? 2 : 0)}</td>
      <td className={styles['share']}>
        {share === undefined ? (
          NOT_GIVEN
        ) : (
          <span className={styles['meter']}>
            <span className={styles['bar']} aria-hidden>
              <i style={{ width: `${share * 100}%` }} />
            </span>
            {formatShare(share, 1)}
          </span>
        )}
      </td>
      <td className={classes(!isLate && delay !== undefined && delay > SLOW && styles['slow'])}>
        {isLate ? NOT_GIVEN : format.delay(delay)}
      </td>
      <td className={classes(styles['age'], isLate && styles['late'])}>{format.age(isLate ? venueAge : age)}</td>
    </tr>
  )
})
