/** Values by key with a subscription per key, so that one changed row draws one row. */

import { useCallback, useSyncExternalStore } from 'react'

export interface Cells<K, V> {
  readonly get: (key: K) => V | undefined
  set(key: K, value: V): void
  /** Called when the value of `key` has changed. Returns what leaves. */
  readonly subscribe: (key: K, listener: () => void) => () => void
  clear(): void
}

export function createCells<K, V>(): Cells<K, V> {
  const values = new Map<K, V>()
  const listeners = new Map<K, Set<() => void>>()
  const tell = (key: K) => {
    for (const listener of listeners.get(key) ?? []) listener()
  }
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.set(key, value)
      tell(key)
    },
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set()
      listeners.set(key, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key)
      }
    },
    clear() {
      const keys = [...values.keys()]
      values.clear()
      keys.forEach(tell)
    },
  }
}

/** The value under `key`; draws again only when that one changes. */
export function useCell<K, V>(cells: Pick<Cells<K, V>, 'get' | 'subscribe'>, key: K): V | undefined {
  const subscribe = useCallback((listener: () => void) => cells.subscribe(key, listener), [cells, key])
  return useSyncExternalStore(subscribe, () => cells.get(key))
}
