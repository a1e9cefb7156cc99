import { join } from 'node:path'
import type { backupContract, BackupProgress, BackupRow, BackupView } from '../../shared/backup-contract.ts'
import type { Handlers } from '../../shared/bridge.ts'
import type { Fault } from '../../shared/faults.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { HOUR, SECOND } from '../../shared/market.ts'
import { latest } from '../latest.ts'
import type { HostPort } from '../host-port.ts'
import type { Log } from '../log.ts'
import type { SettingsFile } from '../settings-file.ts'
import type { BackupRun } from './backup-thread.ts'
import { runBackup } from './backup-thread.ts'
import { listBackups } from './list.ts'
import { freeName } from './names.ts'
import { checkRestorable } from './restore.ts'
import { runRestore } from './restore-thread.ts'
import { dueAt } from './schedule.ts'

/** How often it is seen whether a backup is due. */
const LOOK: Millis = 30 * SECOND
/** A failed one is tried again only so much later: a disk without room does not get any by asking. */
const RETRY: Millis = HOUR

export interface BackupsParts {
  /** The data folder; backups go to its 'backups'. */
  readonly folder: string
  readonly version: string
  readonly demo: boolean
  readonly host: Pick<HostPort, 'restore' | 'restored'>
  readonly settings: SettingsFile
  readonly log: Log
}

/** The engine's backups: made when they are due or asked for, one at a time, beside everything else. */
export interface Backups {
  readonly handlers: Handlers<typeof backupContract>
  /** Why the newest try failed; undefined once one has succeeded, and where another process was making one. */
  fault(): Fault | undefined
  /** Stops one that is being made, and waits for its thread. */
  close(): Promise<void>
}

export function openBackups({ folder, version, demo, host, settings, log }: BackupsParts): Backups {
  const into = join(folder, 'backups')
  const listeners = new Set<() => void>()
  /** Undefined until the folder has been read. */
  let rows: readonly BackupRow[] | undefined
  let running: (BackupRun & { progress: BackupProgress; readonly ended: Promise<void> }) | undefined
  let fault: Fault | undefined
  let retryAt: Millis = 0
  let closed = false

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const list = async () => {
    rows = await listBackups(into)
    tell()
  }
  const nextAt = (now: Millis): Millis | undefined => {
    if (!rows) return undefined
    const { backup, zone } = settings.state.settings
    const due = dueAt(backup, zone, rows.find(({ state }) => state === 'good')?.at, now)
    return due === undefined ? undefined : Math.max(due, retryAt)
  }
  const view = (): BackupView => {
    const next = nextAt(Date.now())
    return {
      folder: into,
      backups: (rows ?? []).filter(({ name }) => name !== running?.progress.name),
      ...(running ? { running: running.progress } : {}),
      ...(next === undefined ? {} : { nextAt: next }),
      ...(fault ? { fault } : {}),
      ...(host.restored ? { restored: host.restored } : {}),
    }
  }

  const follow = async (made: BackupRun['made']): Promise<void> => {
    try {
      const { name, manifest, removed } = await made
      fault = undefined
      retryAt = 0
      log.info(`Backup ${name}: ${manifest.rows} rows, ${Math.round(manifest.bytes / 1e6)} MB, each database checked.`)
      if (removed.length > 0) log.info(`Older backups were removed: ${removed.join(', ')}.`)
    } catch (error) {
      const found = toFault(error)
      retryAt = Date.now() + RETRY
      fault = found.code === 'cancelled' ? undefined : found
      if (fault) log.warn(`The backup failed: ${found.message}`)
    }
  }
  const start = (): string => {
    if (closed) throw new FaultError('connection-lost', 'The engine is closing: no backup is begun.')
    if (running)
      throw new FaultError('backup-running', 'A backup is being made already. Wait until it is done, or stop it.')
    const startedAt = Date.now()
    const name = freeName(into, startedAt)
    const { keep } = settings.state.settings.backup
    const run = runBackup({ folder, into, version, startedAt, keep }, (progress) => {
      if (running) running.progress = progress
      tell()
    })
    const ended = follow(run.made).then(async () => {
      const found = await listBackups(into) // before it is told that none runs: the new one is in the same view
      running = undefined
      rows = found
      tell()
    })
    running = { ...run, ended, progress: { name, startedAt, stage: 'copying', share: 0 } }
    tell()
    return name
  }

  const look = () => {
    const next = nextAt(Date.now())
    if (!running && next !== undefined && next <= Date.now()) start()
  }
  const looking = setInterval(look, LOOK).unref()
  const leaveSettings = settings.onChange(tell)
  const listed = list()

  return {
    handlers: {
      'backup.start': () => ({ name: start() }),
      'backup.restore': async ({ name }) => {
        if (running)
          throw new FaultError('backup-running', 'A backup is being made. Wait until it is done, or stop it.')
        const backup = join(into, name)
        await checkRestorable(backup, demo)
        await host.restore(() => runRestore({ backup, folder, demo, now: Date.now() }))
      },
      'backup.cancel': () => running?.cancel(),
      backups: (_params, sink) => {
        const send = latest(sink)
        const listener = () => send(view())
        listeners.add(listener)
        void list() // others make backups too: the command line, a hand that deletes one
        return () => listeners.delete(listener)
      },
    },
    fault: () => (fault?.code === 'backup-running' ? undefined : fault),
    async close() {
      if (closed) return
      closed = true
      clearInterval(looking)
      leaveSettings()
      running?.cancel()
      await Promise.all([listed, running?.ended])
    },
  }
}
