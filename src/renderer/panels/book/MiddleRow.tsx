import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicker } from '../../market/market.ts'
import { spreadOf, subtractDecimals } from '../../market/values.ts'
import type { BookRow } from '../../../shared/contract.ts'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'
import { compareDecimals } from '../../../shared/decimal.ts'
import { formatFixed, formatPrice, formatSigned } from '../../ui/format.ts'
import styles from './Book.module.css'

export interface MiddleRowProps {
  readonly instrument: InstrumentKey
  readonly book: BookRow | undefined
  readonly decimals: number
}

/** Between the sides: the last price and where it came from, and the spread. */
export function MiddleRow({ instrument, book, decimals }: MiddleRowProps) {
  const { t } = useTranslation('market')
  const last = useTicker(instrument)?.last
  const direction = useDirection(last)
  const bid = book?.bids[0]?.[0]
  const ask = book?.asks[0]?.[0]
  const spread = spreadOf(bid, ask)
  return (
    <div role="row" className={styles['middle']}>
      <b role="cell" className={direction && styles[direction]}>
        {formatPrice(last, decimals)}
        {direction && <i aria-hidden>{direction === 'up' ? '▲' : '▼'}</i>}
      </b>
      {bid !== undefined && ask !== undefined && spread !== undefined && (
        <span role="cell" className={styles['spread']}>
          {t('book.spread')} <em>{toSigned(subtractDecimals(ask, bid), decimals)}</em> ·{' '}
          {spread < 0 ? formatSigned(spread, 1) : formatFixed(spread, spread < 1 ? 2 : 1)} bp
        </span>
      )}
    </div>
  )
}

const toSigned = (value: Decimal, decimals: number): string => formatPrice(value, decimals)

interface Move {
  readonly last: Decimal | undefined
  readonly direction?: 'up' | 'down'
}

/** Which way the last price moved when it last moved. */
function useDirection(last: Decimal | undefined): Move['direction'] {
  const [move, setMove] = useState<Move>({ last })
  if (move.last === last) return move.direction
  const rose = move.last !== undefined && last !== undefined && compareDecimals(last, move.last) > 0
  const next: Move = move.last === undefined ? { last } : { last, direction: rose ? 'up' : 'down' }
  setMove(next)
  return next.direction
}
