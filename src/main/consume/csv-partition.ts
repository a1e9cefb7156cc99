import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { BatchFileOptions, LineBatch } from '../store/batch-file.ts'
import { createBatchFile } from '../store/batch-file.ts'

/** The CSV file of one partition. */
export interface CsvPartition {
  /** Where the file goes on, as it was found. */
  readonly cursor: number | undefined
  /** Resolves when the records are in the file, or after PATIENCE: then `stored` tells how far it is. */
  take(first: number, batch: LineBatch): Promise<void>
  /** Every record before it is in the file. */
  stored(): number | undefined
  /** Writes what waits. */
  close(): Promise<void>
}

/** A member that handles a batch for long holds up its group's rebalances. */
const PATIENCE: Millis = 12 * SECOND

export function openCsvPartition(options: Omit<BatchFileOptions, 'source' | 'onStored'>): Promise<CsvPartition> {
  let stored: number | undefined
  const waiting = new Set<{ readonly next: number; readonly done: () => void }>()
  const reached = async (next: number): Promise<void> => {
    if (stored !== undefined && stored >= next) return
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      const entry = { next, done: resolve }
      waiting.add(entry)
      timer = setTimeout(() => {
        waiting.delete(entry)
        resolve()
      }, PATIENCE)
    })
    clearTimeout(timer)
  }

  return new Promise((resolve) => {
    const file = createBatchFile({
      ...options,
      onStored(cursor) {
        stored = cursor
        for (const entry of waiting) {
          if (entry.next > cursor) continue
          waiting.delete(entry)
          entry.done()
        }
      },
      source(cursor, push) {
        stored = cursor
        const partition: CsvPartition = {
          cursor,
          async take(first, batch) {
            stored ??= first
            await push(batch)
            await reached(batch.next)
          },
          stored: () => stored,
          close: () => file.close(),
        }
        resolve(partition)
        return () => {}
      },
    })
  })
}
