/** One partition of the journal, read from an offset on in chunks as large as one request to Kafka may be. */

import type { Journal, Place } from '../journal/journal.ts'
import type { Line } from './lines.ts'
import { cutLines } from './lines.ts'

/** Records and bytes of one request to Kafka: well below the broker's usual limit of 1 MiB. */
export const MOST_RECORDS = 1_000
export const MOST_BYTES = 900_000
/** What the headers and the framing of a record take, about. */
export const RECORD_OVERHEAD = 220

/** Lines that follow each other, and the offset behind them. */
export interface Chunk {
  readonly lines: readonly Line[]
  readonly end: number
  /** What they take in the journal. */
  readonly bytes: number
}

export interface Source {
  /** The next chunk; undefined where nothing more is committed yet. */
  next(): Promise<Chunk | undefined>
  /** The record that comes next, as far as it has been read. */
  readonly head: Line | undefined
}

/** Reads ahead: while one chunk is on its way to Kafka, the next comes from the file. */
export function openSource(journal: Journal, place: Place, from: number): Source {
  let waiting: Line[] = []
  let taken = 0
  let next = from
  let reading: Promise<void> | undefined

  const read = async () => {
    const batches = await journal.read(place, next, MOST_RECORDS)
    const fresh = batches.flatMap((batch) => cutLines(batch, next))
    waiting = taken < waiting.length ? [...waiting.slice(taken), ...fresh] : fresh
    taken = 0
    const last = batches.at(-1)
    if (last) next = last.base + last.count
  }
  const ahead = () => {
    reading ??= read().finally(() => (reading = undefined))
    return reading
  }

  return {
    async next() {
      if (reading) await reading
      if (taken === waiting.length) await ahead()
      const lines: Line[] = []
      let bytes = 0
      let size = 0
      for (; taken < waiting.length && lines.length < MOST_RECORDS; taken += 1) {
        const line = waiting[taken]!
        size += line.value.length + RECORD_OVERHEAD
        if (lines.length > 0 && size > MOST_BYTES) break
        lines.push(line)
        bytes += line.value.length + 1
      }
      const last = lines.at(-1)
      if (!last) return undefined
      // Its failure is met by the call that waits for it.
      if (waiting.length - taken < MOST_RECORDS) ahead().catch(() => undefined)
      return { lines, end: last.offset + 1, bytes }
    },
    get head() {
      return waiting[taken]
    },
  }
}
