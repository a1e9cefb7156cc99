import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { fitSize } from '../../market/values.ts'
import { classes } from '../../ui/classes.ts'
import { formatFixed, formatPrice } from '../../ui/format.ts'
import styles from './Book.module.css'
import type { Rung } from './ladder.ts'

export interface RungRowProps {
  readonly kind: 'ask' | 'bid'
  readonly rung: Rung | undefined
  readonly decimals: number
  /** Digits of a size. */
  readonly places: number
  /** The one price of the ladder that Tab goes to. */
  readonly isStop: boolean
}

/** The running total's bar ends short of the price. */
const WIDEST = 62

const isSame = (a: RungRowProps, b: RungRowProps) =>
  a.decimals === b.decimals &&
  a.places === b.places &&
  a.isStop === b.isStop &&
  a.rung?.price === b.rung?.price &&
  a.rung?.size === b.rung?.size &&
  a.rung?.total === b.rung?.total &&
  a.rung?.share === b.rung?.share

/** One price of the book. A click on the price copies it (the ladder listens). */
export const RungRow = memo(function RungRow({ kind, rung, decimals, places, isStop }: RungRowProps) {
  const { t } = useTranslation('market')
  if (!rung) return <div aria-hidden className={styles['rung']} />
  return (
    <div role="row" className={classes(styles['rung'], styles[kind])}>
      <i className={styles['depth']} style={{ width: `${rung.share * WIDEST}%` }} />
      <span role="cell" className={styles['price']}>
        <button type="button" data-price={rung.price} tabIndex={isStop ? 0 : -1} title={t('book.copy')}>
          {formatPrice(rung.price, decimals)}
        </button>
      </span>
      <span role="cell" title={formatPrice(rung.size)}>
        {fitSize(rung.size, places)}
      </span>
      <span role="cell" className={styles['total']}>
        {formatFixed(rung.total, places > 0 && rung.total < 10_000 ? 3 : 0)}
      </span>
    </div>
  )
}, isSame)
