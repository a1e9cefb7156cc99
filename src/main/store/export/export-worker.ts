/** The thread of one preview or one export. It answers by messages and ends. */

import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportPreview } from '../../../shared/export-view.ts'
import type { Fault } from '../../../shared/faults.ts'
import type { ExportJob, ExportMessage, WrittenExport } from './export-job.ts'
import { Cancelled } from './export-job.ts'
import { toDiskFault } from './disk-fault.ts'
import { previewExport } from './preview.ts'
import type { WriteHooks } from './write-export.ts'
import { writeExport } from './write-export.ts'

/** At most so often is progress told. */
const PROGRESS_MILLIS = 100

if (parentPort) start(workerData as ExportJob, parentPort)

function start(job: ExportJob, port: MessagePort): void {
  const cancel = new Int32Array(job.cancel)
  const say = (message: ExportMessage) => port.postMessage(message)
  let toldAt = -Infinity
  const hooks: WriteHooks = {
    stopped: () => Atomics.load(cancel, 0) !== 0,
    onRows(progress) {
      const now = performance.now()
      if (now - toldAt < PROGRESS_MILLIS) return
      toldAt = now
      say({ type: 'progress', progress })
    },
  }
  const answer: Promise<ExportPreview | WrittenExport> =
    job.task === 'preview' ? previewExport(job) : writeExport(job, hooks)
  answer.then(
    (answer) => say({ type: 'done', answer }),
    (error: unknown) => say({ type: 'failed', fault: toExportFault(error, job) }),
  )
}

/** Whatever stopped an export, its files are gone by now. */
function toExportFault(error: unknown, { folder, name }: ExportJob): Fault {
  if (error instanceof Cancelled) return { code: 'cancelled', message: error.message }
  const fault = toDiskFault(error, join(folder, name))
  if (fault.code !== 'disk-full' && fault.code !== 'disk-failed') return fault
  return { ...fault, message: `${fault.message} Nothing was left behind: export again.` }
}
