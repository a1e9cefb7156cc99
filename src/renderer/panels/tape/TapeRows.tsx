import { memo, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { useInstrument } from '../../market/market.ts'
import type { TapeLine } from '../../market/tape-store.ts'
import { priceDecimals } from '../../market/values.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
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
  const row = ROW[useSettings().density]
  const known = useInstrument(instrument)
  const { isLate } = useVenueState(venueOf(instrument))
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 0 })
  const pointed = useRef(false)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])

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
  const shown = []
  for (let index = first; index < last; index += 1) {
    const line = lines[lines.length - 1 - index]
    // Slots keep their elements while values run through them: nothing is created or moved at any rate of trades.
    if (line) shown.push(<Line key={index - first} line={line} top={index * row} decimals={decimals} isKrw={isKrw} />)
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
      onScroll={(event) => {
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
        hold()
      }}
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
  readonly decimals: number
  readonly isKrw: boolean
}

const Line = memo(function Line({ line, top, decimals, isKrw }: LineProps) {
  const style = { transform: `translateY(${top}px)` }
  if (line.kind === 'trade') return <TradeLine line={line} style={style} decimals={decimals} isKrw={isKrw} />
  return <GapLine line={line} style={style} />
})
