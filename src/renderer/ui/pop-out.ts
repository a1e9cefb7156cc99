import { toFault } from '../../shared/faults.ts'
import type { PaneView } from '../../shared/shell-contract.ts'
import { askShell } from '../bridge/shell.ts'
import { showToast } from './toasts.ts'

/** Opens a pane in a window of its own; what keeps it from opening is told in a notice. */
export function popOut(view: PaneView): void {
  askShell('window.popOut', view).catch((error: unknown) => {
    showToast({ id: 'pop-out', tone: 'fault', title: toFault(error).message })
  })
}
