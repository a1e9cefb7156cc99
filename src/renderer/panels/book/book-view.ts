/** What the book panel shows and how: which tab, and in which steps each market's prices are put together. Of this page only. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'

export type BookTab = 'ladder' | 'depth'

interface BookView {
  readonly tab: BookTab
  readonly steps: Readonly<Record<InstrumentKey, Decimal>>
}

const bookView = createStore<BookView>(() => ({ tab: 'ladder', steps: {} }))

export function useBookTab(): BookTab {
  return useStore(bookView, (state) => state.tab)
}
export function openBookTab(tab: BookTab): void {
  bookView.setState({ tab })
}
/** The step chosen for a market; undefined: its tick. */
export function useChosenStep(instrument: InstrumentKey): Decimal | undefined {
  return useStore(bookView, (state) => state.steps[instrument])
}
export function chooseStep(instrument: InstrumentKey, step: Decimal): void {
  bookView.setState(({ steps }) => ({ steps: { ...steps, [instrument]: step } }))
}
