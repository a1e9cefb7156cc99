/** The order book of the focused market, newest state only. */

import { createStore } from 'zustand/vanilla'
import type { BookRow } from '../../shared/market-view.ts'
import type { InstrumentKey } from '../../shared/market.ts'

export function createBookStore() {
  const store = createStore<{ readonly focus?: InstrumentKey; readonly book?: BookRow }>(() => ({}))
  return {
    ...store,
    /** Another market is looked at: the old book is gone at once, so that it is never taken for the new one's. */
    reset(focus: InstrumentKey | undefined) {
      store.setState(focus === undefined ? {} : { focus }, true)
    },
    apply(book: BookRow | undefined) {
      const { focus, book: known } = store.getState()
      if (book === undefined || book.instrument !== focus) return
      if (known && known.receivedAt > book.receivedAt) return
      store.setState({ book })
    },
  }
}
export type BookStore = ReturnType<typeof createBookStore>
