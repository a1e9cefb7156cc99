import { useState } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookRow } from '../../../shared/market-view.ts'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'
import { useUnits } from '../../market/units.ts'
import { showToast } from '../../ui/toasts.ts'
import styles from './Book.module.css'
import type { Ladder, Rung } from './ladder.ts'
import { DEPTH, toLadder } from './ladder.ts'
import { MiddleRow } from './MiddleRow.tsx'
import { RungRow } from './RungRow.tsx'

export interface LadderViewProps {
  readonly instrument: InstrumentKey
  readonly book: BookRow | undefined
  readonly decimals: number
  /** Prices are put together in steps of this. */
  readonly step: Decimal | undefined
}

const NO_RUNGS: Ladder = { asks: [], bids: [], bidShare: undefined }
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }

/** Twelve prices a side with sizes and running totals. One stop for Tab: arrows go from price to price, Enter copies. */
export function LadderView({ instrument, book, decimals, step }: LadderViewProps) {
  const { t } = useTranslation('market')
  const { base, quote, places } = useUnits(instrument)
  const [chosen, setChosen] = useState(DEPTH)
  const ladder = book ? toLadder(book, step) : NO_RUNGS
  const rungAt = (row: number): Rung | undefined =>
    row < DEPTH ? ladder.asks[DEPTH - 1 - row] : ladder.bids[row - DEPTH]
  const stop = [chosen, DEPTH, DEPTH - 1].find((row) => rungAt(row) !== undefined)

  const onFocus = ({ target, currentTarget }: FocusEvent<HTMLDivElement>) => {
    const row = rowsIn(currentTarget).findIndex((each) => each.contains(target))
    if (row >= 0) setChosen(row)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = STEPS[event.key]
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const prices = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[data-price]')]
    const at = prices.findIndex((price) => price === document.activeElement)
    prices[Math.min(Math.max(at + by, 0), prices.length - 1)]?.focus()
  }
  const onClick = ({ target }: MouseEvent) => {
    const price = target instanceof Element && target.closest<HTMLElement>('[data-price]')?.dataset['price']
    if (!price) return
    navigator.clipboard.writeText(price).then(
      () => showToast({ id: 'price', tone: 'done', title: t('book.copied', { price }) }),
      () => showToast({ id: 'price', tone: 'fault', title: t('book.notCopied'), text: price }),
    )
  }
  const rows = (kind: 'ask' | 'bid') =>
    Array.from({ length: DEPTH }, (_, index) => {
      const row = kind === 'ask' ? index : DEPTH + index
      return (
        <RungRow key={row} kind={kind} rung={rungAt(row)} decimals={decimals} places={places} isStop={row === stop} />
      )
    })
  return (
    <>
      {/* The buttons inside are what is pressed; here their clicks and arrows are only gathered. */}
      <div
        role="table"
        aria-label={t('book.title')}
        aria-describedby="book-keys"
        aria-hidden={book === undefined}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="row" className={styles['head']}>
          <span role="columnheader">{t('book.price', { quote })}</span>
          <span role="columnheader">{t('book.size', { base })}</span>
          <span role="columnheader">{t('book.total')}</span>
        </div>
        <div role="rowgroup" aria-label={t('book.ask')}>
          {rows('ask')}
        </div>
        <MiddleRow instrument={instrument} book={book} decimals={decimals} />
        <div role="rowgroup" aria-label={t('book.bid')}>
          {rows('bid')}
        </div>
      </div>
      <p id="book-keys" hidden>
        {t('book.keys')}
      </p>
      <Balance share={ladder.bidShare} />
    </>
  )
}

/** The rows with prices, top to bottom. */
function rowsIn(table: HTMLElement): readonly Element[] {
  return [...table.querySelectorAll(`[role="rowgroup"] > *`)]
}

/** How the shown sizes divide between the sides. */
function Balance({ share }: { readonly share: number | undefined }) {
  const { t } = useTranslation('market')
  if (share === undefined) return <div className={styles['balance']} />
  const percent = Math.round(share * 1_000) / 10
  return (
    <div className={styles['balance']}>
      <span className={styles['up']}>
        {t('book.bid')} {percent.toFixed(1)}%
      </span>
      <span className={styles['track']} aria-hidden>
        <i style={{ width: `${percent}%` }} />
        <i />
      </span>
      <span className={styles['down']}>
        {(100 - percent).toFixed(1)}% {t('book.ask')}
      </span>
    </div>
  )
}
