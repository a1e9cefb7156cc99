import { Worker } from 'node:worker_threads'
import { FaultError } from '../../../shared/faults.ts'
import type { ExportAnswers, ExportJob, ExportMessage, ExportRows } from './export-job.ts'

/** Rows live as long as it takes to write them: a large nursery would only make the process grow. */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 }

/** Runs one job on a thread of its own. Rejects with a FaultError where it failed or was cancelled. */
export function runExport<T extends ExportJob['task']>(
  job: ExportJob & { readonly task: T },
  onProgress: (progress: ExportRows) => void,
): Promise<ExportAnswers[T]> {
  const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { workerData: job, resourceLimits: LIMITS })
  return new Promise((resolve, reject) => {
    let answer: (() => void) | undefined
    worker.on('message', (message: ExportMessage) => {
      if (message.type === 'progress') onProgress(message.progress)
      else if (message.type === 'failed')
        answer = () => reject(new FaultError(message.fault.code, message.fault.message))
      else answer = () => resolve(message.answer as ExportAnswers[T])
    })
    worker.on('error', (error) => (answer = () => reject(error instanceof Error ? error : new Error(String(error)))))
    // Only once the thread is gone are its files closed and its memory free.
    worker.once('exit', () => (answer ?? (() => reject(new Error('The export thread ended without an answer.'))))())
  })
}
