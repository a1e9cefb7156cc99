/** Following a topic live: rows as they come; what a slow page cannot take is left out and counted. */

import { setImmediate } from 'node:timers/promises'
import type { Sink } from '../../shared/bridge.ts'
import type { MessageRow, ScanFrame } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'
import { toMessageRow } from './message-row.ts'
import type { MessageQuery } from './record-filter.ts'
import { createRecordFilter } from './record-filter.ts'
import type { ScanRange } from './scan-range.ts'

const EVERY: Millis = 100
/** Rows that wait for the page. */
const WAITING = 2_000
const FRAME = 1_000

/** Follows until aborted. Offsets of a partition are contiguous, or the number left out is in `skipped`. */
export async function follow(
  bus: Pick<Bus, 'read'>,
  query: MessageQuery,
  ranges: readonly ScanRange[],
  sink: Sink<ScanFrame>,
  signal: AbortSignal,
): Promise<void> {
  const wanted = createRecordFilter(query)
  let waiting: MessageRow[] = []
  let scanned = 0
  let skipped = 0
  let told = -1

  const send = () => {
    if (!sink.ready || signal.aborted || (waiting.length === 0 && told === scanned)) return
    const rows = waiting.slice(0, FRAME)
    waiting = waiting.slice(FRAME)
    told = scanned
    sink.send({ rows, scanned, done: false, skipped })
  }
  const timer = setInterval(send, EVERY)
  send()

  const run = async ({ partition, from }: ScanRange): Promise<void> => {
    let next = from
    for await (const { records } of bus.read(query.topic, partition, from, signal)) {
      for (const record of records) {
        if (record.offset < next) continue
        skipped += Number(record.offset - next)
        next = record.offset + 1n
        scanned += 1
        if (wanted(record)) waiting.push(toMessageRow(record))
      }
      if (waiting.length > WAITING) {
        skipped += waiting.length - WAITING
        waiting = waiting.slice(-WAITING)
      }
      await setImmediate()
    }
  }
  try {
    await Promise.all(ranges.map(run))
  } finally {
    clearInterval(timer)
  }
}
