import type { Decimal } from '../../shared/market.ts'
import { classes } from './classes.ts'
import { NOT_GIVEN, splitPrice } from './format.ts'
import styles from './Price.module.css'

export interface PriceProps {
  readonly value: Decimal | undefined
  /** Fractional digits to show at least: those of the tick size. */
  readonly decimals?: number
  /** Digits of the column's fraction slot, so that decimal points stand under each other. */
  readonly slot?: number
  readonly className?: string | undefined
}

/** A number on its decimal point: grouped, never rounded, its fraction dimmed. */
export function Price({ value, decimals = 0, slot = decimals, className }: PriceProps) {
  if (value === undefined) return <span className={classes(styles['price'], className)}>{NOT_GIVEN}</span>
  const { whole, fraction } = splitPrice(value, decimals)
  return (
    <span className={classes(styles['price'], className)}>
      {whole}
      {slot > 0 ? (
        <i style={{ width: `calc(${slot}ch + 0.34em)` }}>{fraction}</i>
      ) : (
        fraction !== '' && <i>{fraction}</i>
      )}
    </span>
  )
}
