import { memo, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { useInstrument } from '../../market/market.ts'
import type { TapeLine } from '../../market/tape-store.ts'
import { priceDecimals } from '../../market/values.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { useViewport } from '../trade/use-viewport.ts'
import { useFormat } from '../../ui/use-format.ts'
import type { TradeStyle } from './TapeLines.tsx'
import { GapLine, TradeLine } from './TapeLines.tsx'
import styles from './Tape.module.css'

export interface TapeRowsProps {
  readonly instrument: InstrumentKey
  /** Oldest first. */
  readonly lines: readonly TapeLine[]
  /** The pointer rests on the tape, or it is scrolled away from its newest line. */
  readonly onHold: (held: boolean) => void
  readonly onToggle: () => void
}

const ROW = { dense: 18, comfortable: 22 } as const

/** The newest lines on top, drawn as far as they are in view. */
export function TapeRows({ instrument, lines, onHold, onToggle }: TapeRowsProps) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const row = ROW[useSettings().density]
  const known = useInstrument(instrument)
  const { isLate } = useVenueState(venueOf(instrument))
  const scroller = useRef<HTMLDivElement>(null)
  const view = useViewport(scroller)
  const pointed = useRef(false)
  const hold = () => onHold(pointed.current || (scroller.current?.scrollTop ?? 0) > 0)
  const point = (now: boolean) => {
    pointed.current = now
    hold()
  }
  const first = Math.max(0, Math.floor(view.top / row) - 2)
  const last = Math.min(lines.length, first + Math.ceil(view.height / row) + 4)
  const newest = lines.findLast((line) => line.kind === 'trade')
  const decimals = priceDecimals(known, newest?.kind === 'trade' ? newest.trade.price : undefined)
  const isKrw = pairOf(instrument).endsWith('/KRW')
  const written = useMemo(
    () => ({ format, decimals, isKrw, sides: { buy: t('tape.buy'), sell: t('tape.sell') } }),
    [format, decimals, isKrw, t],
  )
  const shown = []
  for (let index = first; index < last; index += 1) {
    const line = lines[lines.length - 1 - index]
    // Slots keep their elements while values run through them: nothing is created or moved at any rate of trades.
    if (line) shown.push(<Line key={index - first} line={line} top={index * row} written={written} />)
  }
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={t('tape.title')}
      aria-rowcount={lines.length}
      className={classes(styles['body'], isLate && styles['stale'])}
      onPointerEnter={() => point(true)}
      onPointerLeave={() => point(false)}
      onScroll={hold}
      onKeyDown={(event) => {
        if (event.key === ' ') {
          event.preventDefault()
          onToggle()
        } else if (event.key === 'Escape' || event.key === 'Home') event.currentTarget.scrollTop = 0
      }}
    >
      <div role="rowgroup" className={styles['rows']} style={{ height: lines.length * row }}>
        {shown}
      </div>
    </div>
  )
}

interface LineProps {
  readonly line: TapeLine
  readonly top: number
  readonly written: TradeStyle
}

const Line = memo(function Line({ line, top, written }: LineProps) {
  const style = { transform: `translateY(${top}px)` }
  if (line.kind === 'trade') return <TradeLine line={line} style={style} written={written} />
  return <GapLine line={line} style={style} />
})
