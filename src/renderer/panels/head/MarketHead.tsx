import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useInstrument, useTicker, useWatchlist } from '../../market/market.ts'
import { changeOf, differenceOf, nameOf, priceDecimals } from '../../market/values.ts'
import { useUnits } from '../../market/units.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { useVenueState } from '../../market/venue-state.ts'
import { useWatchlistActions } from '../../market/watchlist-actions.ts'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { formatChange, formatFixed, formatPrice, MINUS, NOT_GIVEN } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Format } from '../../ui/use-format.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './MarketHead.module.css'
import { PremiumFigure } from './PremiumFigure.tsx'
import { SourceLine } from './SourceLine.tsx'

export interface MarketHeadProps {
  readonly instrument: InstrumentKey
}

/** What the focused market is, where it comes from, and its day in figures. */
export function MarketHead({ instrument }: MarketHeadProps) {
  const { t } = useTranslation('market')
  const { language } = useFormat()
  const known = useInstrument(instrument)
  const ticker = useTicker(instrument)
  const listed = useWatchlist()?.includes(instrument) ?? false
  const actions = useWatchlistActions()
  const venueName = useVenueName()
  const venue = venueOf(instrument)
  const { isLate } = useVenueState(venue)
  const { name } = nameOf(instrument, known, language)
  const pair = pairOf(instrument)
  const isNamed = known !== undefined && name !== known.base
  return (
    <header className={styles['head']}>
      <div className={styles['identity']}>
        <div className={styles['name']}>
          <h2>{isNamed ? name : pair}</h2>
          {isNamed && <span className={styles['pair']}>{pair}</span>}
          <IconButton
            size="small"
            label={t(listed ? 'head.unstar' : 'head.star')}
            pressed={listed}
            icon={<Star {...SMALL_ICON} fill={listed ? 'currentColor' : 'none'} />}
            onClick={() => (listed ? actions.remove(instrument) : actions.add(instrument))}
          />
        </div>
        <SourceLine instrument={instrument} name={venueName(venue)} ticker={ticker} />
      </div>
      {ticker && <Figures instrument={instrument} ticker={ticker} stale={isLate} />}
    </header>
  )
}

interface FiguresProps extends MarketHeadProps {
  readonly ticker: TickerRow
  readonly stale: boolean
}

function Figures({ instrument, ticker, stale }: FiguresProps) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const known = useInstrument(instrument)
  const decimals = priceDecimals(known, ticker.last, ticker.high24h, ticker.low24h)
  const { base, quote, places } = useUnits(instrument)
  // A stock's figures are those of its trading day.
  const day = places > 0 ? 'head' : 'head.day'
  const change = changeOf(ticker)
  const tone = stale ? styles['stale'] : toneOf(change)
  const price = (value: string | undefined) => formatPrice(value, decimals)
  return (
    <>
      <div>
        <div className={classes(styles['last'], tone)}>{price(ticker.last)}</div>
        <div className={tone}>
          {change !== undefined && change !== 0 && <span className={styles['arrow']}>{change > 0 ? '▲' : '▼'}</span>}
          <Difference ticker={ticker} decimals={decimals} /> {formatChange(change)}
        </div>
      </div>
      <Pair name={t(`${day}.highLow`)} className={styles['second']}>
        {price(ticker.high24h)} <i>/</i> {price(ticker.low24h)}
      </Pair>
      <Pair name={t(`${day}.volume`)} className={styles['optional']}>
        {ticker.volume24h === undefined ? NOT_GIVEN : formatFixed(Number(ticker.volume24h), places > 0 ? 2 : 0)}{' '}
        <i>{base}</i>
      </Pair>
      <Pair name={t(`${day}.value`)} className={styles['optional']}>
        {quoteValue(ticker.quoteVolume24h, quote, format)} <i>{quote === 'KRW' ? t('head.won') : quote}</i>
      </Pair>
      <PremiumFigure instrument={instrument} />
    </>
  )
}

function Difference({ ticker, decimals }: { readonly ticker: TickerRow; readonly decimals: number }) {
  const difference = differenceOf(ticker)
  if (difference === undefined || difference === '0') return undefined
  const sign = difference.startsWith('-') ? MINUS : '+'
  return <>{sign + formatPrice(difference.replace('-', ''), decimals)}&nbsp;</>
}

function Pair({
  name,
  className,
  children,
}: {
  name: string
  className: string | undefined
  children: React.ReactNode
}) {
  return (
    <div className={classes(styles['figure'], className)}>
      <span>{name}</span>
      <span>{children}</span>
    </div>
  )
}

function quoteValue(value: string | undefined, quote: string, format: Format): string {
  if (value === undefined) return NOT_GIVEN
  return quote === 'KRW' ? format.krw(Number(value)) : formatMillions(Number(value))
}

const formatMillions = (value: number): string =>
  value >= 1e9
    ? `${formatFixed(value / 1e9, 2)} B`
    : value >= 1e6
      ? `${formatFixed(value / 1e6, 2)} M`
      : formatFixed(value, 0)

function toneOf(change: number | undefined): string | undefined {
  if (change === undefined || change === 0) return undefined
  return change > 0 ? styles['up'] : styles['down']
}
