import { Worker } from 'node:worker_threads'
import type { BackupProgress } from '../../shared/backup-contract.ts'
import { FaultError } from '../../shared/faults.ts'
import { THREAD_LIMITS } from '../journal/sqlite/thread.ts'
import type { BackupMessage, BackupThreadData } from './job.ts'
import type { BackupJob, MadeBackup } from './make-backup.ts'

export interface BackupRun {
  /** Settles once the thread is gone: its files are closed and its lock is free. Rejects with a FaultError. */
  readonly made: Promise<MadeBackup>
  cancel(): void
}

/** Makes a backup on a thread of its own. */
export function runBackup(job: BackupJob, onProgress: (progress: BackupProgress) => void): BackupRun {
  const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const workerData: BackupThreadData = { ...job, cancel }
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: THREAD_LIMITS,
  })
  const made = new Promise<MadeBackup>((resolve, reject) => {
    let answer = () => reject(new Error('The thread of the backup ended without an answer.'))
    worker.on('message', (message: BackupMessage) => {
      if (message.kind === 'progress') onProgress(message.progress)
      else if (message.kind === 'done') answer = () => resolve(message.made)
      else if (message.kind === 'failed')
        answer = () => reject(new FaultError(message.fault.code, message.fault.message))
    })
    worker.on('error', (error) => (answer = () => reject(error instanceof Error ? error : new Error(String(error)))))
    worker.once('exit', () => answer())
  })
  return { made, cancel: () => void Atomics.store(new Int32Array(cancel), 0, 1) }
}
