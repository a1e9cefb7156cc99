import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ExportPreview, ExportProgress, ExportRequest } from '../../../shared/export-view.ts'
import { FaultError, toFault } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import { HOUR } from '../../../shared/market.ts'
import type { ExportJob, ExportOrigin } from './export-job.ts'
import { runExport } from './export-thread.ts'
import { toFileName } from './file-name.ts'
import { sweepDownloads } from './sweep.ts'

/** How long a finished download stays on disk. */
const KEEP: Millis = 6 * HOUR

export interface ExportsOptions extends ExportOrigin {
  /** Path of market.db. */
  readonly marketFile: string
  /** Folder of downloads: '<data>/exports'. */
  readonly folder: string
}

/** Exports of the store to files, each on a thread of its own. */
export interface Exports {
  /** What a request would give. Rejects with a FaultError where the store cannot be read. */
  preview(request: ExportRequest): Promise<ExportPreview>
  /**
   * Begins an export. With `target` (an absolute path) its file gets that name, for the command line; else it is a
   * download, in a folder of its own, and is removed after some hours. Throws 'bad-request' where that target is being written.
   */
  start(request: ExportRequest, options?: { readonly target?: string }): { readonly id: string }
  /** Tells where an export stands: at once, then at most ten times a second, last when it is done, failed or cancelled. */
  watch(id: string, listener: (progress: ExportProgress) => void): () => void
  /** Stops an export that still writes; no file of it stays. */
  cancel(id: string): void
  /** Absolute path of a finished export's file. */
  path(id: string, name: string): string | undefined
  /** Cancels what still writes and waits for its threads. */
  close(): Promise<void>
}

interface Entry {
  progress: ExportProgress
  readonly job: ExportJob & { readonly task: 'write' }
  readonly startedAt: Millis
  readonly listeners: Set<(progress: ExportProgress) => void>
}

/** Opens the exports of a data folder, and removes downloads that an earlier run left there. */
export function openExports(options: ExportsOptions): Exports {
  const { marketFile, folder } = options
  const origin: ExportOrigin = { version: options.version, collector: options.collector, demo: options.demo }
  const entries = new Map<string, Entry>()
  const threads = new Set<Promise<void>>()
  /** Previews take turns: the dialog asks for one at each change. */
  let previews: Promise<unknown> = Promise.resolve()

  const sweep = (): void => {
    const before = Date.now() - KEEP
    for (const [id, entry] of entries)
      if (entry.progress.state !== 'writing' && entry.startedAt < before) entries.delete(id)
    const sweeping = sweepDownloads(folder, before).finally(() => threads.delete(sweeping))
    threads.add(sweeping)
  }
  sweep()
  const sweeping = setInterval(sweep, HOUR).unref()

  const toJob = <T extends ExportJob['task']>(
    task: T,
    request: ExportRequest,
    into: string,
    name: string,
  ): ExportJob & { readonly task: T } => ({
    task,
    request,
    marketFile,
    origin,
    folder: into,
    name,
    cancel: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  })
  const entryOf = (id: string): Entry => {
    const entry = entries.get(id)
    if (!entry) throw new FaultError('not-found', `There is no export "${id}" (any more). Start it again.`)
    return entry
  }
  const tell = (entry: Entry, change: Partial<ExportProgress>): void => {
    const rows = change.rows ?? entry.progress.rows
    const seconds = (Date.now() - entry.startedAt) / 1_000
    entry.progress = { ...entry.progress, ...change, rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0 }
    for (const listener of entry.listeners) listener(entry.progress)
  }

  const write = async (entry: Entry, download: boolean): Promise<void> => {
    try {
      if (download) await mkdir(entry.job.folder, { recursive: true })
      const { rows, bytes, files } = await runExport(entry.job, (progress) => tell(entry, progress))
      tell(entry, { state: 'done', rows, totalRows: rows, bytes, files })
    } catch (error) {
      const fault = toFault(error)
      if (download) await rm(entry.job.folder, { recursive: true, force: true })
      tell(entry, fault.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', fault })
    }
  }

  return {
    preview(request) {
      const job = toJob('preview', request, folder, toFileName(request, origin.demo))
      const preview = previews.then(() => runExport(job, () => {}))
      previews = preview.catch(() => {})
      return preview
    },
    start(request, { target } = {}) {
      const id = randomUUID()
      const into = target === undefined ? join(folder, id) : dirname(target)
      const job = toJob(
        'write',
        request,
        into,
        target === undefined ? toFileName(request, origin.demo) : basename(target),
      )
      for (const { progress, job: other } of entries.values())
        if (progress.state === 'writing' && other.folder === into && other.name === job.name)
          throw new FaultError(
            'bad-request',
            `target: ${job.name} is being written by another export. Choose another name.`,
          )
      const entry: Entry = {
        job,
        startedAt: Date.now(),
        listeners: new Set(),
        progress: { id, state: 'writing', rows: 0, totalRows: 0, bytes: 0, rowsPerSecond: 0, files: [] },
      }
      entries.set(id, entry)
      const thread = write(entry, target === undefined).finally(() => threads.delete(thread))
      threads.add(thread)
      return { id }
    },
    watch(id, listener) {
      const entry = entryOf(id)
      entry.listeners.add(listener)
      listener(entry.progress)
      return () => void entry.listeners.delete(listener)
    },
    cancel(id) {
      Atomics.store(new Int32Array(entryOf(id).job.cancel), 0, 1)
    },
    path(id, name) {
      const entry = entries.get(id)
      return entry?.progress.files.some((file) => file.name === name) ? join(entry.job.folder, name) : undefined
    },
    async close() {
      clearInterval(sweeping)
      for (const { job } of entries.values()) Atomics.store(new Int32Array(job.cancel), 0, 1)
      await Promise.all([previews, ...threads])
    },
  }
}
