/** Closing prices of the last 24 h for the small lines of the watch list: asked in groups, kept for some minutes. */

import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { MINUTE } from '../../shared/market.ts'
import type { Cells } from './cells.ts'
import { createCells } from './cells.ts'

type Ask = (keys: InstrumentKey[]) => Promise<Readonly<Record<InstrumentKey, readonly number[]>>>

export interface SparksStore extends Pick<Cells<InstrumentKey, readonly number[]>, 'get' | 'subscribe'> {
  /** These rows are on screen: asks for what is not known or too old. */
  see(keys: readonly InstrumentKey[], now: Millis): void
}

const LIFE: Millis = 10 * MINUTE
/** After an error the same markets are asked again no sooner. */
const RETRY: Millis = MINUTE
const GROUP = 200

export function createSparksStore(ask: Ask): SparksStore {
  const cells = createCells<InstrumentKey, readonly number[]>()
  const nextAt = new Map<InstrumentKey, Millis>()
  return {
    get: cells.get,
    subscribe: cells.subscribe,
    see(keys, now) {
      const due = keys.filter((key) => (nextAt.get(key) ?? 0) <= now)
      for (let from = 0; from < due.length; from += GROUP) {
        const group = due.slice(from, from + GROUP)
        for (const key of group) nextAt.set(key, now + LIFE)
        ask(group).then(
          (sparks) => {
            for (const [key, closes] of Object.entries(sparks)) cells.set(key as InstrumentKey, closes)
          },
          () => {
            for (const key of group) nextAt.set(key, now + RETRY)
          },
        )
      }
    },
  }
}
