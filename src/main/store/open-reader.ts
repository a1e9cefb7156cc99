/** The engine's side of the reader thread: history without a stall. */

import { Worker } from 'node:worker_threads'
import { FaultError } from '../../shared/faults.ts'
import { THREAD_LIMITS, whenGone, whenOpen } from '../journal/sqlite/thread.ts'
import type { QueryReply, QueryRequest } from './messages.ts'
import type { ReaderWorkerData } from './reader-worker.ts'
import type { Reader } from './store.ts'

/** Opens market.db for history queries, on a thread of its own. The store must have been opened once. */
export async function openReader({ marketFile }: { readonly marketFile: string }): Promise<Reader> {
  const workerData: ReaderWorkerData = { marketFile }
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: THREAD_LIMITS,
  })
  const gone = whenGone(worker)
  await whenOpen<Extract<QueryReply, { kind: 'open' }>>(worker)

  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let asks = 0
  let closed: Promise<void> | undefined

  worker.on('message', (reply: QueryReply) => {
    if (reply.kind === 'open') return
    const entry = asked.get(reply.id)
    asked.delete(reply.id)
    if (reply.kind === 'answer') entry?.resolve(reply.value)
    else entry?.reject(new FaultError(reply.fault.code, reply.fault.message))
  })

  const ask =
    <N extends QueryRequest['name']>(name: N) =>
    (query?: Parameters<Reader[N]>[0]): ReturnType<Reader[N]> => {
      if (closed) return Promise.reject(closedError()) as ReturnType<Reader[N]>
      asks += 1
      return new Promise<unknown>((resolve, reject) => {
        asked.set(asks, { resolve, reject })
        const request: QueryRequest = { id: asks, name, query }
        worker.postMessage(request)
      }) as ReturnType<Reader[N]>
    }

  return {
    instruments: ask('instruments'),
    bars: ask('bars'),
    trades: ask('trades'),
    coverage: ask('coverage'),
    completeness: ask('completeness'),
    remade: ask('remade'),
    meta: ask('meta'),
    stored: ask('stored'),
    close() {
      if (closed) return closed
      worker.postMessage('close')
      closed = gone.then(() => {
        for (const { reject } of asked.values()) reject(closedError())
        asked.clear()
      })
      return closed
    },
  }
}

function closedError(): FaultError {
  return new FaultError('connection-lost', 'The store is closed.')
}
