import { useState, useSyncExternalStore } from 'react'
import type { TapeLine, TapeStore } from '../../market/tape-store.ts'

export interface TapeView {
  readonly lines: readonly TapeLine[]
  /** Trades taken since it stands still. */
  readonly fresh: number
}

/** The tape as it is, or as it was when `still` began. */
export function useTape(store: TapeStore, still: boolean): TapeView {
  const lines = useSyncExternalStore(store.subscribe, store.lines)
  const taken = useSyncExternalStore(store.subscribe, store.taken)
  const [kept, setKept] = useState<{ readonly lines: readonly TapeLine[]; readonly taken: number }>()
  if (still && kept === undefined) setKept({ lines, taken })
  if (!still && kept !== undefined) setKept(undefined)
  return still && kept ? { lines: kept.lines, fresh: taken - kept.taken } : { lines, fresh: 0 }
}
