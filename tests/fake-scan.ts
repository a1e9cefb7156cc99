/** The fake engine's message browser: 200,000 records are read in two seconds, a tail brings 5,000 a second. */

import type { z } from 'zod'
import type { Sink } from '../src/shared/bridge.ts'
import type { messageQuerySchema } from '../src/shared/kafka-contract.ts'
import type { MessageRow, ScanFrame } from '../src/shared/kafka-view.ts'
import type { Millis } from '../src/shared/market.ts'
import { matches, recordAt } from './fake-records.ts'

const TOTAL = 200_000
const END = 18_204_113
const STEP = 10_000
const TAIL = 500

export function openScan(
  query: z.output<typeof messageQuerySchema>,
  sink: Sink<ScanFrame>,
  now: () => Millis,
): () => void {
  let scanned = 0
  let found = 0
  let tail = END
  const begin = now()
  const partitions = query.partitions ?? [0, 1, 2]
  /** The n-th record of the topic: offsets of a partition follow one another. */
  const at = (place: number, time: Millis): MessageRow =>
    recordAt(query.topic, partitions[place % partitions.length]!, Math.floor(place / partitions.length), time)

  const scan = () => {
    const rows: MessageRow[] = []
    const until = Math.min(TOTAL, scanned + STEP)
    for (; scanned < until && found < query.limit; scanned += 1) {
      const row = at(END - TOTAL + scanned, begin - (TOTAL - scanned) * 2)
      if (!matches(row, query)) continue
      rows.push(row)
      found += 1
    }
    const done = scanned >= TOTAL || found >= query.limit
    sink.send({ rows, scanned, total: TOTAL, done, skipped: 0 })
    if (done) sink.end()
  }
  const follow = () => {
    let skipped = 0
    const rows: MessageRow[] = []
    for (let index = 0; index < TAIL; index += 1, tail += 1) {
      const row = at(tail, now())
      if (!matches(row, query)) continue
      if (rows.length < query.limit && sink.ready) rows.push(row)
      else skipped += 1
    }
    scanned += TAIL
    sink.send({ rows, scanned, done: false, skipped })
  }
  const timer = setInterval(query.follow ? follow : scan, 100)
  return () => clearInterval(timer)
}
