import { memo, useEffect, useRef } from 'react'
import { flasher, sparks, tickers, useInstrument, useTicker } from '../../market/market.ts'
import { useCell } from '../../market/cells.ts'
import { changeOf, nameOf, priceDecimals } from '../../market/values.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, STOCK_VENUES, venueOf } from '../../../shared/market.ts'
import { compareDecimals } from '../../../shared/decimal.ts'
import { classes } from '../../ui/classes.ts'
import { formatChange } from '../../ui/format.ts'
import { Price } from '../../ui/Price.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { Grouping } from './watchlist-rows.ts'
import styles from './Watchlist.module.css'
import { PremiumCell } from './PremiumCell.tsx'
import { QuoteLabel } from './QuoteLabel.tsx'
import { Sparkline } from './Sparkline.tsx'

export interface MarketRowProps {
  readonly market: InstrumentKey
  readonly grouping: Grouping
  /** Digits of the group's fraction slot. */
  readonly slot: number
  /** Place on screen: 0 for the selected row, else from the top. */
  readonly rank: number
}

/** The cells of one market. Draws again only when that market changes. */
export const MarketRow = memo(function MarketRow({ market, grouping, slot, rank }: MarketRowProps) {
  const { language } = useFormat()
  const known = useInstrument(market)
  const ticker = useTicker(market)
  const closes = useCell(sparks, market)
  const venueName = useVenueName()
  const venue = venueOf(market)
  const { isLate } = useVenueState(venue)
  const change = changeOf(ticker)
  const rising = change === undefined || isLate ? undefined : change >= 0
  const { name, code } = nameOf(market, known, language)
  const [bold, dim] =
    grouping === 'coin'
      ? [venueName(venue), known?.quote ?? '']
      : grouping === 'flat'
        ? [name, venueName(venue)]
        : [name, code]
  const price = useFlash(market, rank)
  const isStock = STOCK_VENUES.some((each) => each === venue)
  const pair = pairOf(market)
  // A rate is known by both of its currencies.
  const title = pair.includes('/') && bold === known?.base ? pair : bold
  return (
    <>
      {isStock ? (
        <span role="gridcell" aria-colspan={2} className={styles['stock']} title={`${bold} ${dim}`}>
          <b>{title}</b>
          <QuoteLabel market={market} />
        </span>
      ) : (
        <>
          <span role="gridcell" className={styles['symbol']}>
            <b>{bold}</b>
            <span>{dim}</span>
          </span>
          <span role="gridcell" className={styles['spark']}>
            <Sparkline closes={closes} rising={rising} />
          </span>
        </>
      )}
      <span role="gridcell" className={styles['number']}>
        <span ref={price} className={styles['flashing']}>
          <Price value={ticker?.last} decimals={priceDecimals(known, ticker?.last)} slot={slot} />
        </span>
      </span>
      <span role="gridcell" className={classes(styles['number'], !isLate && toneOf(change))}>
        {formatChange(change)}
      </span>
      <span role="gridcell" className={styles['number']}>
        <PremiumCell market={market} />
      </span>
    </>
  )
})

/** Flashes the price when it changes, past React: within the limits of the page's flasher. */
function useFlash(market: InstrumentKey, rank: number): React.RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null)
  const place = useRef(rank)
  useEffect(() => {
    place.current = rank
  }, [rank])
  useEffect(() => {
    let last = tickers.get(market)?.last
    return tickers.subscribe(market, () => {
      const now = tickers.get(market)?.last
      const before = last
      last = now
      if (!element.current || before === undefined || now === undefined || before === now) return
      flasher.flash(element.current, compareDecimals(now, before) > 0 ? 'up' : 'down', place.current)
    })
  }, [market])
  return element
}

function toneOf(change: number | undefined): string | undefined {
  if (change === undefined) return undefined
  if (change === 0) return styles['zero']
  return change > 0 ? styles['up'] : styles['down']
}
