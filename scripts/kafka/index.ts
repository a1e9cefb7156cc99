/** `npm run kafka`: a real Kafka on this machine, for trying things and for tests that people run by hand; and Kafka's own tools. */

import { resolve } from 'node:path'
import { Argument, Command, Option } from 'commander'
import { LISTENER_IDS } from './listeners.ts'
import type { ListenerId } from './listeners.ts'
import { SetupError } from './setup-error.ts'
import { runCluster } from './run-cluster.ts'
import { runTool, TOOL_NAMES } from './tools.ts'
import type { ToolName } from './tools.ts'
import { KAFKA_VERSIONS, NEWEST } from './versions.ts'
import type { KafkaVersion } from './versions.ts'

const version = () => new Option('--version <version>', 'of Apache Kafka').choices(KAFKA_VERSIONS).default(NEWEST)

const program = new Command('npm run kafka --')
  .description(
    'Starts a real Kafka (KRaft) on this machine and prints its bootstrap servers when it is ready. Ctrl-C stops it. It makes no topics.',
  )
  .addOption(new Option('--nodes <count>', 'how many').choices(['1', '3']).default('1'))
  .addOption(version())
  .option('--data <dir>', 'folder that is kept and used again (default: a temporary one, removed at the end)')
  .option('--port <port>', 'of the first node; further nodes are 10000 apart', portNumber, 19_092)
  .addOption(
    new Option(
      '--listener <kind...>',
      'further listeners, on the ports after the controller’s (user alice, password s3cret)',
    ).choices(LISTENER_IDS),
  )
  .enablePositionalOptions()
  .action((options: { nodes: string; version: KafkaVersion; data?: string; port: number; listener?: ListenerId[] }) =>
    runCluster({
      nodes: options.nodes === '3' ? 3 : 1,
      version: options.version,
      data: options.data === undefined ? undefined : resolve(options.data),
      port: options.port,
      listeners: options.listener,
    }),
  )

program
  .command('tool')
  .description('Runs one of Kafka’s own tools with the arguments that follow.')
  .addOption(version())
  .addArgument(new Argument('<name>', 'which').choices(TOOL_NAMES))
  .argument('[arguments...]', 'for the tool')
  .passThroughOptions()
  .addHelpText(
    'after',
    '\nnpm run kafka -- tool console-consumer --bootstrap-server 127.0.0.1:19092 --topic trades --from-beginning',
  )
  .action((name: ToolName, args: string[], options: { version: KafkaVersion }) => runTool(options.version, name, args))

function portNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= 65_535) return value
  throw new SetupError(`"${text}" is not a port (1 to 65535).`)
}

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`kafka: ${error.message}\n`)
  process.exitCode = 1
}
