/** The thread of one restore. It answers by one message and ends. */

import { parentPort, workerData } from 'node:worker_threads'
import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Restored, RestoreJob } from './restore.ts'
import { restoreBackup } from './restore.ts'

export type RestoreMessage =
  | { readonly kind: 'done'; readonly restored: Restored }
  | { readonly kind: 'failed'; readonly fault: Fault }

if (parentPort) {
  const port = parentPort
  const say = (message: RestoreMessage) => port.postMessage(message)
  restoreBackup(workerData as RestoreJob).then(
    (restored) => say({ kind: 'done', restored }),
    (error: unknown) => say({ kind: 'failed', fault: toFault(error) }),
  )
}
