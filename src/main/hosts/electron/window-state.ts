import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WindowState } from '../../../shared/shell-contract.ts'
import { windowStateSchema } from '../../../shared/shell-contract.ts'

export const WINDOW_STATE_FILE = 'window-state.json'
const NOTHING: WindowState = { version: 1, panes: [] }

/** Where the windows stood. A file that cannot be read or is not valid counts as none: windows open where they did at first. */
export function readWindowState(folder: string): WindowState {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(join(folder, WINDOW_STATE_FILE), 'utf8')))
  } catch {
    return NOTHING
  }
}

/** Kept at once, since the next thing may be the end. A disk that refuses it costs the places of the windows, nothing else. */
export function writeWindowState(folder: string, state: WindowState): void {
  const path = join(folder, WINDOW_STATE_FILE)
  try {
    writeFileSync(`${path}.part`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.part`, path)
  } catch {
    // Said above.
  }
}
