import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTicker } from '../../market/market.ts'
import { halveDecimal, spreadOf, subtractDecimals } from '../../market/values.ts'
import type { BookRow } from '../../../shared/market-view.ts'
import type { Decimal, InstrumentKey, Millis } from '../../../shared/market.ts'
import { compareDecimals } from '../../../shared/decimal.ts'
import { addDecimals } from '../../../shared/exact.ts'
import { Chip } from '../../ui/Chip.tsx'
import { formatFixed, formatPrice, formatSigned } from '../../ui/format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Book.module.css'
import { BookStatus } from './BookStatus.tsx'

export interface MiddleRowProps {
  readonly instrument: InstrumentKey
  readonly book: BookRow | undefined
  readonly decimals: number
}

/** Between the sides: the last price and where it came from; the spread and the middle, or why they are not known. */
export function MiddleRow({ instrument, book, decimals }: MiddleRowProps) {
  const last = useTicker(instrument)?.last
  const direction = useDirection(last)
  return (
    <div role="row" className={styles['middle']}>
      <b role="cell" className={direction && styles[direction]}>
        {formatPrice(last, decimals)}
        {direction && <i aria-hidden>{direction === 'up' ? '▲' : '▼'}</i>}
      </b>
      {book && (book.stale ? <BookStatus book={book} /> : <Spread book={book} decimals={decimals} />)}
    </div>
  )
}

/** A book as young as this is not dated. */
const FRESH: Millis = 3_000

function Spread({ book, decimals }: { readonly book: BookRow; readonly decimals: number }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const age = useNow() - book.receivedAt
  const bid = book.bids[0]?.[0]
  const ask = book.asks[0]?.[0]
  const spread = spreadOf(bid, ask)
  if (bid === undefined || ask === undefined || spread === undefined)
    return <span role="cell" className={styles['spread']} />
  return (
    <span role="cell" className={styles['spread']} title={`${formatSigned(spread, 2)} bp`}>
      <span>
        {book.crossed && (
          <span title={t('book.crossedHint')} className={styles['crossed']}>
            <Chip size="small" tone="warn">
              {t('book.crossed')}
            </Chip>
          </span>
        )}
        {!book.crossed && t('book.spread')} <em>{formatPrice(subtractDecimals(ask, bid), decimals)}</em> ·{' '}
        {toPercent(spread / 100)}
      </span>
      <span className={age < FRESH ? undefined : styles['old']}>
        {age < FRESH ? (
          <>
            {t('book.middle')} <em>{formatPrice(halveDecimal(addDecimals(bid, ask)), decimals)}</em>
          </>
        ) : (
          t('book.age', { age: format.age(age) })
        )}
      </span>
    </span>
  )
}

/** Small spreads keep two digits that count. */
function toPercent(percent: number): string {
  const size = Math.abs(percent)
  const places = size < 0.01 ? 4 : size < 0.1 ? 3 : 2
  return `${percent < 0 ? formatSigned(percent, places) : formatFixed(percent, places)}%`
}

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
