/** Reading a stretch of a topic for the browser: filtered, in order of time, with progress, until the limit or the end. */

import { setImmediate } from 'node:timers/promises'
import type { Sink } from '../../shared/bridge.ts'
import type { MessageRow, ScanFrame } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import type { Bus, InRecord } from '../bus/bus.ts'
import { toMessageRow } from './message-row.ts'
import type { MessageQuery } from './record-filter.ts'
import { createRecordFilter } from './record-filter.ts'
import type { ScanRange } from './scan-range.ts'

/** The page hears of progress so often. */
const PROGRESS: Millis = 200
/** Other work of the thread gets its turn after so long. */
const TURN: Millis = 8
/** A partition that gives nothing for so long, with the cluster there, has nothing more below the end. */
const IDLE: Millis = 3_000
/** Rows of one frame: a page draws them at once. */
const FRAME = 200

/** Wanted records of a partition, and where it stands. */
interface Line {
  next(): Promise<InRecord | undefined>
  close(): Promise<void>
}

/** Scans until done, aborted, or the limit is reached. Frames wait for the page: no row is left out. */
export async function scan(
  bus: Pick<Bus, 'read' | 'state'>,
  query: MessageQuery,
  ranges: readonly ScanRange[],
  sink: Sink<ScanFrame>,
  signal: AbortSignal,
): Promise<void> {
  const wanted = createRecordFilter(query)
  const total = ranges.reduce((sum, { from, to }) => sum + Number((to ?? from) - from), 0)
  const limit = query.limit
  /** The newest are wanted, not the first. */
  const isTail = typeof query.from === 'object' && 'last' in query.from
  const most = isTail && typeof query.from === 'object' && 'last' in query.from ? query.from.last : limit
  let scanned = 0
  let rows: MessageRow[] = []
  let sentAt = performance.now()
  let turnAt = performance.now()
  const ready = createReady(sink, signal)

  const send = async (done: boolean): Promise<void> => {
    await ready()
    if (signal.aborted) return
    sink.send({ rows: rows.splice(0, FRAME), scanned, total, done: done && rows.length === 0, skipped: 0 })
    sentAt = performance.now()
  }
  const passed = async (records: number): Promise<void> => {
    scanned += records
    if (performance.now() - turnAt > TURN) {
      await setImmediate()
      turnAt = performance.now()
    }
    if (!isTail && performance.now() - sentAt > PROGRESS) await send(false)
    else if (isTail && performance.now() - sentAt > PROGRESS && sink.ready) {
      sink.send({ rows: [], scanned, total, done: false, skipped: 0 })
      sentAt = performance.now()
    }
  }

  const lines = ranges.map((range) => openLine(bus, query.topic, range, wanted, signal, passed))
  try {
    const heads = await Promise.all(lines.map((line) => line.next()))
    const least = isTail ? Infinity : limit
    for (let found = 0; found < least; found += 1) {
      const index = oldest(heads)
      if (index === undefined || signal.aborted) break
      rows.push(toMessageRow(heads[index]!))
      if (isTail && rows.length > Math.min(most, limit)) rows.shift()
      if (!isTail && rows.length >= FRAME) await send(false)
      heads[index] = await lines[index]!.next()
    }
    do await send(true)
    while (rows.length > 0 && !signal.aborted)
  } finally {
    await Promise.all(lines.map((line) => line.close()))
  }
}

/** Waits until the page takes another frame, or the stream is left. */
export function createReady(sink: Sink<ScanFrame>, signal: AbortSignal): () => Promise<void> {
  let wake: (() => void) | undefined
  sink.onReady(() => wake?.())
  signal.addEventListener('abort', () => wake?.(), { once: true })
  return async () => {
    while (!sink.ready && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
  }
}

function oldest(heads: readonly (InRecord | undefined)[]): number | undefined {
  let found: number | undefined
  for (const [index, head] of heads.entries()) {
    const best = found === undefined ? undefined : heads[found]
    if (head && (!best || head.timestamp < best.timestamp)) found = index
  }
  return found
}

function openLine(
  bus: Pick<Bus, 'read' | 'state'>,
  topic: string,
  { partition, from, to }: ScanRange,
  wanted: (record: InRecord) => boolean,
  signal: AbortSignal,
  passed: (records: number) => Promise<void>,
): Line {
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  signal.addEventListener('abort', abort, { once: true })
  const records = from === to ? undefined : read()

  async function* read(): AsyncGenerator<InRecord> {
    let told = from
    let idle = setTimeout(endOfLog, IDLE)
    for await (const batch of bus.read(topic, partition, from, aborter.signal)) {
      clearTimeout(idle)
      for (const record of batch.records) {
        if (record.offset < from) continue
        if (to !== undefined && record.offset >= to) return
        await passed(Number(record.offset + 1n - told))
        told = record.offset + 1n
        if (wanted(record)) yield record
      }
      if (to !== undefined && told >= to) return
      idle = setTimeout(endOfLog, IDLE)
    }
  }
  // What is left up to the end may be no records at all: removed ones, markers of transactions.
  function endOfLog(): void {
    if (bus.state().state === 'up') aborter.abort()
  }
  return {
    async next() {
      const step = await records?.next()
      return step === undefined || step.done ? undefined : step.value
    },
    async close() {
      aborter.abort()
      signal.removeEventListener('abort', abort)
      await records?.return(undefined)
    },
  }
}
