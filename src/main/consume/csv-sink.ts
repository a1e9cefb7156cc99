import { join } from 'node:path'
import { FaultError } from '../../shared/faults.ts'
import { WireError } from '../../shared/wire.ts'
import type { InBatch } from '../bus/bus.ts'
import type { BatchFileOptions, LineBatch } from '../store/batch-file.ts'
import { S0_HEADER_LINE } from '../store/csv-sink.ts'
import { safeName } from '../store/export/file-name.ts'
import type { ParkedRow } from '../store/store.ts'
import type { CsvPartition } from './csv-partition.ts'
import { openCsvPartition } from './csv-partition.ts'
import { collectorOf } from './read-batch.ts'
import type { ConsumeSink } from './sink.ts'

export interface CsvSinkOptions extends Pick<BatchFileOptions, 'batch' | 'everySeconds' | 'log' | 'ticks'> {
  /** Folder that gets the files, one a partition. */
  readonly folder: string
  readonly demo: boolean
  /** Names the cluster and group: another one counts its records anew. */
  readonly group: () => Promise<string>
  /** The line of a record's value; undefined: it makes none. Throws WireError where it cannot be read. */
  readonly toLine: (text: string) => string | undefined
  /** Keeps records that could not be read. */
  readonly park: (topic: string, partition: number, rows: readonly ParkedRow[]) => Promise<void>
  readonly parked: () => Promise<readonly ParkedRow[]>
}

/**
 * CSV batches in S0's form from topics: so many lines a batch, appended every so many seconds, one file a partition, each
 * with its own offset beside it. A batch counts as taken when it is on disk.
 */
export function createCsvSink(options: CsvSinkOptions): ConsumeSink {
  const files = new Map<string, Promise<CsvPartition>>()
  const opened = new Map<string, CsvPartition>()
  let isClosed = false

  const open = async (topic: string, partition: number): Promise<CsvPartition> => {
    if (isClosed) throw new FaultError('cancelled', 'The CSV sink was closed.')
    const { batch, everySeconds, log, ticks } = options
    const name = [...(options.demo ? ['DEMO'] : []), 's0', topic, String(partition)].map(safeName).join('-')
    const file = await openCsvPartition({
      batch,
      everySeconds,
      log,
      ...(ticks ? { ticks } : {}),
      path: join(options.folder, `${name}.csv`),
      header: S0_HEADER_LINE,
      epoch: await options.group(),
      origin: `topic ${topic}`,
    })
    opened.set(`${topic}/${partition}`, file)
    return file
  }
  const fileOf = (topic: string, partition: number): Promise<CsvPartition> => {
    const key = `${topic}/${partition}`
    let file = files.get(key)
    if (!file) files.set(key, (file = open(topic, partition)))
    return file
  }
  const read = (batch: InBatch): { lines: LineBatch['lines']; parked: ParkedRow[] } => {
    const { topic, partition } = batch
    const lines: { offset: number; text: string }[] = []
    const parked: ParkedRow[] = []
    for (const record of batch.records) {
      const { value, timestamp: at } = record
      const offset = Number(record.offset)
      try {
        if (value === null) throw new WireError('no-value')
        const text = options.toLine(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'))
        if (text !== undefined) lines.push({ offset, text })
      } catch (error) {
        if (!(error instanceof WireError)) throw error
        parked.push({ topic, partition, offset, at, reason: error.message, collector: collectorOf(record), value })
      }
    }
    return { lines, parked }
  }

  return {
    async resumeAt(topic, partition) {
      const { cursor } = await fileOf(topic, partition)
      return cursor === undefined ? undefined : BigInt(cursor)
    },
    async take(batch) {
      const { topic, partition } = batch
      const [first] = batch.records
      const last = batch.records.at(-1)
      if (!first || !last) return { duplicates: 0, own: 0, parked: 0 }
      const next = Number(last.offset) + 1
      const file = await fileOf(topic, partition)
      const { lines, parked } = read(batch)
      if (parked.length > 0) await options.park(topic, partition, parked)
      await file.take(Number(first.offset), { next, lines })
      return { duplicates: 0, own: 0, parked: parked.length }
    },
    commitAt(topic, partition) {
      const stored = opened.get(`${topic}/${partition}`)?.stored()
      return stored === undefined ? undefined : BigInt(stored)
    },
    parked: () => options.parked(),
    // A line can only be appended, and these records had their place long ago.
    retry: async () => ({ stored: 0, left: (await options.parked()).length }),
    async rewind(places) {
      for (const { topic, partition } of places)
        options.log.warn(
          `The CSV file of ${topic} ${partition} goes on where it ends. Move it away to have its records written again.`,
        )
      await Promise.resolve()
    },
    async close() {
      isClosed = true
      for (const file of files.values()) await (await file).close()
    },
  }
}
