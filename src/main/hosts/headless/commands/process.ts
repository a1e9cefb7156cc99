import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { TOPICS, topicName } from '../../../../shared/topics.ts'
import { openBus } from '../../../bus/kafka/open-bus.ts'
import { runProcess } from '../../../consume/process.ts'
import { createLog } from '../../../log.ts'
import { openSettings } from '../../../settings-file.ts'
import { defaultFolder } from '../../folders.ts'
import { positive } from '../arguments.ts'
import { chooseCluster } from '../cluster-option.ts'
import { toConsumerSpec } from '../consumer-spec.ts'
import { openDoor } from '../door.ts'
import { endOrAfter, ending, within } from '../ending.ts'
import { readEngineFile } from '../engine-file.ts'
import { servedRole } from '../role-status.ts'

interface ProcessCommandOptions {
  readonly bootstrapServers?: string
  readonly groupId: string
  readonly from?: string
  readonly to?: string
  readonly demo?: boolean
  readonly members: number
  readonly seconds?: number
  readonly data?: string
}

/** `process`: one-second bars of a trades topic, as members of a consumer group. It keeps nothing on this machine. */
export function processCommand(): Command {
  return new Command('process')
    .description(
      'Make one-second bars of a trades topic and write them to the bars topic, as members of a consumer group. Prints one JSON line of totals at the end.',
    )
    .addOption(
      new Option('--bootstrap-servers <list>', 'brokers, comma separated (default: the active profile)').env(
        'KAFKA_BOOTSTRAP_SERVERS',
      ),
    )
    .addOption(new Option('--group-id <name>', 'consumer group').env('KAFKA_GROUP_ID').default('tapedeck-process'))
    .option('--from <topic>', `topic with trades (default: ${TOPICS.trades.name})`)
    .option('--to <topic>', `topic that gets the bars (default: ${TOPICS.bars.name})`)
    .option('--demo', 'the topics of the simulated market')
    .option('--members <n>', 'members of the group in this process (1 to 8)', positive, 1)
    .option('--seconds <n>', 'stop after so many seconds', positive)
    .option('--data <dir>', `folder of the settings (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .action(run)
}

async function run(options: ProcessCommandOptions): Promise<void> {
  const end = ending()
  const log = createLog()
  const folder = options.data ? resolve(options.data) : defaultFolder()
  const demo = options.demo ?? false
  const from = options.from ?? topicName(TOPICS.trades, demo)
  const to = options.to ?? topicName(TOPICS.bars, demo)
  const { groupId: group, members } = options
  const spec = toConsumerSpec({ name: 'process', topics: [from], group, members, start: 'earliest', sink: 'none' })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { profile, secrets } = await chooseCluster(await openSettings(folder), folder, options.bootstrapServers)
  const bus = openBus({ profile, secrets, log })
  const startedAt = Date.now()
  const role = runProcess({ bus, spec, to, log })
  const served = servedRole({
    bus,
    folder,
    startedAt,
    topics: [from],
    view: role.view,
    made() {
      const { bars, late } = role.totals()
      return { topic: to, bars, late }
    },
  })
  const door = await openDoor('process', { port: 0, engine: () => served })
  const other = readEngineFile(folder)
  if (other)
    log.info(`"tapedeck status" tells of process ${other.pid}, which has ${folder}; --data names another folder.`)
  else await door.announce(folder)
  log.info(`Making bars of ${from} into ${to} as "${group}".`)
  const report = setInterval(() => {
    const { records, bars } = role.totals()
    log.info(`${records} records · ${bars} bars`)
  }, 5_000)
  await endOrAfter(end, options.seconds)
  clearInterval(report)
  const close = async (): Promise<void> => {
    await door.close()
    await role.close()
    await bus.close()
  }
  await within(10_000, close())
  process.stdout.write(`${JSON.stringify({ group, ...role.totals() })}\n`)
  process.exit(0)
}
