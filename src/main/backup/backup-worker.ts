/** The thread of one backup. It answers by messages and ends. */

import { constants, getPriority, setPriority } from 'node:os'
import type { MessagePort } from 'node:worker_threads'
import { parentPort, workerData } from 'node:worker_threads'
import { toFault } from '../../shared/faults.ts'
import type { BackupMessage, BackupThreadData } from './job.ts'
import { makeBackup } from './make-backup.ts'

/** At most so often is progress told. */
const PROGRESS_MILLIS = 200

if (parentPort) run(workerData as BackupThreadData, parentPort)

function run(data: BackupThreadData, port: MessagePort): void {
  const cancel = new Int32Array(data.cancel)
  const say = (message: BackupMessage) => port.postMessage(message)
  let toldAt = -Infinity
  stepBack()
  makeBackup(data, {
    stopped: () => Atomics.load(cancel, 0) !== 0,
    onProgress(progress) {
      const now = performance.now()
      if (now - toldAt < PROGRESS_MILLIS) return
      toldAt = now
      say({ kind: 'progress', progress })
    },
  }).then(
    (made) => say({ kind: 'done', made }),
    (error: unknown) => say({ kind: 'failed', fault: toFault(error) }),
  )
}

/** Lets the engine's threads go first: the check reads every page without a rest. */
function stepBack(): void {
  // Elsewhere than on Linux a priority is the whole process's.
  if (process.platform === 'linux') setPriority(0, Math.max(getPriority(0), constants.priority.PRIORITY_BELOW_NORMAL))
}
