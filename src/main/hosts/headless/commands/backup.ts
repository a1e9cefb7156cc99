import { join, resolve } from 'node:path'
import { Command } from 'commander'
import type { BackupProgress, BackupRow, BackupView } from '../../../../shared/backup-contract.ts'
import { FaultError } from '../../../../shared/faults.ts'
import { runBackup } from '../../../backup/backup-thread.ts'
import { toRow } from '../../../backup/list.ts'
import type { BackupJob } from '../../../backup/make-backup.ts'
import { openSettings } from '../../../settings-file.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'
import { VERSION } from '../../version.ts'
import { connectEngine } from '../client.ts'
import { ending } from '../ending.ts'
import type { EngineFile } from '../engine-file.ts'
import { readEngineFile } from '../engine-file.ts'
import { EXIT } from '../exit.ts'

interface BackupOptions {
  readonly data?: string
  readonly demo?: boolean
  readonly to?: string
}

/** `backup`: makes one now, whether or not an engine runs on the folder. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('Back up the data folder, also while Tapedeck runs. Prints one JSON line about the backup.')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--demo', 'of the demo’s data folder')
    .option('--to <dir>', 'folder that gets it, where none is ever removed (default: backups in the data folder)')
    .addHelpText(
      'after',
      '\nIn it are the databases (each opened, checked, counted and hashed), settings.json and the collector’s id; never a secret.',
    )
    .action(run)
}

async function run(options: BackupOptions): Promise<void> {
  const base = options.data ? resolve(options.data) : defaultFolder()
  const folder = options.demo ? demoFolder(base) : base
  const into = options.to ? resolve(options.to) : join(folder, 'backups')
  // Another place is no business of the engine's: reading disturbs nobody, so this process does it by itself.
  const engine = options.to ? undefined : readEngineFile(folder)
  const { keep } = (await openSettings(base)).state.settings.backup
  const row = engine ? await ask(engine) : await make({ folder, into, ...(options.to ? {} : { keep }) })
  process.stdout.write(`${JSON.stringify({ folder: join(into, row.name), ...row })}\n`)
  process.exit(EXIT.ok)
}

/** Has the running engine make it, so that its page shows it, and waits. Ctrl-C stops it there. */
async function ask(file: EngineFile): Promise<BackupRow> {
  const engine = await connectEngine(file)
  try {
    const { name } = await engine.call('backup.start', {})
    void ending().then(() => engine.call('backup.cancel', {}))
    const tell = createTeller()
    const view = await new Promise<BackupView>((ended, lost) => {
      engine.open(
        'backups',
        {},
        (value) => {
          if (value.running) tell(value.running)
          else ended(value)
        },
        (fault) => lost(new FaultError(fault?.code ?? 'connection-lost', fault?.message ?? 'The engine has ended.')),
      )
    })
    const row = view.backups.find((each) => each.name === name && each.state === 'good')
    if (row) return row
    const { code, message } = view.fault ?? { code: 'cancelled', message: 'The backup was stopped.' }
    throw new FaultError(code, message)
  } finally {
    engine.close()
  }
}

async function make(job: Pick<BackupJob, 'folder' | 'into' | 'keep'>): Promise<BackupRow> {
  const run = runBackup({ ...job, version: VERSION, startedAt: Date.now() }, createTeller())
  void ending().then(run.cancel)
  const { name, manifest, removed } = await run.made
  if (removed.length > 0) process.stderr.write(`tapedeck: removed older backups: ${removed.join(', ')}.\n`)
  return toRow(name, manifest)
}

/** Says how far it is, once every tenth. */
function createTeller(): (progress: BackupProgress) => void {
  let told = 0
  return ({ stage, share }) => {
    const tenth = Math.floor(share * 10)
    if (tenth <= told) return
    told = tenth
    process.stderr.write(`tapedeck: ${stage}, ${tenth * 10} %\n`)
  }
}
