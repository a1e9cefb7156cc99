/** The market that every linked panel follows, and the chart's interval: chosen here, remembered in the settings. */

import { createStore } from 'zustand/vanilla'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { INTERVALS, MINUTE } from '../../shared/market.ts'

export interface Focus {
  /** Absent until the settings are known, or while the watch list is empty and nothing was ever chosen. */
  readonly instrument?: InstrumentKey
  readonly interval: Millis
}

/** What the settings hold of it. */
export interface RememberedFocus {
  readonly instrument: InstrumentKey | undefined
  readonly interval: Millis
}

/** `remember` is called with each choice of the user. */
export function createFocusStore(remember: (focus: Focus) => void) {
  const store = createStore<Focus>(() => ({ interval: MINUTE }))
  let restored = false
  let chosen = false
  const choose = (change: Partial<Focus>) => {
    if (change.instrument !== undefined) chosen = true
    const now = store.getState()
    const next = { ...now, ...change }
    if (next.instrument === now.instrument && next.interval === now.interval) return
    store.setState(next, true)
    remember(next)
  }
  return {
    ...store,
    openMarket: (instrument: InstrumentKey) => choose({ instrument }),
    setInterval: (interval: Millis) => choose({ interval }),
    /** The next shorter (−1) or longer (+1) interval, if there is one. */
    stepInterval(step: -1 | 1) {
      const index = INTERVALS.findIndex((interval) => interval === store.getState().interval)
      const next = INTERVALS[index + step]
      if (index >= 0 && next !== undefined) choose({ interval: next })
    },
    /**
     * What was remembered, once; without a market, the first of the watch list, whenever there is one. A list that nobody
     * chose (`isDefault`) grows as exchanges answer: until somebody opens a market, its first is followed.
     */
    restore(remembered: RememberedFocus, watchlist: readonly InstrumentKey[], isDefault = false) {
      const now = store.getState()
      const interval = INTERVALS.find((known) => known === remembered.interval) ?? MINUTE
      const follows = isDefault && !chosen && remembered.instrument === undefined
      const instrument = (follows ? watchlist[0] : undefined) ?? now.instrument ?? remembered.instrument ?? watchlist[0]
      const next = restored ? now.interval : interval
      restored = true
      if (instrument === now.instrument && next === now.interval) return
      store.setState(instrument === undefined ? { interval: next } : { instrument, interval: next }, true)
    },
  }
}
export type FocusStore = ReturnType<typeof createFocusStore>
