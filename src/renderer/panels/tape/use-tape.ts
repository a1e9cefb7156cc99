import { useRef, useSyncExternalStore } from 'react'
import type { TapeLine, TapeStore } from '../../market/tape-store.ts'

export interface TapeView {
  readonly lines: readonly TapeLine[]
  /** Trades taken since it stands still. */
  readonly fresh: number
}

/** The tape as it is, or as it was when `still` began. */
export function useTape(store: TapeStore, still: boolean): TapeView {
  const lines = useSyncExternalStore(store.subscribe, store.lines)
  const taken = store.taken()
  const kept = useRef<{ lines: readonly TapeLine[]; taken: number }>(undefined)
  if (!still) kept.current = undefined
  else kept.current ??= { lines, taken }
  const shown = kept.current
  return shown ? { lines: shown.lines, fresh: taken - shown.taken } : { lines, fresh: 0 }
}
