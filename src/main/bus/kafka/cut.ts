import type { Millis } from '../../../shared/market.ts'
import { PassingError } from './errors.ts'

/** Cuts all connections to a cluster for a while, as if it were gone: to see what an outage does before there is one. */
export interface Cut {
  /** When it ends by itself; undefined: nothing is cut. */
  until(): Millis | undefined
  /** Closes what is connected, and lets nothing connect for so long. 0 ends it. */
  begin(length: Millis): void
  /** Throws while connections are cut. */
  check(): void
  /** `destroy` is called when a cut begins. Returns how to leave. */
  join(destroy: () => void): () => void
}

export function createCut(now: () => Millis = Date.now): Cut {
  const connected = new Set<() => void>()
  let end = 0
  const until = () => (end > now() ? end : undefined)
  return {
    until,
    begin(length) {
      end = length === 0 ? 0 : now() + length
      if (length > 0) for (const destroy of connected) destroy()
    },
    check() {
      if (until() === undefined) return
      throw new PassingError('cluster-away', 'The connection is cut as a drill. It comes back by itself.')
    },
    join(destroy) {
      connected.add(destroy)
      return () => connected.delete(destroy)
    },
  }
}
