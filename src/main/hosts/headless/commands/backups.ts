import { join, resolve } from 'node:path'
import { Command } from 'commander'
import type { BackupRow } from '../../../../shared/backup-contract.ts'
import { toFault } from '../../../../shared/faults.ts'
import { NO_HOOKS } from '../../../backup/hooks.ts'
import { listBackups, openBackup, verifyBackup } from '../../../backup/list.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'

interface BackupsOptions {
  readonly data?: string
  readonly demo?: boolean
  readonly from?: string
  readonly check?: boolean
  readonly json?: boolean
}

/** `backups`: which there are, and how each is. */
export function backupsCommand(): Command {
  return new Command('backups')
    .description('List the backups of a data folder, newest first: name, state, rows, size, hash.')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--demo', 'of the demo’s data folder')
    .option('--from <dir>', 'folder of backups (default: backups in the data folder)')
    .option('--check', 'read each whole: every byte, every database (slow)')
    .option('--json', 'one JSON object a line')
    .action(async (options: BackupsOptions) => {
      const base = options.data ? resolve(options.data) : defaultFolder()
      const folder = options.from ? resolve(options.from) : join(options.demo ? demoFolder(base) : base, 'backups')
      const listed = await listBackups(folder)
      if (listed.length === 0) process.stderr.write(`tapedeck: there are no backups in ${folder}.\n`)
      for (const each of listed) {
        const row = options.check && each.state === 'good' ? await check(folder, each) : each
        process.stdout.write(`${options.json ? JSON.stringify(row) : toLine(row)}\n`)
      }
    })
}

async function check(folder: string, row: BackupRow): Promise<BackupRow> {
  const path = join(folder, row.name)
  try {
    await verifyBackup(path, await openBackup(path), NO_HOOKS)
    return row
  } catch (error) {
    return { ...row, state: 'damaged', problem: toFault(error).message }
  }
}

function toLine({ name, state, rows, bytes, sha256, problem }: BackupRow): string {
  const size = bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`
  return [name, state, rows ?? '', size, sha256 ?? '', ...(problem === undefined ? [] : [problem])].join('\t')
}
