import { Worker } from 'node:worker_threads'
import type { Millis } from '../../shared/market.ts'
import { MINUTE } from '../../shared/market.ts'
import { THREAD_LIMITS, whenGone, whenOpen } from '../journal/sqlite/thread.ts'
import type { HistoryReply, HistoryRequest } from './lag-history-worker.ts'
import type { LagPoint } from './lag.ts'

/** Seven days of lag, one point a minute and group: the greatest of that minute. */
export interface LagHistory {
  add(group: string, point: LagPoint): void
  read(group: string): Promise<readonly LagPoint[]>
  close(): Promise<void>
}

/** Opens (or makes) kafka.db on a thread of its own. Trouble with the disk is told to `onTrouble`, and costs points. */
export async function openLagHistory(file: string, onTrouble: (message: string) => void): Promise<LagHistory> {
  const worker = new Worker(new URL('./lag-history-worker.ts', import.meta.url), {
    workerData: { file },
    resourceLimits: THREAD_LIMITS,
  })
  const gone = whenGone(worker)
  await whenOpen(worker)
  const send = (request: HistoryRequest) => worker.postMessage(request)
  const asked = new Map<number, (points: readonly LagPoint[]) => void>()
  let ids = 0
  let closed: Promise<void> | undefined
  /** The minute that is still running, by group. */
  const minute = new Map<string, LagPoint>()
  let since: Millis | undefined

  worker.on('message', (reply: HistoryReply) => {
    if (reply.kind === 'trouble') onTrouble(reply.message)
    else if (reply.kind === 'points') {
      asked.get(reply.id)?.(reply.points)
      asked.delete(reply.id)
    }
  })
  const flush = () => {
    if (minute.size > 0 && since !== undefined)
      send({ kind: 'put', at: since, points: [...minute].map(([group, point]) => ({ group, ...point })) })
    minute.clear()
  }

  return {
    add(group, { at, lag, seconds }) {
      if (closed) return
      const begun = at - (at % MINUTE)
      if (since !== begun) flush()
      since = begun
      const known = minute.get(group)
      const most = Math.max(known?.seconds ?? 0, seconds ?? 0)
      const hasSeconds = known?.seconds !== undefined || seconds !== undefined
      minute.set(group, { at: begun, lag: Math.max(known?.lag ?? 0, lag), ...(hasSeconds ? { seconds: most } : {}) })
    },
    read(group) {
      if (closed) return Promise.resolve([])
      ids += 1
      return new Promise((resolve) => {
        asked.set(ids, resolve)
        send({ kind: 'read', id: ids, group })
      })
    },
    close() {
      if (closed) return closed
      flush()
      send({ kind: 'close' })
      closed = gone.then(() => {
        for (const resolve of asked.values()) resolve([])
        asked.clear()
      })
      return closed
    },
  }
}
