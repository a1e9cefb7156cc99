/** Rows of a scan or a live tail as the page keeps them: a limited number, with an account of what is missing. */

import type { MessageRow, ScanFrame } from '../../../../shared/kafka-view.ts'

/** Rows that are kept; a tail lets the oldest go. */
export const MOST_ROWS = 5_000

export interface Tail {
  readonly rows: readonly MessageRow[]
  readonly scanned: number
  readonly total?: number
  readonly done: boolean
  /** Records that came while the page was slow, and were left out by the engine. */
  readonly skipped: number
  /** Newest offset of each partition, to see whether the next one follows. */
  readonly newest: ReadonlyMap<number, string>
  /** Offsets that are missing between neighbours, as far as no filter explains them. */
  readonly missing: number
}

export const EMPTY_TAIL: Tail = { rows: [], scanned: 0, done: false, skipped: 0, newest: new Map(), missing: 0 }

/** The tail with a frame added. A scan that began again (its count went back) begins again here too. */
export function addFrame(before: Tail, frame: ScanFrame): Tail {
  const tail = frame.scanned < before.scanned ? EMPTY_TAIL : before
  const newest = new Map(tail.newest)
  let { missing } = tail
  for (const { partition, offset } of frame.rows) {
    const last = newest.get(partition)
    if (last !== undefined) {
      const step = BigInt(offset) - BigInt(last)
      if (step > 1n) missing += Number(step - 1n)
    }
    newest.set(partition, offset)
  }
  return {
    rows: [...tail.rows, ...frame.rows].slice(-MOST_ROWS),
    scanned: frame.scanned,
    ...(frame.total === undefined ? {} : { total: frame.total }),
    done: frame.done,
    skipped: tail.skipped + frame.skipped,
    newest,
    missing,
  }
}
