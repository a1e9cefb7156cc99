import type { Health } from '../../shared/engine-view.ts'
import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { SinkLine } from './csv-sink-batches.ts'
import { createSinkBatches } from './csv-sink-batches.ts'
import type { SinkFile } from './csv-sink-file.ts'
import { openSinkFile } from './csv-sink-file.ts'
import { toDiskFault } from './export/disk-fault.ts'

/** Records of one partition as lines, up to offset `next` − 1; those that make no line are left out. */
export interface LineBatch {
  /** Offset of the first record. Absent: what is missing before it is for someone else to tell. */
  readonly base?: number
  readonly next: number
  readonly lines: readonly SinkLine[]
}

export interface BatchFileOptions {
  readonly path: string
  /** First line of a new file, with its line end. */
  readonly header: string
  /** Lines of a batch, and how often batches are written. */
  readonly batch: number
  readonly everySeconds: number
  /** Names what the offsets count in: another journal or cluster counts its records anew. */
  readonly epoch: string
  /** Where the records come from, for the log: 'the journal', 'topic bit_topic'. */
  readonly origin: string
  /**
   * Reads from an offset on (absent: nothing was ever written), in order, waiting for each batch to be taken. Returns what
   * ends it.
   */
  readonly source: (cursor: number | undefined, onBatch: (batch: LineBatch) => Promise<void> | void) => () => void
  readonly log: { info(text: string): void; warn(text: string): void }
  /** Called with the offset before which all records are in the file, on disk. */
  readonly onStored?: (cursor: number) => void
  /** Calls back at an interval until ended; the clock's port. */
  readonly ticks?: (every: Millis, onTick: () => void) => () => void
}

export interface BatchFile {
  readonly file: string
  /** As it stands in the health report. */
  stats(): NonNullable<Health['csv']>
  /** Writes what waits, even less than a batch, and closes the file. */
  close(): Promise<void>
}

/** Lines that may wait in memory for a tick; more are written at once. */
const WAITING = 1_000

/**
 * Appends lines to one file, in batches, every so many seconds. A process killed at any moment leaves no half line, and the
 * next one goes on without a missing or doubled record.
 */
export function createBatchFile(options: BatchFileOptions): BatchFile {
  const { path, log } = options
  const batches = createSinkBatches(options.batch)
  let file: SinkFile | undefined
  let leave: (() => void) | undefined
  let next: number | undefined
  let written = 0
  let lastAt: Millis | undefined
  let fault: Fault | undefined
  let closing: Promise<void> | undefined
  let goOn: (() => void) | undefined

  const take = (batch: LineBatch): Promise<void> | void => {
    if (next !== undefined && batch.base !== undefined && batch.base > next)
      log.warn(`${batch.base - next} records were gone from ${options.origin} before they were written to ${path}.`)
    for (const line of batch.lines) if (next === undefined || line.offset >= next) batches.add(line)
    next = Math.max(next ?? 0, batch.next)
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
    const opened = await openSinkFile(path, options.header, options.epoch)
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

  const stop = (options.ticks ?? intervals)(options.everySeconds * SECOND, () => void run(() => flush()))
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
