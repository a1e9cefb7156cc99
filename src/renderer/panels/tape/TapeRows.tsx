import { memo, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { painted, useInstrument } from '../../market/market.ts'
import type { TapeLine } from '../../market/tape-store.ts'
import { useUnits } from '../../market/units.ts'
import { priceDecimals } from '../../market/values.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { runCommand } from '../../ui/commands.ts'
import { useViewport } from '../trade/use-viewport.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useFollowed } from '../trace/trace-store.ts'
import type { LineRow, TradeStyle } from './TapeLines.tsx'
import { GapLine, TradeLine } from './TapeLines.tsx'
import styles from './Tape.module.css'
import { useTapeKeys } from './use-tape-keys.ts'

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
  const id = useId()
  const followed = useFollowed(instrument)
  const pointed = useRef(false)
  const follow = (index: number) => {
    const line = lines[lines.length - 1 - index]
    if (line?.kind === 'trade') runCommand('trace.trade', { instrument, trade: line.trade })
  }
  const keys = useTapeKeys({ scroller, row, count: lines.length, onToggle, onFollow: follow })
  const { active } = keys
  const hold = (chosen: number | undefined) =>
    onHold(pointed.current || chosen !== undefined || (scroller.current?.scrollTop ?? 0) > 0)
  const point = (now: boolean) => {
    pointed.current = now
    hold(active)
  }
  const first = Math.max(0, Math.floor(view.top / row) - 2)
  const last = Math.min(lines.length, first + Math.ceil(view.height / row) + 4)
  const newest = lines.findLast((line) => line.kind === 'trade')
  const decimals = priceDecimals(known, newest?.kind === 'trade' ? newest.trade.price : undefined)
  const { quote, places } = useUnits(instrument)
  const isKrw = quote === 'KRW'
  const written = useMemo(
    () => ({ format, decimals, places, isKrw, sides: { buy: t('tape.buy'), sell: t('tape.sell') } }),
    [format, decimals, places, isKrw, t],
  )
  useLayoutEffect(() => {
    painted.drawn(instrument, function* () {
      for (const line of lines.slice(Math.max(0, lines.length - last), lines.length - first))
        if (line.kind === 'trade') yield line.trade.id
    })
  }, [instrument, lines, first, last])
  const shown = []
  for (let index = first; index < last; index += 1) {
    const line = lines[lines.length - 1 - index]
    // Slots keep their elements while values run through them: nothing is created or moved at any rate of trades.
    if (!line) continue
    shown.push(
      <Line
        key={index - first}
        line={line}
        top={index * row}
        written={written}
        id={`${id}-${index}`}
        index={index + 1}
        active={index === active}
        followed={line.kind === 'trade' && line.trade.id === followed}
      />,
    )
  }
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={t('tape.title')}
      aria-rowcount={lines.length}
      aria-activedescendant={active !== undefined && active >= first && active < last ? `${id}-${active}` : undefined}
      aria-description={t('tape.keys')}
      className={classes(styles['body'], isLate && styles['stale'])}
      onPointerEnter={() => point(true)}
      onPointerLeave={() => point(false)}
      onScroll={() => hold(active)}
      onKeyDown={(event) => hold(keys.onKeyDown(event))}
      onBlur={() => hold(keys.leave())}
      onClick={(event) => {
        const line = (event.target as Element).closest<HTMLElement>('[data-line]')?.dataset['line']
        if (line !== undefined) follow(Number(line))
      }}
    >
      <div role="rowgroup" className={styles['rows']} style={{ height: lines.length * row }}>
        {shown}
      </div>
    </div>
  )
}

interface LineProps extends LineRow {
  readonly line: TapeLine
  readonly top: number
  readonly written: TradeStyle
}

const Line = memo(function Line({ line, top, written, ...row }: LineProps) {
  const style = { transform: `translateY(${top}px)` }
  if (line.kind === 'trade') return <TradeLine line={line} style={style} written={written} row={row} />
  return <GapLine line={line} style={style} row={row} />
})
