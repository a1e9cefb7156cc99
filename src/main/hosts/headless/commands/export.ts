import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { ExportKind, ExportProgress } from '../../../../shared/export-view.ts'
import { EXPORT_KINDS, exportedFeeds, exportRequestSchema } from '../../../../shared/export-view.ts'
import { FaultError } from '../../../../shared/faults.ts'
import type { ItemFeedId } from '../../../../shared/items.ts'
import type { InstrumentKey, Millis } from '../../../../shared/market.ts'
import { DAY } from '../../../../shared/market.ts'
import { openExports } from '../../../store/export/exports.ts'
import { openReader } from '../../../store/open-reader.ts'
import { defaultFolder, demoFolder } from '../../folders.ts'
import { VERSION } from '../../version.ts'
import { duration, feedList, instant, marketList } from '../arguments.ts'

interface ExportOptions {
  readonly markets?: readonly InstrumentKey[]
  readonly feeds?: readonly ItemFeedId[]
  readonly kind: ExportKind
  readonly from?: Millis
  readonly to?: Millis
  readonly interval?: Millis
  readonly format: 'csv' | 'sqlite'
  readonly preset: 'tapedeck' | 's0'
  readonly zone: 'KST' | 'UTC' | 'local'
  readonly language: 'ko' | 'en'
  readonly bom: boolean
  readonly emptySeconds: boolean
  readonly spreadsheet?: boolean
  readonly gzip?: boolean
  readonly out?: string
  readonly data?: string
  readonly demo?: boolean
}

/** `export`: what the button does, from the command line; works beside a running engine. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Write stored data to a CSV or SQLite file. Prints one JSON line about the files written.')
    .option('--markets <list>', 'such as upbit:BTC/KRW,binance:BTC/USDT (default: all stored)', marketList)
    .option('--feeds <list>', 'for kinds items and indices: such as crypto_news,coinness (default: all)', feedList)
    .addOption(new Option('--kind <kind>', 'what to write').choices(EXPORT_KINDS).default('bars-1s'))
    .option('--from <time>', 'first instant: ISO 8601, Unix ms, or a length ago such as 90m (default: 1d)', (text) =>
      instant(text),
    )
    .option('--to <time>', 'end, exclusive (default: now)', (text) => instant(text))
    .option('--interval <length>', 'for kind bars: 5s … 1d', duration)
    .addOption(new Option('--format <format>', 'kind of file').choices(['csv', 'sqlite']).default('csv'))
    .addOption(
      new Option('--preset <preset>', 's0: ticker,avg_price,total_volume,batch_size,timestamp')
        .choices(['tapedeck', 's0'])
        .default('tapedeck'),
    )
    .addOption(new Option('--zone <zone>', 'of local times').choices(['KST', 'UTC', 'local']).default('UTC'))
    .addOption(new Option('--language <language>', 'of the header').choices(['ko', 'en']).default('en'))
    .option('--no-bom', 'leave out the byte order mark')
    .option('--no-empty-seconds', 'leave out quiet and missing seconds')
    .option('--spreadsheet', 'long ids as text, a new file at 1,048,576 rows')
    .option('--gzip', 'compress')
    .option('--out <path>', 'file to write, or folder to write to (default: here)')
    .option('--data <dir>', `data folder (default: ${defaultFolder()}, or TAPEDECK_DATA)`)
    .option('--demo', 'from the demo’s data folder')
    .action(run)
}

/** The keys of the feeds that are asked for; undefined where the kind is of markets. */
function feedKeys({ kind, feeds, markets }: ExportOptions): readonly InstrumentKey[] | undefined {
  const known = exportedFeeds(kind)
  const refuse = (message: string) => new FaultError('bad-request', message)
  if (!known && feeds)
    throw refuse(
      '--feeds: only news and index values are of feeds. Add --kind items or --kind indices, or name markets with --markets.',
    )
  if (known && markets) throw refuse(`--markets: kind ${kind} is of feeds, not of markets. Name them with --feeds.`)
  const stray = known && feeds?.find((name) => !known.some(({ feed }) => feed === name))
  if (known && stray)
    throw refuse(
      `--feeds: ${stray} gives nothing of kind ${kind}. Choose from: ${known.map(({ feed }) => feed).join(', ')}.`,
    )
  return known?.filter(({ feed }) => feeds === undefined || feeds.includes(feed)).map(({ key }) => key)
}

async function run(options: ExportOptions): Promise<void> {
  const feeds = feedKeys(options)
  const base = options.data ? resolve(options.data) : defaultFolder()
  const folder = options.demo ? demoFolder(base) : base
  const marketFile = join(folder, 'market.db')
  if (!existsSync(marketFile))
    throw new FaultError(
      'not-found',
      `Nothing is stored in ${folder}. Choose the folder with --data (or --demo), or collect first.`,
    )
  const reader = await openReader({ marketFile })
  const meta = await reader.meta()
  const markets = feeds ?? options.markets ?? (await reader.stored()).map((each) => each.instrument)
  await reader.close()
  const to = options.to ?? Date.now()
  const checked = exportRequestSchema.safeParse({
    kind: options.kind,
    instruments: markets,
    from: options.from ?? to - DAY,
    to,
    interval: options.interval,
    format: options.format,
    preset: options.preset,
    zone: options.zone,
    language: options.language,
    bom: options.bom,
    emptySeconds: options.emptySeconds,
    spreadsheet: options.spreadsheet === true,
    gzip: options.gzip === true,
  })
  if (!checked.success) {
    const issue = checked.error.issues[0]
    throw new FaultError(
      'bad-request',
      `--${issue?.path.join('.').replace('instruments', feeds ? 'feeds' : 'markets') ?? ''}: ${issue?.message ?? 'not valid'}.`,
    )
  }
  const exports = openExports({
    marketFile,
    folder: join(folder, 'exports'),
    demo: meta.demo,
    version: VERSION,
    collector: meta.collector,
  })
  const out = resolve(options.out ?? '.')
  const isFolder = existsSync(out) && statSync(out).isDirectory()
  const target = isFolder ? join(out, (await exports.preview(checked.data)).name) : out
  const { id } = exports.start(checked.data, { target })
  process.on('SIGINT', () => exports.cancel(id))
  const done = await new Promise<ExportProgress>((finished) => {
    exports.watch(id, (progress) => {
      if (progress.state !== 'writing') return finished(progress)
      if (process.stderr.isTTY)
        process.stderr.write(`\r${progress.rows} / ${progress.totalRows} rows · ${progress.rowsPerSecond} rows/s `)
    })
  })
  if (process.stderr.isTTY) process.stderr.write('\n')
  await exports.close()
  if (done.state !== 'done')
    throw new FaultError(done.fault?.code ?? 'cancelled', done.fault?.message ?? 'Cancelled. Nothing was left behind.')
  process.stdout.write(`${JSON.stringify({ rows: done.rows, bytes: done.bytes, files: done.files })}\n`)
  process.exit(0)
}
