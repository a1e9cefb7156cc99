import { join } from 'node:path'
import type { Health } from '../../shared/contract.ts'
import type { Fault } from '../../shared/faults.ts'
import type { InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { pairOf, SECOND, venueOf } from '../../shared/market.ts'
import type { Settings } from '../../shared/settings.ts'
import type { CommittedBatch } from '../journal/journal.ts'
import { createSinkBatches } from './csv-sink-batches.ts'
import type { SinkFile } from './csv-sink-file.ts'
import { openSinkFile } from './csv-sink-file.ts'
import { S0_HEADER } from './export/columns.ts'
import { textCell } from './export/csv.ts'
import { toDiskFault } from './export/disk-fault.ts'
import { safeName } from './export/file-name.ts'
import { createIso, toZone } from './export/zones.ts'

/**
 * Reads the bars topic's partition of the sink's market from an offset on (absent: from the oldest record held), in order,
 * waiting for each batch to be taken. Returns what ends it.
 */
export type BarSource = (
  cursor: number | undefined,
  onBatch: (batch: Pick<CommittedBatch, 'base' | 'events'>) => Promise<void> | void,
) => () => void

export interface CsvSinkOptions extends Pick<Settings['csv'], 'ticker' | 'batch' | 'everySeconds'> {
  readonly market: InstrumentKey
  /** Folder that gets the file. */
  readonly folder: string
  readonly demo: boolean
  /** Zone of the timestamps, which name none themselves; it stands in the file's name. */
  readonly zone: Settings['zone']
  readonly source: BarSource
  /** The journal that the source reads: another one counts its records anew. */
  readonly epoch: string
  readonly log: { info(text: string): void; warn(text: string): void }
  /** Called with the offset before which all records are in the file, on disk. */
  readonly onStored?: (cursor: number) => void
  /** Calls back at an interval until ended; the clock's port. */
  readonly ticks?: (every: Millis, onTick: () => void) => () => void
}

export interface CsvSink {
  readonly file: string
  /** As it stands in the health report. */
  stats(): NonNullable<Health['csv']>
  /** Writes what waits, even less than a batch, and closes the file. */
  close(): Promise<void>
}

/** Lines that may wait in memory for a tick; more are written at once. */
const WAITING = 1_000

/**
 * The CSV batches of S0: one line per traded second of one market, appended in batches to one file, every so many seconds.
 * A second's first bar stands: a file that only grows holds no corrections, those are in the store and in exports.
 * A process killed at any moment leaves no half line, and the next one goes on without a missing or doubled record.
 */
export function createCsvSink(options: CsvSinkOptions): CsvSink {
  const { log, everySeconds } = options
  const path = join(options.folder, `${fileName(options)}.csv`)
  const toLine = createLine(options)
  const batches = createSinkBatches(options.batch)
  let file: SinkFile | undefined
  let leave: (() => void) | undefined
  let next: number | undefined
  let written = 0
  let lastAt: Millis | undefined
  let fault: Fault | undefined
  let closing: Promise<void> | undefined
  let goOn: (() => void) | undefined

  const take = ({ base, events }: Pick<CommittedBatch, 'base' | 'events'>): Promise<void> | void => {
    if (next !== undefined && base > next)
      log.warn(`${base - next} records were gone from the journal before they were written to ${path}.`)
    events.forEach((event, index) => {
      const offset = base + index
      if (next !== undefined && offset < next) return
      const text = toLine(event)
      if (text !== undefined) batches.add({ offset, text })
    })
    next = Math.max(next ?? 0, base + events.length)
    batches.reach(next)
    if (batches.waiting < WAITING) return
    void run(() => flush())
    // While the disk is in trouble the source waits too: the journal keeps the records, memory would not.
    return new Promise((resolve) => (goOn = resolve))
  }

  const flush = async (all = false): Promise<void> => {
    file ??= await start()
    const plan = batches.plan(all)
    if (plan.cursor === undefined || plan.cursor === file.cursor) return
    await file.append(plan.text, plan.cursor)
    batches.written(plan)
    if (batches.waiting < WAITING) goOn?.()
    for (const count of plan.batches) log.info(`Written ${count} records to CSV.`)
    written += plan.lines
    if (plan.lines > 0) lastAt = Date.now()
    options.onStored?.(plan.cursor)
  }
  const start = async (): Promise<SinkFile> => {
    const opened = await openSinkFile(path, `${S0_HEADER.join(',')}\n`, options.epoch)
    if (opened.warning !== undefined) log.warn(opened.warning)
    next = opened.cursor
    leave = options.source(opened.cursor, take)
    return opened
  }

  /** One after the other; trouble is told and tried again with the next tick. */
  let last: Promise<void> = Promise.resolve()
  const run = (step: () => Promise<void>): Promise<void> => {
    last = last.then(step).then(
      () => void (fault = undefined),
      (error: unknown) => {
        const found = toDiskFault(error, path)
        if (found.code !== fault?.code) log.warn(found.message)
        fault = found
      },
    )
    return last
  }

  const stop = (options.ticks ?? intervals)(everySeconds * SECOND, () => void run(() => flush()))
  void run(async () => void (file ??= await start()))
  return {
    file: path,
    stats: () => ({
      file: path,
      written,
      ...(lastAt === undefined ? {} : { lastAt }),
      ...(fault === undefined ? {} : { fault }),
    }),
    close() {
      closing ??= (async () => {
        stop()
        await last
        leave?.()
        goOn?.()
        if (!file) return
        await run(() => flush(true))
        await file.close()
      })()
      return closing
    },
  }
}

function intervals(every: Millis, onTick: () => void): () => void {
  const timer = setInterval(onTick, every)
  return () => clearInterval(timer)
}

function fileName({ demo, market, zone }: CsvSinkOptions): string {
  return [...(demo ? ['DEMO'] : []), 's0', venueOf(market), pairOf(market), toZone(zone).name].map(safeName).join('-')
}

/** The line of a bar, or undefined for what gives none: another market, a quiet second, a correction. */
function createLine({ market, ticker, zone }: CsvSinkOptions): (event: MarketEvent) => string | undefined {
  const iso = createIso(toZone(zone), { digits: 6, suffix: false })
  const name = textCell(ticker)
  return ({ instrument, data }) =>
    instrument === market && data.kind === 'bar' && data.interval === SECOND && data.revision === 0 && data.trades
      ? `${name},${data.avgPrice},${data.volume},${data.trades},${iso(data.openAt)}\n`
      : undefined
}
