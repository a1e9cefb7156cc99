/** The engine's side of the store: it says that there is more to read, and hears how far it is stored. */

import { Worker } from 'node:worker_threads'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Cursor } from '../journal/journal.ts'
import { BALLAST_BYTES } from '../journal/sqlite/ballast.ts'
import { THREAD_LIMITS, whenGone, whenOpen } from '../journal/sqlite/thread.ts'
import type { ConsumerAnswer, ConsumerRequest, StoreReply, StoreRequest } from './messages.ts'
import type { Arrived, ParkedRow, Store, StoreCaps } from './store.ts'
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
  const arrivals = new Set<() => void>()
  const asked = new Map<number, () => void>()
  const waiting = new Map<number, { resolve: (value: ConsumerAnswer) => void; reject: (error: Error) => void }>()
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

  const ask = async <A extends ConsumerAnswer>(request: (id: number) => ConsumerRequest): Promise<A> => {
    if (closed) throw closing()
    asks += 1
    const id = asks
    return new Promise<ConsumerAnswer>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      send(request(id))
    }) as Promise<A>
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
      case 'answer':
        waiting.get(reply.id)?.resolve(reply.value)
        waiting.delete(reply.id)
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
    async take(arrival) {
      const arrived = await ask<Arrived>((id) => ({ kind: 'arrive', id, arrival }))
      for (const listener of arrivals) listener()
      return arrived
    },
    onArrived(listener) {
      arrivals.add(listener)
      return () => arrivals.delete(listener)
    },
    offsets: (group) => ask<readonly Cursor[]>((id) => ({ kind: 'offsets', id, group })),
    async moveOffsets(group, offsets) {
      await ask<'moved'>((id) => ({ kind: 'move-offsets', id, group, offsets }))
    },
    parked: (group) => ask<readonly ParkedRow[]>((id) => ({ kind: 'parked', id, group })),
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
        for (const { reject } of waiting.values()) reject(closing())
        waiting.clear()
      })
      return closed
    },
  }
}

function closing(): FaultError {
  return new FaultError('cancelled', 'The store was closed before these records were stored.')
}
