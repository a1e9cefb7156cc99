import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BACKUP_NAME } from '../../shared/backup-contract.ts'
import type { Millis } from '../../shared/market.ts'

/** Ends the name of a folder that is still being written, or removed: it counts for nothing. */
export const UNFINISHED = '.unfinished'

/** The name of a backup that is begun now, in UTC and without what a file name may not have: '2026-11-23T17-30-00Z'. */
export function toStamp(at: Millis): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

/** True for the folder of a backup; whatever else lies beside it is not ours. */
export function isBackupName(name: string): boolean {
  return BACKUP_NAME.test(name)
}

/** A name that no backup in this folder has. */
export function freeName(folder: string, at: Millis): string {
  const stamp = toStamp(at)
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? stamp : `${stamp}-${turn}`
    if (!existsSync(join(folder, name))) return name
  }
}
