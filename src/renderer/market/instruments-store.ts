/** All listed markets of the enabled venues: asked once, and again when the engine says that the list has changed. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Instrument, InstrumentKey } from '../../shared/market.ts'

export interface Instruments {
  readonly list: readonly Instrument[]
  readonly byKey: ReadonlyMap<InstrumentKey, Instrument>
  /** Markets of the same coin, on all venues. */
  readonly byBase: ReadonlyMap<string, readonly Instrument[]>
  readonly state: 'loading' | 'ready' | 'failed'
  readonly fault?: Fault
}

const NONE: Instruments = { list: [], byKey: new Map(), byBase: new Map(), state: 'loading' }

/** The list over `ask`, which asks the engine for it. */
export function createInstrumentsStore(ask: () => Promise<readonly Instrument[]>) {
  const store = createStore<Instruments>(() => NONE)
  let asked = 0
  return {
    ...store,
    async load(): Promise<void> {
      asked += 1
      const turn = asked
      try {
        const list = await ask()
        if (turn === asked) store.setState(indexed(list), true)
      } catch (error) {
        // The list from before goes on holding: markets seldom change.
        if (turn === asked) store.setState((known) => ({ ...known, state: 'failed', fault: toFault(error) }))
      }
    },
  }
}
export type InstrumentsStore = ReturnType<typeof createInstrumentsStore>

function indexed(list: readonly Instrument[]): Instruments {
  const byBase = new Map<string, Instrument[]>()
  for (const instrument of list) {
    if (instrument.base === undefined) continue
    const same = byBase.get(instrument.base)
    if (same) same.push(instrument)
    else byBase.set(instrument.base, [instrument])
  }
  return { list, byKey: new Map(list.map((instrument) => [instrument.key, instrument])), byBase, state: 'ready' }
}

/** What is known of one market; undefined while the list loads or when it is not listed any more. */
export function useInstrumentIn(store: InstrumentsStore, key: InstrumentKey | undefined): Instrument | undefined {
  return useStore(store, (state) => (key === undefined ? undefined : state.byKey.get(key)))
}
