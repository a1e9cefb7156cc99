import { basename, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { FaultError } from '../../../../shared/faults.ts'
import type { BackupManifest } from '../../../backup/manifest.ts'
import { checkRestorable, restoreBackup } from '../../../backup/restore.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'

interface RestoreOptions {
  readonly data?: string
  readonly demo?: boolean
  readonly yes?: boolean
}

/** `restore`: puts a backup in the place of what is stored, which is kept beside. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'Restore a backup into a data folder on which nothing runs. Prints one JSON line: rows, hash, what is kept.',
    )
    .argument('<backup>', 'name of a backup of that data folder, or the path of any')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--demo', 'into the demo’s data folder')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nThe backup is verified whole first; a damaged one is refused and nothing changes. What was there is kept in before-restore-<time>.',
    )
    .action(run)
}

async function run(named: string, options: RestoreOptions): Promise<void> {
  const base = options.data ? resolve(options.data) : defaultFolder()
  const folder = options.demo ? demoFolder(base) : base
  const backup = basename(named) === named ? join(folder, 'backups', named) : resolve(named)
  const demo = options.demo === true
  const manifest = await checkRestorable(backup, demo)
  if (!options.yes && !(await agrees(folder, manifest))) {
    process.stderr.write('tapedeck: nothing was restored.\n')
    return
  }
  const { kept } = await restoreBackup({ backup, folder, demo, now: Date.now() })
  const { startedAt, rows, sha256, databases } = manifest
  const tables = Object.fromEntries(databases.map((each) => [each.name, { tables: each.tables, sha256: each.sha256 }]))
  process.stdout.write(`${JSON.stringify({ folder, backup, startedAt, rows, sha256, kept, databases: tables })}\n`)
}

async function agrees(folder: string, { startedAt, rows }: BackupManifest): Promise<boolean> {
  if (!process.stdin.isTTY) throw new FaultError('bad-request', '--yes: add it to restore where nobody can be asked.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const what = `${folder} will hold what it held at ${startedAt} (${rows.toLocaleString('en')} rows). What is there now is kept beside.`
    return /^y(es)?$/i.test((await terminal.question(`${what}\nRestore? [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
