/** An export run on this thread, for tests of what it writes. */

import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportFile, ExportRequest } from '../../../shared/export-view.ts'
import { toFileName } from './file-name.ts'
import type { SampleMarket } from './sample-market.ts'
import type { WriteHooks } from './write-export.ts'
import { writeExport } from './write-export.ts'

export interface SampleExport {
  readonly name: string
  readonly bytes: Buffer
  readonly text: string
  /** The sidecar. */
  readonly meta: Readonly<Record<string, unknown>>
  readonly files: readonly ExportFile[]
}

const QUIETLY: WriteHooks = { stopped: () => false, onRows: () => {} }

/** Writes a request into a fresh folder below the market's and reads what came of it. */
export async function exportSample(
  market: SampleMarket,
  request: ExportRequest,
  { demo = false, hooks = QUIETLY }: { readonly demo?: boolean; readonly hooks?: WriteHooks } = {},
): Promise<SampleExport> {
  const folder = mkdtempSync(join(market.folder, 'out-'))
  const name = toFileName(request, demo)
  const origin = { version: '1.2.3', collector: 'c-1', demo }
  const cancel = new SharedArrayBuffer(4)
  const job = { task: 'write', request, marketFile: market.file, origin, folder, name, cancel } as const
  const { files } = await writeExport(job, hooks)
  const bytes = readFileSync(join(folder, name))
  const meta = JSON.parse(readFileSync(join(folder, `${name}.meta.json`), 'utf8')) as Record<string, unknown>
  return { name, bytes, text: bytes.toString(), meta, files }
}
