import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { VenueId } from '../../../../shared/market.ts'
import { createLog } from '../../../log.ts'
import { runDesktop } from '../../electron/run-desktop.ts'
import { defaultFolder } from '../../folders.ts'
import type { Host } from '../../host.ts'
import { openHost } from '../../host.ts'
import { VERSION } from '../../version.ts'
import type { ListenAddress } from '../arguments.ts'
import { portNumber, seedNumber, tradeRate, venueList } from '../arguments.ts'
import { openDoor } from '../door.ts'
import { ending, within } from '../ending.ts'
import { openHeadlessSecrets } from '../secrets.ts'
import { pageFolder } from '../files.ts'
import { createEngineMonitoring } from '../engine-monitoring.ts'
import type { MonitoringListener } from '../monitoring-listener.ts'
import { metricsOption, openMetrics } from '../metrics-option.ts'

interface ServeOptions {
  readonly demo?: boolean
  readonly live?: boolean
  readonly data?: string
  readonly port: number
  readonly metrics?: ListenAddress
  readonly exchanges?: readonly VenueId[]
  readonly rate?: number
  readonly seed?: number
  readonly browser?: boolean
}

function withOptions(command: Command): Command {
  return command
    .addOption(new Option('--demo', 'use the simulated market').conflicts('live'))
    .option('--live', 'use the real exchanges, even if none answers')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--port <n>', 'port on 127.0.0.1 (0: any free one)', portNumber, 0)
    .option('--exchanges <list>', 'only these exchanges, comma separated', venueList)
    .addOption(new Option('--rate <n>', 'demo: trades a second over all markets (1 to 20000)').argParser(tradeRate))
    .addOption(new Option('--seed <n>', 'demo: seed of the simulated market').argParser(seedNumber))
}

/** `start`: the desktop window, or, where Electron's binary is not to be had, the same UI in the browser. */
export function startCommand(): Command {
  return withOptions(
    new Command('start').description('Open Tapedeck: in its window, or in the browser where Electron is missing.'),
  )
    .option('--browser', 'do not look for Electron')
    .action(async (options: ServeOptions) => {
      if (!options.browser) {
        const code = await runDesktop(process.argv.slice(process.argv.indexOf('start') + 1))
        if (code !== undefined) {
          process.exitCode = code
          return
        }
      }
      await serve(options)
    })
}

export function serveCommand(): Command {
  return withOptions(
    new Command('serve').description('Run the engine and serve the same UI to a browser on this machine.'),
  )
    .addOption(metricsOption())
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const end = ending()
  const log = createLog()
  const folder = options.data ? resolve(options.data) : defaultFolder()
  const secrets = await openHeadlessSecrets(folder)
  if (secrets.problem !== undefined) log.warn(secrets.problem)
  let host: Host | undefined
  const monitoring = createEngineMonitoring(() => host?.engine)
  const door = await openDoor('serve', {
    page: pageFolder(),
    port: options.port,
    engine: () => host?.engine,
    monitoring,
  })
  let listener: MonitoringListener | undefined
  try {
    listener = await openMetrics(options.metrics, monitoring, log)
    host = await openHost({
      kind: 'headless',
      folder,
      mode: options.demo ? 'demo' : options.live ? 'live' : 'auto',
      version: VERSION,
      log,
      secrets,
      ...(options.exchanges ? { only: options.exchanges } : {}),
      ...(options.rate === undefined ? {} : { rate: options.rate }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      onReplaced: () => {
        door.disconnect()
        void door.announce(host?.engine?.folder)
      },
    })
    await door.announce(host.engine?.folder)
    process.stdout.write(`${door.url}\n`)
    log.info('Open the address above in a browser on this machine. Ctrl-C ends Tapedeck.')
    const why = await end
    log.info(`Ending (${why}).`)
  } finally {
    await within(5_000, Promise.all([door.close(), listener?.close(), host?.close()]))
  }
  process.exit(0)
}
