import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RestoreOutcome } from '../../shared/backup-contract.ts'
import type { RestoreJob } from './restore.ts'
import type { RestoreMessage } from './restore-worker.ts'

/** Restores a backup on a thread of its own: verifying it reads every page, and a host goes on answering meanwhile. */
export function runRestore(job: RestoreJob): Promise<RestoreOutcome> {
  const worker = new Worker(new URL('./restore-worker.ts', import.meta.url), { workerData: job })
  const about = { at: job.now, name: basename(job.backup) }
  return new Promise((resolve, reject) => {
    let answer: RestoreMessage | undefined
    worker.on('message', (message: RestoreMessage) => (answer = message))
    worker.on('error', reject)
    worker.once('exit', () => {
      if (answer?.kind === 'done') {
        const { manifest, kept } = answer.restored
        const { rows, sha256 } = manifest
        resolve({ kind: 'restored', ...about, rows, sha256, ...(kept === undefined ? {} : { kept }) })
      } else if (answer) resolve({ kind: 'refused', ...about, fault: answer.fault })
      else reject(new Error('The thread of the restore ended without an answer.'))
    })
  })
}
