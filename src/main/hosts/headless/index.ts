/** The command line: the same engine with or without a page. stdout is data, stderr is talk, exit codes mean something. */

import { Command, CommanderError } from 'commander'
import { FaultError, toFault } from '../../../shared/faults.ts'
import { VERSION } from '../version.ts'
import { backupCommand } from './commands/backup.ts'
import { backupsCommand } from './commands/backups.ts'
import { collectCommand } from './commands/collect.ts'
import { consumeCommand } from './commands/consume.ts'
import { decodeCommand } from './commands/decode.ts'
import { exportCommand } from './commands/export.ts'
import { marketsCommand } from './commands/markets.ts'
import { processCommand } from './commands/process.ts'
import { restoreCommand } from './commands/restore.ts'
import { serveCommand, startCommand } from './commands/serve.ts'
import { statusCommand } from './commands/status.ts'
import { EXIT } from './exit.ts'

const REMEDY = '(add --help for the options)'

const program = new Command('tapedeck')
  .description('Watches many exchanges at once, cuts what they say into seconds, stores and exports it.')
  .version(VERSION)
  .configureOutput({ writeOut: (text) => process.stdout.write(text), writeErr: (text) => process.stderr.write(text) })
  .exitOverride()
  .showHelpAfterError(REMEDY)

for (const command of [
  startCommand,
  serveCommand,
  collectCommand,
  consumeCommand,
  processCommand,
  exportCommand,
  marketsCommand,
  statusCommand,
  backupCommand,
  backupsCommand,
  restoreCommand,
  decodeCommand,
])
  program.addCommand(command().exitOverride().showHelpAfterError(REMEDY))

// Whoever reads us may stop reading: `tapedeck markets | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
  else {
    const fault = toFault(error)
    process.stderr.write(`tapedeck: ${fault.message}\n`)
    if (!(error instanceof FaultError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
    process.exitCode = fault.code === 'bad-request' || fault.code === 'bad-setting' ? EXIT.usage : EXIT.failed
  }
}
