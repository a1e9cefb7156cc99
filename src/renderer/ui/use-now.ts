/** One clock for the page: whoever shows an age ticks with everyone else, once a second. */

import { useSyncExternalStore } from 'react'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

let now: Millis = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
  // On the second, so that the clock in the status bar does not drift against the ages.
  timer = setTimeout(tick, SECOND - (now % SECOND))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearTimeout(timer)
  }
}

/** The time, new each second. */
export function useNow(): Millis {
  return useSyncExternalStore(subscribe, () => now)
}
