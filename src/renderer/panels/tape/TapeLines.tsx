import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { TapeLine } from '../../market/tape-store.ts'
import { fitSize } from '../../market/values.ts'
import { classes } from '../../ui/classes.ts'
import { formatFixed, formatPrice } from '../../ui/format.ts'
import type { Format } from '../../ui/use-format.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './Tape.module.css'

type TradeOf = Extract<TapeLine, { kind: 'trade' }>
type OtherOf = Exclude<TapeLine, { kind: 'trade' }>

/** What all trades of a tape are written with. */
export interface TradeStyle {
  readonly format: Format
  readonly decimals: number
  /** Digits of a size. */
  readonly places: number
  readonly isKrw: boolean
  /** The taker's sides in words. */
  readonly sides: Readonly<Record<'buy' | 'sell', string>>
}

export interface TradeLineProps {
  readonly line: TradeOf
  readonly style: CSSProperties
  readonly written: TradeStyle
  readonly row: LineRow
}

/** What a line is among the others. */
export interface LineRow {
  readonly id: string
  /** Its place from the top, from 1 on. */
  readonly index: number
  /** The keys are on it. */
  readonly active: boolean
  /** Its way is being shown. */
  readonly followed: boolean
}

/** One trade: when, at what price and who crossed the spread, how much, worth how much. */
export function TradeLine({ line: { trade, large }, style, written, row }: TradeLineProps) {
  const { format, decimals, places, isKrw, sides } = written
  const { side } = trade
  const value = Number(trade.price) * Number(trade.size)
  return (
    <div
      role="row"
      id={row.id}
      aria-rowindex={row.index}
      aria-selected={row.followed}
      data-line={row.index - 1}
      className={classes(
        styles['trade'],
        row.active && styles['active'],
        row.followed && styles['followed'],
        large && styles['large'],
        large && side && styles[side],
        side === undefined && styles['sideless'],
      )}
      style={style}
    >
      <span role="gridcell">{format.clock(trade.at)}</span>
      <span role="gridcell" className={side && styles[side === 'buy' ? 'up' : 'down']}>
        {side && (
          <i role="img" aria-label={sides[side]}>
            {side === 'buy' ? '▲' : '▼'}
          </i>
        )}
        {formatPrice(trade.price, decimals)}
      </span>
      <span role="gridcell" title={formatPrice(trade.size)}>
        {fitSize(trade.size, places)}
      </span>
      <span role="gridcell" className={styles['value']}>
        {isKrw ? format.krwInColumn(value) : formatFixed(value, value < 1_000 ? 2 : 0)}
      </span>
    </div>
  )
}

/** A gap, or trades left out, as a line in its place. */
export function GapLine({
  line,
  style,
  row,
}: {
  readonly line: OtherOf
  readonly style: CSSProperties
  readonly row: LineRow
}) {
  const words = useWords()
  const lost = line.kind === 'gap' && line.gap.filledBy === undefined && line.gap.reason !== 'unwatched'
  return (
    <div
      role="row"
      id={row.id}
      aria-rowindex={row.index}
      className={classes(
        styles['gap'],
        row.active && styles['active'],
        lost ? styles['missing'] : line.kind === 'skipped' && styles['skipped'],
      )}
      style={style}
    >
      <span role="gridcell" aria-colspan={4}>
        {words(line)}
      </span>
    </div>
  )
}

function useWords(): (line: OtherOf) => string {
  const { t } = useTranslation('market')
  const format = useFormat()
  return (line) => {
    if (line.kind === 'skipped') return t('tape.skipped', { trades: format.count(line.count) })
    const { since, until, filledBy, reason } = line.gap
    const why = t(`strip.reasons.${reason}`)
    if (until === undefined) return t('tape.gapOpen', { time: format.clock(since), reason: why })
    const length = format.duration(until - since)
    return filledBy === undefined ? t('tape.missing', { length, reason: why }) : t('tape.filled', { length })
  }
}
