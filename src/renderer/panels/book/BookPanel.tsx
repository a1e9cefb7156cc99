import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { book, useFocus, useInstrument } from '../../market/market.ts'
import { pairParts, priceDecimals } from '../../market/values.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { BookRow } from '../../../shared/contract.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { Chip } from '../../ui/Chip.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { PopOutButton } from '../../ui/PopOutButton.tsx'
import styles from './Book.module.css'
import { BookAge } from './BookAge.tsx'
import type { Ladder, Rung } from './ladder.ts'
import { DEPTH, toLadder } from './ladder.ts'
import { MiddleRow } from './MiddleRow.tsx'
import { RungRow } from './RungRow.tsx'

/** The order book of the focused market: twelve prices a side, the spread between them. */
export function BookPanel() {
  const { t } = useTranslation('market')
  const instrument = useFocus()
  const now = useStore(book, (state) => state.book)
  const current = now?.instrument === instrument ? now : undefined
  return (
    <Panel
      label={t('book.title')}
      head={<PanelTitle>{t('book.title')}</PanelTitle>}
      actions={
        <>
          {current?.crossed && (
            <span title={t('book.crossedHint')}>
              <Chip size="small" tone="warn">
                {t('book.crossed')}
              </Chip>
            </span>
          )}
          {current && <BookAge book={current} />}
          {instrument !== undefined && <PopOutButton pane="book" instrument={instrument} />}
        </>
      }
    >
      {instrument === undefined ? undefined : <Book instrument={instrument} book={current} />}
    </Panel>
  )
}

function Book({ instrument, book: now }: { readonly instrument: InstrumentKey; readonly book: BookRow | undefined }) {
  const { t } = useTranslation('market')
  const known = useInstrument(instrument)
  const { isLate } = useVenueState(venueOf(instrument))
  const { base, quote } = pairParts(instrument)
  const ladder: Ladder = now ? toLadder(now) : { asks: [], bids: [], bidShare: undefined }
  const decimals = priceDecimals(known, ...(now ? [...now.bids, ...now.asks].map(([price]) => price) : []))
  const side = (rungs: readonly Rung[], kind: 'ask' | 'bid') =>
    Array.from({ length: DEPTH }, (_, index) => (
      <RungRow key={index} kind={kind} rung={rungs[kind === 'ask' ? DEPTH - 1 - index : index]} decimals={decimals} />
    ))
  return (
    <div
      className={classes(styles['book'], (now?.stale || isLate) && styles['stale'])}
      role="table"
      aria-label={t('book.title')}
    >
      <div role="row" className={styles['head']}>
        <span role="columnheader">{t('book.price', { quote })}</span>
        <span role="columnheader">{t('book.size', { base })}</span>
        <span role="columnheader">{t('book.total')}</span>
      </div>
      <div role="rowgroup" aria-label={t('book.ask')}>
        {side(ladder.asks, 'ask')}
      </div>
      <MiddleRow instrument={instrument} book={now} decimals={decimals} />
      <div role="rowgroup" aria-label={t('book.bid')}>
        {side(ladder.bids, 'bid')}
      </div>
      <Balance share={ladder.bidShare} />
      {!now && (
        <div className={styles['cover']}>
          <EmptyBlock icon={<BookOpen {...BLOCK_ICON} />} title={t('book.waiting')} text={t('book.waitingText')} />
        </div>
      )}
    </div>
  )
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
