/** Backups of the fake engine: some that are there, one damaged, and one that is made in four seconds. */

import type { backupContract, BackupProgress, BackupRow, BackupView } from '../src/shared/backup-contract.ts'
import type { Handlers, Sink } from '../src/shared/bridge.ts'
import { FaultError } from '../src/shared/faults.ts'
import type { Millis } from '../src/shared/market.ts'
import { DAY } from '../src/shared/market.ts'

const LENGTH: Millis = 4_000
const STEP: Millis = 200

const nameOf = (at: Millis): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`

function row(at: Millis, rows: number): BackupRow {
  return { name: nameOf(at), state: 'good', at, rows, bytes: rows * 180, sha256: 'c3'.repeat(32) }
}

export function createFakeBackups(now: () => Millis): Handlers<typeof backupContract> {
  const sinks = new Set<Sink<BackupView>>()
  let backups: readonly BackupRow[] = [
    row(now() - DAY, 12_481_002),
    {
      name: nameOf(now() - 2 * DAY),
      state: 'damaged',
      problem: `The backup ${nameOf(now() - 2 * DAY)} is damaged: journal.db is missing. Choose another one.`,
    },
    row(now() - 3 * DAY, 11_020_774),
  ]
  let running: BackupProgress | undefined
  const tell = () => {
    for (const sink of sinks)
      if (sink.ready)
        sink.send({ folder: '/home/user/.config/Tapedeck/backups', backups, ...(running ? { running } : {}) })
  }
  const advance = () => {
    if (!running) return
    const share = (now() - running.startedAt) / LENGTH
    if (share < 1) {
      running = { ...running, share, stage: share < 0.5 ? 'copying' : 'checking' }
      setTimeout(advance, STEP).unref()
    } else {
      backups = [row(running.startedAt, 12_902_338), ...backups]
      running = undefined
    }
    tell()
  }
  return {
    'backup.start': () => {
      if (running) throw new FaultError('backup-running', 'A backup is being made already.')
      running = { name: nameOf(now()), startedAt: now(), stage: 'copying', share: 0 }
      advance()
      return { name: running.name }
    },
    'backup.restore': ({ name }) => {
      throw new FaultError('backup-damaged', `The backup ${name} is damaged: market.db is not as it was copied.`)
    },
    'backup.cancel': () => {
      running = undefined
      tell()
    },
    backups: (_params, sink) => {
      sinks.add(sink)
      tell()
      return () => sinks.delete(sink)
    },
  }
}
