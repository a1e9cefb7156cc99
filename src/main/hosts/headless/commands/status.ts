import { resolve } from 'node:path'
import { Command } from 'commander'
import type { Health } from '../../../../shared/engine-view.ts'
import type { ItemFeedState } from '../../../../shared/items-contract.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'
import { connectEngine, connectRole } from '../client.ts'
import type { EngineFile } from '../engine-file.ts'
import { readEngineFile } from '../engine-file.ts'
import { EXIT } from '../exit.ts'
import { engineText, roleText } from '../status-text.ts'

/** `status`: how what runs on a data folder is doing: `serve`, `collect`, `consume` or `process`. */
export function statusCommand(): Command {
  return new Command('status')
    .description('Ask the running engine, or the role that runs in its place, how it is.')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--json', 'the whole answer as one JSON line')
    .addHelpText('after', `\nExit codes: ${EXIT.ok} running, ${EXIT.notRunning} no engine runs on that folder.`)
    .action(async (options: { data?: string; json?: boolean }) => {
      const folder = options.data ? resolve(options.data) : defaultFolder()
      const found = [folder, demoFolder(folder)].map(readEngineFile).filter((each) => each !== undefined)
      // It has no folder of its own: whoever has one of these is meant.
      const file = found.find(({ role }) => role !== 'process') ?? found[0]
      if (!file) {
        process.stderr.write(`tapedeck: no engine runs on ${folder}. Start one with npm start.\n`)
        process.exitCode = EXIT.notRunning
        return
      }
      const hasEngine = file.role === 'serve' || file.role === 'collect'
      const { json, text } = await (hasEngine ? askEngine(file) : askRole(file))
      process.stdout.write(options.json ? `${JSON.stringify({ role: file.role, pid: file.pid, ...json })}\n` : text)
    })
}

/** An answer in both its forms. */
interface Answer {
  readonly json: object
  readonly text: string
}

async function askEngine(file: EngineFile): Promise<Answer> {
  const engine = await connectEngine(file)
  try {
    const info = await engine.call('app.info', {})
    const health = await new Promise<Health>((answered) => {
      engine.open('health', {}, (value) => answered(value))
    })
    const feeds = await new Promise<readonly ItemFeedState[]>((answered) => {
      engine.open('items.feeds', {}, (value) => answered(value))
    })
    return { json: { info, health, feeds }, text: engineText(file, info, health, feeds) }
  } finally {
    engine.close()
  }
}

async function askRole(file: EngineFile): Promise<Answer> {
  const role = await connectRole(file)
  try {
    const status = await role.call('role.status', {})
    return { json: status, text: roleText(file, status) }
  } finally {
    role.close()
  }
}
