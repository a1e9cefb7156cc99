import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { BackupRow } from '../../shared/backup-contract.ts'
import { toFault } from '../../shared/faults.ts'
import type { BackupHooks } from './hooks.ts'
import { countDatabase, inspectFile } from './inspect.ts'
import type { BackupManifest } from './manifest.ts'
import { damaged, readManifest } from './manifest.ts'
import { isBackupName, UNFINISHED } from './names.ts'

/** The backups of a folder, newest first, each judged by its own account and the sizes of its files: quick, however big they are. */
export async function listBackups(folder: string): Promise<readonly BackupRow[]> {
  const names = await readdir(folder).catch(() => [])
  const found = names.filter((name) => isBackupName(name.replace(UNFINISHED, ''))).toSorted(newestFirst)
  return Promise.all(found.map((name) => readRow(folder, name)))
}

/** By the time in the name, and of one second by their number. */
const newestFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true })

async function readRow(folder: string, name: string): Promise<BackupRow> {
  if (name.endsWith(UNFINISHED)) {
    const problem = 'It is being made, or was cut off while it was.'
    return { name: name.replace(UNFINISHED, ''), state: 'unfinished', problem }
  }
  try {
    return toRow(name, await openBackup(join(folder, name)))
  } catch (error) {
    return { name, state: 'damaged', problem: toFault(error).message }
  }
}

export function toRow(name: string, manifest: BackupManifest): BackupRow {
  const { startedAt, rows, bytes, sha256 } = manifest
  return { name, state: 'good', at: Date.parse(startedAt), rows, bytes, sha256 }
}

/** Reads a backup's account of itself and sees that its files are there, whole by their size. Throws 'backup-damaged'. */
export async function openBackup(folder: string): Promise<BackupManifest> {
  const manifest = readManifest(folder)
  for (const { name, bytes } of [...manifest.databases, ...manifest.files]) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (!found) throw damaged(folder, `${name} is missing`)
    if (found.size !== bytes) throw damaged(folder, `${name} has ${found.size} bytes in place of ${bytes}`)
  }
  return manifest
}

/**
 * Holds files against a backup's account of them: every byte, every table, every database opened and checked. `folder` is
 * the backup itself, or a copy of it. Throws 'backup-damaged' naming what is not as it was.
 */
export async function verifyBackup(folder: string, manifest: BackupManifest, hooks: BackupHooks): Promise<void> {
  for (const { name, sha256 } of [...manifest.files, ...manifest.databases]) {
    const found = await inspectFile(join(folder, name), hooks)
    if (found.sha256 !== sha256) throw damaged(folder, `${name} is not as it was copied`)
  }
  for (const { name, schema, rows, tables } of manifest.databases) {
    const found = countDatabase(join(folder, name), hooks)
    if (!isDeepStrictEqual(found, { schema, rows, tables }))
      throw damaged(folder, `${name} has ${found.rows} rows in place of ${rows}`)
  }
}
