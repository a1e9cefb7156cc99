import type { MarketEvent } from '../../shared/market.ts'
import type { Clock } from './clock.ts'

/** Gathers events into batches: one per turn, in order. */
export interface Outlet {
  emit(event: MarketEvent): void
  flush(): void
}

export function createOutlet(clock: Clock, onEvents: (batch: readonly MarketEvent[]) => void): Outlet {
  let batch: MarketEvent[] = []
  let cancel: (() => void) | undefined
  const flush = () => {
    cancel?.()
    cancel = undefined
    if (batch.length === 0) return
    const events = batch
    batch = []
    onEvents(events)
  }
  return {
    emit(event) {
      batch.push(event)
      cancel ??= clock.soon(flush)
    },
    flush,
  }
}
