/** Starting a thread that owns a database: it says 'open' first, or why it cannot. */

import type { Worker } from 'node:worker_threads'
import type { Fault } from '../../../shared/faults.ts'
import { FaultError } from '../../../shared/faults.ts'

/** Young objects of a thread: records pass through it and are gone; V8 would let them take three times as much. */
export const THREAD_LIMITS = { maxYoungGenerationSizeMb: 8 } as const

/** What a thread may say first. */
export type FirstReply<O extends { readonly kind: 'open' }> = O | OpenFailure
export interface OpenFailure {
  readonly kind: 'failed'
  readonly fault?: Fault
  readonly error?: unknown
}

/** A failure to open, as it crosses threads: an Error loses its fault there. */
export function toOpenFailure(error: unknown): OpenFailure {
  return error instanceof FaultError ? { kind: 'failed', fault: error.fault } : { kind: 'failed', error }
}

/** Waits until a thread has opened its file. Rejects with its FaultError where it could not. */
export function whenOpen<O extends { readonly kind: 'open' }>(worker: Worker): Promise<O> {
  return new Promise((resolve, reject) => {
    // Node's watch mode sends messages of its own through the same port.
    const onMessage = (reply: FirstReply<O> | { readonly kind: undefined }) => {
      if (reply.kind === undefined) return
      worker.off('message', onMessage)
      worker.off('error', reject)
      if (reply.kind === 'open') resolve(reply)
      else if (reply.fault) reject(new FaultError(reply.fault.code, reply.fault.message))
      else reject(reply.error instanceof Error ? reply.error : new Error(String(reply.error)))
    }
    worker.on('message', onMessage)
    worker.once('error', reject)
  })
}

/** Resolves when a thread is gone. */
export function whenGone(worker: Worker): Promise<void> {
  return new Promise((resolve) => worker.once('exit', () => resolve()))
}
