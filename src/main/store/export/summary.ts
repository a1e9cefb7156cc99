import { join } from 'node:path'
import type { Completeness, ExportProgress } from '../../../shared/export-view.ts'

export type Counted = Pick<Completeness, 'seconds' | 'live' | 'backfilled' | 'missing' | 'unwatched'>

/** How an export ended, for a command line: one line for a person, one of JSON for a program. */
export interface ExportSummary {
  readonly line: string
  readonly json: string
}

/** The last words of an export into `folder`; `completeness` as its sidecar has it, per market. */
export function toSummary(
  progress: ExportProgress,
  folder: string,
  completeness: readonly Counted[] = [],
): ExportSummary {
  const { state, rows, bytes, fault } = progress
  const files = progress.files.map((file) => ({ ...file, path: join(folder, file.name) }))
  return {
    line: toLine(progress, folder, completeness),
    json: JSON.stringify({ state, rows, bytes, files, completeness, ...(fault === undefined ? {} : { fault }) }),
  }
}

function toLine(
  { state, rows, bytes, files, fault }: ExportProgress,
  folder: string,
  completeness: readonly Counted[],
): string {
  switch (state) {
    case 'writing':
      return `Writing: ${grouped(rows)} rows so far.`
    case 'cancelled':
      return 'Cancelled: nothing was left behind.'
    case 'failed':
      return `Failed: ${fault?.message ?? 'no reason was given.'}`
    case 'done': {
      const data = files.filter(({ name }) => !name.endsWith('.meta.json'))
      const [first] = data
      const named =
        first === undefined || data.length > 1 ? `${data.length} files in ${folder}` : join(folder, first.name)
      return `Wrote ${grouped(rows)} rows, ${(bytes / 1e6).toFixed(1)} MB, to ${named}${toShares(completeness)}.`
    }
  }
}

function toShares(completeness: readonly Counted[]): string {
  const sum = (state: keyof Counted): number => completeness.reduce((total, counted) => total + counted[state], 0)
  const seconds = sum('seconds')
  if (seconds === 0) return ''
  const share = (state: keyof Counted): string => `${((100 * sum(state)) / seconds).toFixed(2)} %`
  return `; ${share('live')} live, ${share('backfilled')} back-filled, ${share('missing')} missing, ${share('unwatched')} not watched`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
