/** When trades that arrived while the page was open were first painted: the last hop of their way. */

import type { InstrumentKey, Millis } from '../../shared/market.ts'

export interface Painted {
  /** Trades came from the engine as they happened. */
  arrived(instrument: InstrumentKey, ids: readonly string[]): void
  /** Trades stand on screen from the running frame on. */
  drawn(instrument: InstrumentKey, ids: () => Iterable<string>): void
  /** `at`: first painted. Undefined: the page did not see it arrive, or it was long ago. */
  of(instrument: InstrumentKey, id: string): { readonly at?: Millis } | undefined
}

/** What it needs of the browser. */
export interface PaintHost {
  afterPaint(callback: () => void): void
  /** A hidden page paints nothing. */
  isHidden(): boolean
}

const KEPT = 5_000

export function createPainted(host: PaintHost, now: () => Millis = Date.now): Painted {
  const times = new Map<string, Millis | undefined>()
  const waiting = new Set<string>()
  const keyOf = (instrument: InstrumentKey, id: string) => `${instrument} ${id}`
  return {
    arrived(instrument, ids) {
      for (const id of ids) {
        const key = keyOf(instrument, id)
        if (times.has(key)) continue
        times.set(key, undefined)
        waiting.add(key)
      }
      for (const key of times.keys()) {
        if (times.size <= KEPT) break
        times.delete(key)
        waiting.delete(key)
      }
    },
    drawn(instrument, ids) {
      if (waiting.size === 0 || host.isHidden()) return
      const fresh: string[] = []
      for (const id of ids()) if (waiting.delete(keyOf(instrument, id))) fresh.push(keyOf(instrument, id))
      if (fresh.length === 0) return
      host.afterPaint(() => {
        const at = now()
        for (const key of fresh) if (times.has(key)) times.set(key, at)
      })
    },
    of(instrument, id) {
      const key = keyOf(instrument, id)
      if (!times.has(key)) return undefined
      const at = times.get(key)
      return at === undefined ? {} : { at }
    },
  }
}
