/** Puts a backup in the place of what a data folder holds. */

import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { latestVersion } from '../journal/sqlite/migrate.ts'
import { noteRestore } from '../journal/restores.ts'
import { lockFolder, RESTORING } from '../store/folder.ts'
import { DATABASES, PLAIN_FILES } from './databases.ts'
import { NO_HOOKS } from './hooks.ts'
import { openBackup, verifyBackup } from './list.ts'
import type { BackupManifest } from './manifest.ts'
import { toStamp, UNFINISHED } from './names.ts'
import { checkSpace } from './space.ts'
import { toTrouble } from './trouble.ts'

/** All that makes up what a folder holds: a write-ahead log left beside another database would destroy it. */
const HELD = [...DATABASES.flatMap(({ name }) => [name, `${name}-wal`, `${name}-shm`]), ...PLAIN_FILES]

export interface RestoreJob {
  /** The backup's own folder. */
  readonly backup: string
  /** The data folder. */
  readonly folder: string
  readonly demo: boolean
  readonly now: Millis
}

export interface Restored {
  readonly manifest: BackupManifest
  /** Where what was there is kept; undefined where there was nothing. */
  readonly kept: string | undefined
}

/** Reads a backup and refuses one that cannot go into this folder: damaged, of a newer Tapedeck, or demo among real data. */
export async function checkRestorable(backup: string, demo: boolean): Promise<BackupManifest> {
  if (!existsSync(backup))
    throw new FaultError('not-found', `There is no backup ${backup}. See which there are with tapedeck backups.`)
  const manifest = await openBackup(backup)
  if (manifest.demo !== demo)
    throw new FaultError(
      'bad-request',
      manifest.demo
        ? `${basename(backup)} is a backup of the demo’s data. Add --demo to restore it there.`
        : `${basename(backup)} is a backup of real data. Leave --demo away to restore it.`,
    )
  for (const { name, schema } of manifest.databases) {
    const known = DATABASES.find((each) => each.name === name)
    if (!known || (known.migrations && schema > latestVersion(known.migrations)))
      throw new FaultError(
        'store-newer',
        `${name} in ${basename(backup)} has format ${schema}, made by Tapedeck ${manifest.version}; this version does not know it. Install that version to restore it.`,
      )
  }
  return manifest
}

/**
 * Restores a backup into a data folder on which no engine runs. The files are copied beside, and the copies verified
 * whole; only then do they take the place of what was there, which is kept in `before-restore-<time>`. Whatever fails
 * before that leaves the folder as it was. Rejects with 'folder-locked', 'backup-damaged', 'backup-room' and others.
 */
export async function restoreBackup({ backup, folder, demo, now }: RestoreJob): Promise<Restored> {
  const manifest = await checkRestorable(backup, demo)
  const isNamed = existsSync(join(folder, 'collector')) // taking the lock names a folder that has no name yet
  const lock = lockFolder(folder, { restoring: true })
  const copies = join(folder, `restore-${toStamp(now)}${UNFINISHED}`)
  try {
    await sweepCopies(folder)
    checkSpace(folder, manifest.bytes)
    await mkdir(copies, { mode: 0o700 })
    for (const { name } of [...manifest.databases, ...manifest.files]) {
      await copyFile(join(backup, name), join(copies, name))
      await chmod(join(copies, name), 0o600)
    }
    await verifyCopies(backup, copies, manifest)
    const held = HELD.filter((name) => existsSync(join(folder, name)) && (isNamed || name !== 'collector'))
    const kept = await swap(folder, copies, held, join(folder, `before-restore-${toStamp(now)}`))
    return { manifest, kept }
  } catch (error) {
    throw toTrouble(error, join(folder, 'market.db'))
  } finally {
    await rm(copies, { recursive: true, force: true })
    lock.release()
  }
}

/** The copies are what will be used, so they are what is verified: it finds what is wrong with the backup, and with the copying. */
async function verifyCopies(backup: string, copies: string, manifest: BackupManifest): Promise<void> {
  try {
    await verifyBackup(copies, manifest, NO_HOOKS)
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== 'backup-damaged') throw error
    const message = error.message.replace(basename(copies), basename(backup))
    throw new FaultError('backup-damaged', `${message} The data folder is as it was.`)
  }
}

/** Renames only: quick, and under a mark that no engine starts over, in case we are killed in between. */
async function swap(
  folder: string,
  copies: string,
  held: readonly string[],
  before: string,
): Promise<string | undefined> {
  if (held.length > 0) await mkdir(before, { mode: 0o700 })
  const ready = join(folder, RESTORING)
  if (existsSync(ready)) await rm(ready, { recursive: true })
  await rename(copies, ready)
  for (const name of held) await rename(join(folder, name), join(before, name))
  for (const name of await readdir(ready)) await rename(join(ready, name), join(folder, name))
  noteRestore(folder)
  await rm(ready, { recursive: true })
  return held.length > 0 ? before : undefined
}

/** Copies of a restore that was cut off while it made them. */
async function sweepCopies(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('restore-') && name.endsWith(UNFINISHED))
      await rm(join(folder, name), { recursive: true, force: true })
}
