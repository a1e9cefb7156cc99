/** The engine's side of the store: it says that there is more to read, and hears how far it is stored. */

import { Worker } from 'node:worker_threads'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Cursor } from '../journal/journal.ts'
import { BALLAST_BYTES } from '../journal/sqlite/ballast.ts'
import { THREAD_LIMITS, whenGone, whenOpen } from '../journal/sqlite/thread.ts'
import type { StoreReply, StoreRequest } from './messages.ts'
import type { Store, StoreCaps } from './store.ts'
import type { StoreWorkerData } from './store-worker.ts'

export interface StoreOptions {
  /** It must exist already: open the journal first. */
  readonly journalFile: string
  readonly marketFile: string
  readonly demo: boolean
  readonly caps: StoreCaps
  /** The data folder's uuid. */
  readonly collector: string
  /** Wall clock, for retention. */
  readonly clock?: () => Millis
  /** Room kept on the disk for the time when it is full. */
  readonly ballastBytes?: number
}

/** Opens (or makes) market.db on a thread of its own. Rejects with a FaultError where the file is newer or damaged. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { journalFile, marketFile, demo, caps, collector } = options
  const clock = options.clock ?? Date.now
  const workerData: StoreWorkerData = {
    journalFile,
    marketFile,
    demo,
    caps,
    collector,
    now: clock(),
    ballastBytes: options.ballastBytes ?? BALLAST_BYTES,
  }
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: THREAD_LIMITS,
  })
  const gone = whenGone(worker)
  const opened = await whenOpen<Extract<StoreReply, { kind: 'open' }>>(worker)
  const send = (request: StoreRequest) => worker.postMessage(request)

  const listeners = new Set<(cursors: readonly Cursor[]) => void>()
  const asked = new Map<number, () => void>()
  let asks = 0
  let stats = opened.stats
  /** A poke is under way; another one came meanwhile. */
  let busy = false
  let again = false
  let closed: Promise<void> | undefined

  const poke = () => {
    if (busy) again = true
    else if (!closed) {
      busy = true
      send({ kind: 'poke' })
    }
  }

  worker.on('message', (reply: StoreReply) => {
    switch (reply.kind) {
      case 'open':
        break
      case 'stored':
        stats = reply.stats
        for (const listener of listeners) listener(reply.cursors)
        break
      case 'idle':
        stats = reply.stats
        busy = false
        if (again) {
          again = false
          poke()
        }
        break
      case 'done':
        asked.get(reply.id)?.()
        asked.delete(reply.id)
        break
    }
  })

  const tick = () => {
    send({ kind: 'tick', now: clock() })
    poke()
  }
  const ticking = setInterval(tick, SECOND)
  ticking.unref()
  tick()

  return {
    cursors: opened.cursors,
    poke,
    onStored(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    putInstruments(venue, instruments) {
      if (closed) return Promise.resolve()
      asks += 1
      return new Promise((resolve) => {
        asked.set(asks, resolve)
        send({ kind: 'instruments', id: asks, venue, instruments })
      })
    },
    setCaps(next) {
      if (!closed) send({ kind: 'caps', caps: next })
    },
    stats: () => stats,
    close() {
      if (closed) return closed
      clearInterval(ticking)
      send({ kind: 'close' })
      closed = gone.then(() => {
        for (const resolve of asked.values()) resolve()
        asked.clear()
      })
      return closed
    },
  }
}
