import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { ConsumerSpec } from '../../../../shared/kafka-settings.ts'
import { openBus } from '../../../bus/kafka/open-bus.ts'
import { createConsumers } from '../../../consume/consumers.ts'
import { createSinks } from '../../../consume/sinks.ts'
import { runStatusTopic } from '../../../consume/status-topic.ts'
import { openJournal } from '../../../journal/open-journal.ts'
import { createLog } from '../../../log.ts'
import { openSettings } from '../../../settings-file.ts'
import { lockFolder } from '../../../store/folder.ts'
import { openStore } from '../../../store/open-store.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'
import { chooseCluster } from '../cluster-option.ts'
import { positive } from '../arguments.ts'
import { toConsumerSpec } from '../consumer-spec.ts'
import { openDoor } from '../door.ts'
import { endOrAfter, ending, within } from '../ending.ts'
import { servedRole } from '../role-status.ts'

interface ConsumeOptions {
  readonly bootstrapServers?: string
  readonly topics: readonly string[]
  readonly groupId: string
  readonly sink: ConsumerSpec['sink']
  readonly members: number
  readonly start: 'earliest' | 'latest'
  readonly demo?: boolean
  readonly seconds?: number
  readonly data?: string
}

/** `consume`: members of a consumer group without a page, until stopped or for so many seconds. */
export function consumeCommand(): Command {
  return new Command('consume')
    .description(
      'Consume topics as a member of a group: into the store, into CSV batches, or only counting. Prints one JSON line of totals at the end.',
    )
    .addOption(
      new Option('--bootstrap-servers <list>', 'brokers, comma separated (default: the active profile)').env(
        'KAFKA_BOOTSTRAP_SERVERS',
      ),
    )
    .addOption(
      new Option('--topics <names...>', 'topic names, or patterns such as "cointicker.raw.*"')
        .env('KAFKA_TOPICS')
        .makeOptionMandatory(),
    )
    .addOption(new Option('--group-id <name>', 'consumer group').env('KAFKA_GROUP_ID').default('cointicker-consumer'))
    .addOption(new Option('--sink <name>', 'where the records go').choices(['store', 'csv', 'none']).default('store'))
    .option('--members <n>', 'members of the group in this process (1 to 8)', positive, 1)
    .addOption(
      new Option('--start <where>', 'where a group without offsets begins')
        .choices(['earliest', 'latest'])
        .default('earliest'),
    )
    .option('--demo', 'topics of the simulated market, into the demo’s folder')
    .option('--seconds <n>', 'stop after so many seconds', positive)
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .action(consume)
}

async function consume(options: ConsumeOptions): Promise<void> {
  const end = ending()
  const log = createLog()
  const demo = options.demo ?? false
  const home = options.data ? resolve(options.data) : defaultFolder()
  const folder = demo ? demoFolder(home) : home
  const spec = toSpec(options)
  for (const each of [home, folder]) await mkdir(each, { recursive: true, mode: 0o700 })
  const settings = await openSettings(home)
  const { profile, secrets, prefix } = await chooseCluster(settings, home, options.bootstrapServers)
  const lock = lockFolder(folder)
  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  const { caps, csv, zone } = settings.state.settings
  const journal = await openJournal({ file: files.journalFile, demo, caps: { bytes: caps.journalBytes } })
  const store = await openStore({ ...files, demo, caps, collector: lock.collector })
  const bus = openBus({ profile, secrets, log })
  const consumers = createConsumers({
    open: () => (member) => bus.member(member),
    sink: createSinks({
      store,
      journal,
      cluster: async () => (await bus.admin.cluster()).id,
      collector: lock.collector,
      demo,
      csv: () => ({ ...csv, zone, folder: csv.folder ?? join(folder, 'outputs') }),
      onEvents: () => {},
      onReturned: () => {},
      log,
    }),
    log,
  })
  const startedAt = Date.now()
  await consumers.update([spec])
  const group = consumers.find(spec.name)
  const role = servedRole({ bus, folder, startedAt, topics: spec.topics, view: group.view })
  const door = await openDoor('consume', { port: 0, engine: () => role })
  await door.announce(folder)
  const leaveStatus = runStatusTopic({ bus, prefix, groups: consumers.groups, log })
  log.info(`Consuming ${spec.topics.join(', ')} as "${spec.group}" into ${folder}.`)
  const report = setInterval(() => {
    const { processed, perSecond, members } = group.view()
    log.info(`${processed} records · ${Math.round(perSecond)}/s · ${describe(members)}`)
  }, 5_000)

  await endOrAfter(end, options.seconds)
  clearInterval(report)
  const close = async (): Promise<void> => {
    await door.close()
    await leaveStatus()
    await consumers.close()
    await bus.close()
    await store.close()
    await journal.close()
    lock.release()
  }
  await within(10_000, close())
  const { processed, own, duplicates, parked, lost } = group.totals()
  process.stdout.write(`${JSON.stringify({ folder, group: spec.group, processed, own, duplicates, parked, lost })}\n`)
  process.exit(0)
}

function describe(
  members: readonly { readonly id: string; readonly state: string; readonly assigned: readonly unknown[] }[],
): string {
  return members.map(({ id, state, assigned }) => `${id} ${state} (${assigned.length})`).join(', ')
}

function toSpec({ topics, groupId, sink, members, start }: ConsumeOptions): ConsumerSpec {
  // From the environment they come as one text.
  const names = (typeof topics === 'string' ? [topics as string] : topics).flatMap((each) => each.split(/[\s,]+/))
  return toConsumerSpec({
    name: 'consume',
    topics: names.filter((each) => each !== ''),
    group: groupId,
    sink,
    members,
    start,
  })
}
