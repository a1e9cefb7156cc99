import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupProgress } from '../../shared/backup-contract.ts'
import type { Millis } from '../../shared/market.ts'
import { writeWhole } from '../settings-file.ts'
import { copySnapshot } from './copy.ts'
import type { BackupHooks } from './hooks.ts'
import { checkStopped } from './hooks.ts'
import { inspectDatabase } from './inspect.ts'
import { lockBackups } from './lock.ts'
import type { BackupManifest, DatabaseFacts } from './manifest.ts'
import { encodeManifest, MANIFEST, toManifest } from './manifest.ts'
import { freeName, UNFINISHED } from './names.ts'
import { copyPlainFiles } from './plain-files.ts'
import { pruneBackups, sweepUnfinished } from './removal.ts'
import type { Snapshot } from './snapshot.ts'
import { databasesIn, openSnapshots } from './snapshot.ts'
import { checkSpace } from './space.ts'
import { toTrouble } from './trouble.ts'

export interface BackupJob {
  /** The data folder. An engine may run on it. */
  readonly folder: string
  /** The folder of backups, made where there is none. */
  readonly into: string
  /** Of this Tapedeck. */
  readonly version: string
  readonly startedAt: Millis
  /** So many good ones stay in `into`, this one among them. Absent: all. */
  readonly keep?: number
}

export interface MadeBackup {
  readonly name: string
  /** Older ones that were removed for it. */
  readonly removed: readonly string[]
  readonly manifest: BackupManifest
}

export interface MakeHooks {
  stopped(): boolean
  onProgress(progress: BackupProgress): void
}

/**
 * Makes a backup of a data folder beside whoever writes to it. It is written under a name that counts for nothing, each
 * database is opened, checked, counted and hashed, and only then does it get its own name. Where that fails nothing of it
 * stays; where we are killed, the next one removes what is left. Rejects with a FaultError.
 */
export async function makeBackup(job: BackupJob, hooks: MakeHooks): Promise<MadeBackup> {
  try {
    databasesIn(job.folder) // before a folder is made for nothing
    await mkdir(job.into, { recursive: true, mode: 0o700 })
    const release = lockBackups(job.into)
    try {
      await sweepUnfinished(job.into)
      const made = await write(job, hooks)
      return { ...made, removed: job.keep === undefined ? [] : await pruneBackups(job.into, job.keep) }
    } finally {
      release()
    }
  } catch (error) {
    throw toTrouble(error, join(job.into, MANIFEST))
  }
}

async function write(job: BackupJob, hooks: MakeHooks): Promise<Omit<MadeBackup, 'removed'>> {
  const { folder, into, startedAt } = job
  const snapshots = await openSnapshots(folder)
  const name = freeName(into, startedAt)
  const unfinished = join(into, `${name}${UNFINISHED}`)
  try {
    const bytes = snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0)
    checkSpace(into, bytes)
    await mkdir(unfinished, { mode: 0o700 })
    const steps = followSteps({ name, startedAt, bytes }, hooks)
    const about = aboutOf(snapshots)
    for (const snapshot of snapshots) {
      const target = join(unfinished, snapshot.name)
      await copySnapshot(snapshot, target, steps.of('copying'))
      snapshot.db.close() // what was written meanwhile may leave the write-ahead log
      await chmod(target, 0o600)
    }
    const databases: DatabaseFacts[] = []
    for (const each of snapshots)
      databases.push(await inspectDatabase(join(unfinished, each.name), steps.of('checking')))
    const files = await copyPlainFiles(folder, unfinished)
    const times = { startedAt: toIso(startedAt), finishedAt: toIso(Date.now()) }
    const manifest = toManifest({ version: job.version, ...about, ...times, databases, files })
    await writeWhole(join(unfinished, MANIFEST), encodeManifest(manifest))
    checkStopped(hooks)
    await rename(unfinished, join(into, name))
    await syncFolder(into)
    return { name, manifest }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    for (const { db } of snapshots) db.close()
  }
}

/** Copying and checking go once over every byte each. */
function followSteps(
  about: { readonly name: string; readonly startedAt: Millis; readonly bytes: number },
  hooks: MakeHooks,
) {
  const { name, startedAt, bytes } = about
  let done = 0
  return {
    of: (stage: BackupProgress['stage']): BackupHooks => ({
      stopped: hooks.stopped,
      onBytes(more) {
        done += more
        hooks.onProgress({ name, startedAt, stage, share: Math.min(1, done / Math.max(1, bytes * 2)) })
      },
    }),
  }
}

/** Whose data it is, as the store says it. */
function aboutOf(snapshots: readonly Snapshot[]): Pick<BackupManifest, 'collector' | 'demo'> {
  const find = snapshots[0]!.db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck()
  return { collector: find.get('collector') ?? '', demo: find.get('demo') === '1' }
}

/** So that a power cut does not take the name away again. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // folders cannot be opened there, and need not be
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const toIso = (at: Millis): string => new Date(at).toISOString()
