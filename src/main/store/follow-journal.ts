/** Keeps the store and the journal in step. */

import type { Journal } from '../journal/journal.ts'
import type { Store } from './store.ts'

/** The store's name among the journal's groups. */
const GROUP = 'store'

/**
 * What the journal commits is stored, and nothing is trimmed from it before it is stored. Returns what ends that; the
 * journal goes on waiting for the store's return.
 */
export function followJournal(store: Store, journal: Journal): () => void {
  journal.setGroup(GROUP, store.cursors)
  const offCommitted = journal.onCommitted(() => store.poke())
  const offStored = store.onStored((cursors) => journal.setGroup(GROUP, cursors))
  store.poke()
  return () => {
    offCommitted()
    offStored()
  }
}
