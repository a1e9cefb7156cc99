import type { PaneView } from '../../shared/shell-contract.ts'
import { askShell } from '../bridge/shell.ts'
import { showFault } from './show-fault.ts'

/** Opens a pane in a window of its own; what keeps it from opening is told in a notice. */
export function popOut(view: PaneView): void {
  askShell('window.popOut', view).catch((error: unknown) => {
    showFault('pop-out', error)
  })
}
