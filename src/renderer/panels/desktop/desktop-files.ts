/** Files that the desktop saves and opens: asked for by a button, a command or a menu, answered by a notice. */

import type { TFunction } from 'i18next'
import { askShell } from '../../bridge/shell.ts'
import { showFault } from '../../ui/show-fault.ts'
import { showToast } from '../../ui/toasts.ts'

/** Dialogs stay open as long as the user likes. */
const PATIENT = 3_600_000

const FILES = {
  diagnostics: 'diagnostics.save',
  layoutExport: 'layout.export',
} as const

/** Asks where to, saves, and says where it is. */
export async function saveFile(what: keyof typeof FILES, t: TFunction<'desktop'>): Promise<void> {
  try {
    const answer = await askShell(FILES[what], {}, PATIENT)
    if (answer.saved) showToast({ id: 'desktop-file', tone: 'done', title: t('saved'), text: answer.path })
  } catch (error) {
    tell(error)
  }
}

/** Asks which, and arranges the windows so. */
export async function openLayout(): Promise<void> {
  try {
    await askShell('layout.import', {}, PATIENT)
  } catch (error) {
    tell(error)
  }
}

function tell(error: unknown): void {
  showFault('desktop-file', error)
}
