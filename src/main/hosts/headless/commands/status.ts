import { resolve } from 'node:path'
import { Command } from 'commander'
import type { AppInfo, Health } from '../../../../shared/engine-view.ts'
import type { ItemFeedState } from '../../../../shared/items-contract.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'
import { connectEngine } from '../client.ts'
import type { EngineFile } from '../engine-file.ts'
import { readEngineFile } from '../engine-file.ts'
import { EXIT } from '../exit.ts'

/** `status`: how the engine that runs on a data folder is doing. */
export function statusCommand(): Command {
  return new Command('status')
    .description('Ask the running engine how it is.')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--json', 'the whole answer as one JSON line')
    .addHelpText('after', `\nExit codes: ${EXIT.ok} running, ${EXIT.notRunning} no engine runs on that folder.`)
    .action(async (options: { data?: string; json?: boolean }) => {
      const folder = options.data ? resolve(options.data) : defaultFolder()
      const file = readEngineFile(folder) ?? readEngineFile(demoFolder(folder))
      if (!file) {
        process.stderr.write(`tapedeck: no engine runs on ${folder}. Start one with npm start.\n`)
        process.exitCode = EXIT.notRunning
        return
      }
      const engine = await connectEngine(file)
      const info = await engine.call('app.info', {})
      const health = await new Promise<Health>((answered) => {
        engine.open('health', {}, (value) => answered(value))
      })
      const feeds = await new Promise<readonly ItemFeedState[]>((answered) => {
        engine.open('items.feeds', {}, (value) => answered(value))
      })
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ pid: file.pid, info, health, feeds })}\n`
          : toText(file, info, health, feeds),
      )
      engine.close()
    })
}

function toText(
  { pid, port, token }: EngineFile,
  info: AppInfo,
  health: Health,
  feeds: readonly ItemFeedState[],
): string {
  const lines = [
    `Tapedeck ${info.version}, process ${pid}, ${health.mode.mode === 'demo' ? 'DEMO (simulated market)' : 'live'}`,
    `address  http://127.0.0.1:${port}/#token=${token}`,
    `folder   ${info.folder}`,
    `engine   ${health.engine.tradesPerSecond} trades/s, ${health.engine.messagesPerSecond} messages/s, ${Math.round(health.engine.rss / 1e6)} MB`,
    `journal  ${Math.round(health.journal.bytes / 1e6)} MB, ${health.journal.records} records, ${health.journal.dropped} dropped`,
    `store    ${Math.round(health.store.bytes / 1e6)} MB, ${health.store.trades} trades, ${health.store.behind} records behind`,
    ...health.venues.map((each) => {
      const age =
        each.lastDataAt === undefined
          ? 'no data yet'
          : `last data ${((health.at - each.lastDataAt) / 1000).toFixed(1)} s ago`
      return `${each.venue.padEnd(9)}${each.state}, ${age}, ${each.messagesPerSecond} messages/s${each.fault ? `: ${each.fault.message}` : ''}`
    }),
    ...feeds.map(({ feed, url, state, items, fault }) => {
      const name = url === undefined ? feed : new URL(url).host
      return `news     ${name} ${state}, ${items} items${fault ? `: ${fault.message}` : ''}`
    }),
    ...health.faults.map((fault) => `fault    ${fault.message}`),
  ]
  return `${lines.join('\n')}\n`
}
