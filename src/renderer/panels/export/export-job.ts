/** The export that runs, whether or not its dialog is open. One at a time. */

import { createStore } from 'zustand/vanilla'
import type { ExportFile, ExportProgress, ExportRequest } from '../../../shared/export-view.ts'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'
import { session } from '../../bridge/session.ts'
import { runCommand } from '../../ui/commands.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { showFault } from '../../ui/show-fault.ts'
import { closeToast, showToast } from '../../ui/toasts.ts'
import type { Language } from '../../i18n/index.ts'
import { i18n } from '../../i18n/index.ts'

export interface ExportJob {
  readonly request: ExportRequest
  /** Absent until the engine has begun. */
  readonly progress?: ExportProgress
  /** It could not begin, or was lost on the way. */
  readonly fault?: Fault
  /** Its dialog was closed: told of in a notice. */
  readonly background: boolean
}

export const jobStore = createStore<{ readonly job?: ExportJob }>(() => ({}))

let leave: (() => void) | undefined
const TOAST = 'export'

/** Whether a job stands in the way of another. */
export function isRunning(job: ExportJob | undefined): boolean {
  return job !== undefined && job.fault === undefined && (job.progress?.state ?? 'writing') === 'writing'
}

function change(part: Partial<ExportJob>): void {
  const { job } = jobStore.getState()
  if (!job) return
  const next = { ...job, ...part }
  jobStore.setState({ job: next })
  if (next.background) tell(next)
}

/** Begins to write; what becomes of it shows in the store. The first file downloads as soon as it is complete. */
export async function startExport(request: ExportRequest): Promise<void> {
  leave?.()
  jobStore.setState({ job: { request, background: false } })
  try {
    const { id } = await session.call('export.start', request)
    leave = session.open(
      'export.progress',
      { id },
      (progress) => {
        change({ progress })
        if (progress.state === 'writing') return
        leave?.()
        const first = progress.files[0]
        if (progress.state === 'done' && first) void download(id, first)
      },
      (fault) => {
        if (fault) change({ fault })
      },
    )
  } catch (error) {
    change({ fault: toFault(error) })
  }
}

/** Stops the writing; nothing is left behind. */
export async function cancelExport(): Promise<void> {
  const id = jobStore.getState().job?.progress?.id
  if (id === undefined) return
  try {
    await session.call('export.cancel', { id })
  } catch (error) {
    change({ fault: toFault(error) })
  }
}

/** The dialog goes; a notice stays. */
export function sendToBackground(): void {
  change({ background: true })
}

/** The dialog tells it again. */
export function bringToFront(): void {
  const { job } = jobStore.getState()
  if (job?.background) jobStore.setState({ job: { ...job, background: false } })
  closeToast(TOAST)
}

/** Forgets a job that is over. */
export function clearJob(): void {
  if (!isRunning(jobStore.getState().job)) jobStore.setState({}, true)
}

/** Saves a finished file where the user's browser or system saves files. */
export async function download(id: string, file: ExportFile): Promise<void> {
  try {
    const { path } = await session.call('export.ticket', { id, name: file.name })
    // A link, not a change of address: a ticket that has run out must not replace the page by an error.
    const link = document.createElement('a')
    link.href = path
    link.download = file.name
    document.body.append(link)
    link.click()
    link.remove()
  } catch (error) {
    showFault('download', error)
  }
}

function tell({ progress, fault }: ExportJob): void {
  const t = i18n.getFixedT(null, 'export')
  const action = { label: t('toast.open'), run: () => runCommand('export.open') }
  const failure = fault ?? progress?.fault
  if (failure || progress?.state === 'failed') {
    const text = failure ? faultLine(failure) : t('nothingLeft')
    showToast({ id: TOAST, tone: 'fault', title: t('failed'), text, action })
  } else if (progress?.state === 'done') {
    const rows = formatCount(progress.rows, i18n.language as Language)
    const text = t('toast.doneText', { rows, bytes: formatBytes(progress.bytes) })
    showToast({ id: TOAST, tone: 'done', title: t('toast.done'), text, action })
  } else if (progress?.state === 'cancelled') {
    showToast({ id: TOAST, tone: 'done', title: t('cancelled'), text: t('nothingLeft') })
  } else {
    const share = progress && progress.totalRows > 0 ? progress.rows / progress.totalRows : 0
    showToast({ id: TOAST, tone: 'running', title: t('toast.running'), progress: share, action })
  }
}
