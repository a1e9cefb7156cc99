import { memo } from 'react'
import { fitSize } from '../../market/values.ts'
import { classes } from '../../ui/classes.ts'
import { formatFixed, formatPrice } from '../../ui/format.ts'
import styles from './Book.module.css'
import type { Rung } from './ladder.ts'

export interface RungRowProps {
  readonly kind: 'ask' | 'bid'
  readonly rung: Rung | undefined
  readonly decimals: number
}

/** The running total's bar ends short of the price. */
const WIDEST = 62

const isSame = (a: RungRowProps, b: RungRowProps) =>
  a.decimals === b.decimals &&
  a.rung?.price === b.rung?.price &&
  a.rung?.size === b.rung?.size &&
  a.rung?.total === b.rung?.total &&
  a.rung?.share === b.rung?.share

/** One price of the book. */
export const RungRow = memo(function RungRow({ kind, rung, decimals }: RungRowProps) {
  if (!rung) return <div role="row" className={styles['rung']} />
  return (
    <div role="row" className={classes(styles['rung'], styles[kind])}>
      <i className={styles['depth']} style={{ width: `${rung.share * WIDEST}%` }} />
      <span role="cell" className={styles['price']}>
        {formatPrice(rung.price, decimals)}
      </span>
      <span role="cell" title={formatPrice(rung.size)}>
        {fitSize(rung.size)}
      </span>
      <span role="cell" className={styles['total']}>
        {formatFixed(rung.total, rung.total < 10_000 ? 3 : 0)}
      </span>
    </div>
  )
}, isSame)
