import type { BrowserWindow, Dialog } from 'electron'
import { homedir, userInfo } from 'node:os'
import type { DiagnosticsReport } from '../../../shared/engine-view.ts'
import { toFault } from '../../../shared/faults.ts'
import type { EngineState, Saved, ShellInfo, ShownWindow, UpdateState } from '../../../shared/shell-contract.ts'
import { withoutPerson } from '../../diagnostics.ts'
import { writeWhole } from '../../settings-file.ts'

/** What the shell adds to the engine's report. */
export interface ShellReport {
  readonly info: ShellInfo
  readonly engine: EngineState
  readonly update: UpdateState
  readonly windows: readonly ShownWindow[]
  readonly displays: readonly { readonly width: number; readonly height: number; readonly scale: number }[]
  /** Its newest lines. */
  readonly log: readonly string[]
}

export interface DiagnosticsParts {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>
  readonly fileType: () => string
  readonly shell: () => ShellReport
  /** The engine's own, redacted where its secrets are known. */
  readonly engine: () => Promise<DiagnosticsReport>
  readonly now?: () => number
}

/** Saves one JSON file that can be read before it is sent. Works without an engine too: then it says why there is none. */
export function createDiagnosticsSaver(parts: DiagnosticsParts): (from: BrowserWindow) => Promise<Saved> {
  const { dialog, fileType, now = Date.now } = parts
  return async (from) => {
    const engine = await parts.engine().catch((error: unknown) => ({ fault: toFault(error) }))
    const person = { home: homedir(), name: userInfo().username }
    const report = { kind: 'tapedeck-diagnostics', version: 1, shell: withoutPerson(parts.shell(), person), engine }
    const { canceled, filePath } = await dialog.showSaveDialog(from, {
      defaultPath: `tapedeck-diagnostics-${new Date(now()).toISOString().slice(0, 10)}.json`,
      filters: [{ name: fileType(), extensions: ['json'] }],
    })
    if (canceled || !filePath) return { saved: false }
    await writeWhole(filePath, `${JSON.stringify(report, null, 2)}\n`)
    return { saved: true, path: filePath }
  }
}
