import { useEffect, useState } from 'react'
import type { BackupView } from '../../../shared/backup-contract.ts'
import { session } from '../../bridge/session.ts'

/** The backups as the engine tells of them; undefined until it has. */
export function useBackups(): BackupView | undefined {
  const [view, setView] = useState<BackupView>()
  useEffect(() => session.open('backups', {}, setView), [])
  return view
}

/**
 * The command that restores a backup of this data folder. The demo's folder is the sibling of the one that `--data` names,
 * so its name is that one's with '-demo' behind.
 */
export function restoreCommand(name: string, folder: string, isDemo: boolean): string {
  const data = isDemo ? folder.replace(/-demo$/, '') : folder
  const quoted = /^[\w./:\\-]+$/.test(data) ? data : `"${data}"`
  return `tapedeck restore ${name}${isDemo ? ' --demo' : ''} --data ${quoted}`
}
