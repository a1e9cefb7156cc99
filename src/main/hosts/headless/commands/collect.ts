import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { FaultError } from '../../../../shared/faults.ts'
import type { ItemFeedState } from '../../../../shared/items-contract.ts'
import type { InstrumentKey, VenueId } from '../../../../shared/market.ts'
import { createLog } from '../../../log.ts'
import { defaultFolder } from '../../folders.ts'
import type { Host } from '../../host.ts'
import { openHost } from '../../host.ts'
import { VERSION } from '../../version.ts'
import type { ListenAddress } from '../arguments.ts'
import { marketList, positive, seedNumber, tradeRate, venueList } from '../arguments.ts'
import type { Door } from '../door.ts'
import { openDoor } from '../door.ts'
import { endOrAfter, ending, within } from '../ending.ts'
import { createEngineMonitoring } from '../engine-monitoring.ts'
import { metricsOption, openMetrics } from '../metrics-option.ts'
import { openHeadlessSecrets } from '../secrets.ts'

interface CollectOptions {
  readonly exchanges?: readonly VenueId[]
  readonly markets?: readonly InstrumentKey[]
  readonly news: boolean
  readonly bootstrapServers?: string
  readonly demo?: boolean
  readonly seconds?: number
  readonly data?: string
  readonly rate?: number
  readonly seed?: number
  readonly metrics?: ListenAddress
}

/** New items and index values of all feeds. */
function itemsOf(feeds: readonly ItemFeedState[]): number {
  return feeds.reduce((sum, { items }) => sum + items, 0)
}

/** `collect`: the engine without a page, until stopped or for so many seconds. */
export function collectCommand(): Command {
  return new Command('collect')
    .description(
      'Collect without a page: trades, books, news and sentiment; cut into seconds, store. Prints one JSON line of totals at the end.',
    )
    .option('--exchanges <list>', 'only these exchanges, comma separated', venueList)
    .option('--markets <list>', 'only these markets, such as upbit:BTC/KRW,binance:BTC/USDT', marketList)
    .option('--no-news', 'ask no feed of news and sentiment')
    .option('--bootstrap-servers <list>', 'forward to these brokers, comma separated (or KAFKA_BOOTSTRAP_SERVERS)')
    .option('--demo', 'use the simulated market')
    .option('--seconds <n>', 'stop after so many seconds', positive)
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .addOption(new Option('--rate <n>', 'demo: trades a second over all markets (1 to 20000)').argParser(tradeRate))
    .addOption(new Option('--seed <n>', 'demo: seed of the simulated market').argParser(seedNumber))
    .addOption(metricsOption())
    .action(collect)
}

async function collect(options: CollectOptions): Promise<void> {
  const end = ending()
  // The flag is the variable written down: it goes before the settings' profile, and is not saved.
  if (options.bootstrapServers !== undefined) process.env['KAFKA_BOOTSTRAP_SERVERS'] = options.bootstrapServers
  const log = createLog()
  const folder = options.data ? resolve(options.data) : defaultFolder()
  const named = options.markets && [...new Set(options.markets.map((key) => key.slice(0, key.indexOf(':'))))]
  const only = options.exchanges ?? (named as VenueId[] | undefined)
  const stray = named?.find((venue) => !only?.includes(venue as VenueId))
  if (stray !== undefined)
    throw new FaultError(
      'bad-request',
      `--markets names a market of ${stray}, which --exchanges leaves out. Add it there, or leave --exchanges away.`,
    )
  const secrets = await openHeadlessSecrets(folder)
  if (secrets.problem !== undefined) log.warn(secrets.problem)
  let door: Door | undefined
  let running: Host | undefined
  const monitoring = createEngineMonitoring(() => running?.engine)
  const listener = await openMetrics(options.metrics, monitoring, log)
  const host = await openHost({
    kind: 'headless',
    folder,
    mode: options.demo ? 'demo' : 'live',
    version: VERSION,
    log,
    secrets,
    ...(only ? { only } : {}),
    ...(options.markets ? { watch: options.markets } : {}),
    news: options.news,
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    onReplaced() {
      door?.disconnect()
      void door?.announce(running?.engine?.folder)
    },
  })
  running = host
  door = await openDoor('collect', { port: 0, engine: () => host.engine, monitoring })
  await door.announce(host.engine?.folder)
  const report = setInterval(() => {
    const health = host.engine?.health()
    if (!health) return
    const states = health.venues.map((each) => `${each.venue} ${each.state}`).join(', ')
    const items = itemsOf(host.engine?.feeds() ?? [])
    log.info(`${health.engine.tradesPerSecond} trades/s · ${health.store.trades} stored · ${items} news · ${states}`)
  }, 5_000)
  await endOrAfter(end, options.seconds)
  clearInterval(report)
  const engine = host.engine
  const home = engine?.folder ?? folder
  const before = engine?.health()
  const feeds = engine?.feeds() ?? []
  await within(10_000, Promise.all([door.close(), listener?.close(), host.close()]))
  const totals = {
    folder: home,
    demo: host.mode.mode === 'demo',
    seconds: before ? Math.round((before.at - before.engine.startedAt) / 1000) : 0,
    trades: before?.store.trades ?? 0,
    journal: before?.journal.records ?? 0,
    gaps: before?.gapsToday ?? 0,
    venues:
      before?.venues.map(({ venue, state, reconnects, malformed }) => ({ venue, state, reconnects, malformed })) ?? [],
    items: itemsOf(feeds),
    feeds: feeds.map(({ feed, url, state, items, duplicates, refused, fault }) => {
      return { feed, url, state, items, duplicates, refused, fault: fault?.code }
    }),
  }
  process.stdout.write(`${JSON.stringify(totals)}\n`)
  process.exit(0)
}
