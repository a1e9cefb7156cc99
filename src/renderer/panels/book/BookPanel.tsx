import { BookOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { book, useFocus, useInstrument } from '../../market/market.ts'
import { priceDecimals } from '../../market/values.ts'
import { useVenueState } from '../../market/venue-state.ts'
import type { BookRow } from '../../../shared/market-view.ts'
import { formatExact } from '../../../shared/exact.ts'
import { krxStep } from '../../../shared/krx-steps.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { isBookless, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PopOutButton } from '../../ui/PopOutButton.tsx'
import { TabPanel, Tabs } from '../../ui/Tabs.tsx'
import { DepthView } from '../depth/DepthView.tsx'
import styles from './Book.module.css'
import { chooseStep, openBookTab, useBookTab, useChosenStep } from './book-view.ts'
import { groupSteps, stepIn } from './group.ts'
import { LadderView } from './LadderView.tsx'
import { StepPicker } from './StepPicker.tsx'

/** The order book of the focused market: as a ladder of prices with the spread between them, or as curves of its depth. */
export function BookPanel() {
  const instrument = useFocus()
  const { t } = useTranslation('market')
  if (instrument !== undefined) return <MarketBook key={instrument} instrument={instrument} />
  return (
    <Panel label={t('book.title')} head={<BookTabs />}>
      {undefined}
    </Panel>
  )
}

function BookTabs() {
  const { t } = useTranslation('market')
  const tab = useBookTab()
  const tabs = [
    { value: 'ladder', label: t('book.title') },
    { value: 'depth', label: t('depth.title') },
  ] as const
  return <Tabs id="book" label={t('book.views')} value={tab} tabs={tabs} onChange={openBookTab} />
}

function MarketBook({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const tab = useBookTab()
  const now = useStore(book, (state) => (state.book?.instrument === instrument ? state.book : undefined))
  const known = useInstrument(instrument)
  const { isLate } = useVenueState(venueOf(instrument))
  const prices = pricesOf(now)
  const decimals = priceDecimals(known, ...prices)
  const tick = known?.tickSize ?? krxStep(instrument, prices) ?? formatExact(1n, decimals)
  const why = isBookless(instrument)
    ? { title: t('book.none'), text: t('book.noneText') }
    : { title: t('book.waiting'), text: t('book.waitingText') }
  const steps = groupSteps(tick, now?.bids[0]?.[0] ?? now?.asks[0]?.[0])
  const step = stepIn(steps, useChosenStep(instrument))
  return (
    <Panel
      label={t('book.title')}
      head={<BookTabs />}
      actions={
        <>
          {tab === 'ladder' && steps.length > 1 && step !== undefined && (
            <StepPicker steps={steps} step={step} onChange={(chosen) => chooseStep(instrument, chosen)} />
          )}
          <PopOutButton pane="book" instrument={instrument} />
        </>
      }
    >
      <TabPanel id="book" value={tab} className={classes(styles['book'], (now?.stale || isLate) && styles['stale'])}>
        {tab === 'ladder' ? (
          <LadderView
            instrument={instrument}
            book={now}
            decimals={decimals}
            step={step === steps[0] ? undefined : step}
          />
        ) : (
          <DepthView instrument={instrument} book={now} decimals={decimals} tick={tick} />
        )}
        {!now && (
          <div className={styles['cover']}>
            <EmptyBlock icon={<BookOpen {...BLOCK_ICON} />} {...why} />
          </div>
        )}
      </TabPanel>
    </Panel>
  )
}

/** Needed for the number of digits where no tick is known. */
function pricesOf(now: BookRow | undefined): readonly string[] {
  return now ? [...now.bids, ...now.asks].map(([price]) => price) : []
}
