/** Changes of the watch list, each written to the settings and each with its way back. */

import type { InstrumentKey } from '../../shared/market.ts'

export interface Watchlist {
  /** Puts markets at the end; those already there stay where they are. */
  add(keys: readonly InstrumentKey[]): Promise<void>
  /** Takes markets out. Returns what puts them back where they were. */
  remove(keys: readonly InstrumentKey[]): Promise<() => Promise<void>>
  /** Moves a market to the place of another. */
  move(key: InstrumentKey, to: InstrumentKey): Promise<void>
}

/** Over `read`, the list as it now is, and `save`, which writes a whole one. */
export function createWatchlist(
  read: () => readonly InstrumentKey[],
  save: (keys: InstrumentKey[]) => Promise<void>,
): Watchlist {
  return {
    async add(keys) {
      const now = read()
      const added = keys.filter((key) => !now.includes(key))
      if (added.length > 0) await save([...now, ...added])
    },
    async remove(keys) {
      const before = read()
      await save(before.filter((key) => !keys.includes(key)))
      return async () => {
        // What was added in the meantime stays.
        const since = read().filter((key) => !before.includes(key))
        const kept = before.filter((key) => keys.includes(key) || read().includes(key))
        await save([...kept, ...since])
      }
    },
    async move(key, to) {
      const now = read()
      const target = now.indexOf(to)
      if (key === to || target < 0 || !now.includes(key)) return
      await save(now.filter((entry) => entry !== key).toSpliced(target, 0, key))
    },
  }
}
