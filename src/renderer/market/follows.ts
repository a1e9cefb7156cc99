/** Which markets' tickers the page needs, by who needs them: the stream asks for the union. */

import type { InstrumentKey } from '../../shared/market.ts'

export interface Follows {
  /** `owner` now needs these; an empty list takes it out. */
  set(owner: string, keys: readonly InstrumentKey[]): void
  all(): readonly InstrumentKey[]
}

/** `onChange` is called once after a burst of changes, and only when the union has changed. */
export function createFollows(onChange: (keys: readonly InstrumentKey[]) => void): Follows {
  const owners = new Map<string, readonly InstrumentKey[]>()
  let told = ''
  let waiting = false
  const all = () => [...new Set([...owners.values()].flat())].toSorted()
  const tell = () => {
    waiting = false
    const keys = all()
    const text = keys.join(' ')
    if (text === told) return
    told = text
    onChange(keys)
  }
  return {
    set(owner, keys) {
      if (keys.length === 0) owners.delete(owner)
      else owners.set(owner, keys)
      if (waiting) return
      waiting = true
      queueMicrotask(tell)
    },
    all,
  }
}
