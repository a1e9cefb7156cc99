/** The journal as a bus: consumers in this process read what was committed before they came, then what is committed now. */

import { decodeBatch } from '../../shared/wire.ts'
import type { MarketEvent } from '../../shared/market.ts'
import type { CommittedBatch, Cursor, Journal, Place } from './journal.ts'
import { placeKey } from './places.ts'

/** The next batch of a place, in offset order. Its promise is awaited: nothing else is handed on meanwhile. */
export type BatchHandler = (batch: CommittedBatch) => void | Promise<void>

/** Where a consumer begins: at its group's cursor (a new group at the oldest record), at the oldest, or behind the newest. */
export type Start = 'cursor' | 'earliest' | 'latest'

export interface Subscription {
  /** No batch is handed on after it resolves. */
  close(): Promise<void>
}

export interface Consumer extends Subscription {
  /** Moves the group's cursors and appends what was derived, in one transaction. */
  commit: (cursors: readonly Cursor[], output?: { topic: 'bars'; events: readonly MarketEvent[] }) => Promise<void>
  /** Where it began. */
  readonly start: readonly Cursor[]
}

export interface LocalBus {
  /**
   * Reads places from given offsets on, for good. Batches of a place come in order, each record once; what retention has
   * removed before it was read is left out, so that `base` may be further than the end of the batch before.
   * A handler that throws ends the reading and the error is thrown where nobody catches it: it is our bug.
   */
  readFrom(cursors: readonly Cursor[], handler: BatchHandler): Subscription
  /** Joins a group (known from now on: nothing is trimmed that it has not committed) and reads all partitions of its topics. */
  consume(
    options: { readonly group: string; readonly topics: readonly string[]; readonly start: Start },
    handler: BatchHandler,
  ): Promise<Consumer>
}

/** Records of one catch-up read. */
const READ_RECORDS = 2_000
/** Live records of one place that wait in memory for a slow handler; behind more of them it reads from the file again. */
const QUEUE_RECORDS = 5_000

interface Line {
  readonly place: Place
  /** Offset wanted next. */
  next: number
  /** Offset behind the newest record known to be committed; Infinity until a read has found the end. */
  end: number
  queue: CommittedBatch[]
  queued: number
}

export function createLocalBus(journal: Journal): LocalBus {
  const readFrom = (cursors: readonly Cursor[], handler: BatchHandler): Subscription => {
    const lines = new Map<string, Line>()
    for (const { topic, partition, offset } of cursors)
      lines.set(placeKey({ topic, partition }), {
        place: { topic, partition },
        next: offset,
        end: Infinity,
        queue: [],
        queued: 0,
      })
    let isClosed = false
    let isWoken = false
    let running: Promise<void> | undefined

    const off = journal.onCommitted((batch) => {
      const line = lines.get(placeKey(batch))
      if (!line) return
      keep(line, batch)
      wake()
    })

    const wake = () => {
      isWoken = true
      running ??= run()
    }
    const run = async () => {
      while (isWoken) {
        isWoken = false
        if (isClosed) return
        for (const line of lines.values())
          for (const batch of await nextBatches(line)) {
            if (isClosed) return
            isWoken = true
            await handler(batch)
          }
      }
      running = undefined
    }
    const nextBatches = async (line: Line): Promise<readonly CommittedBatch[]> => {
      const live = takeLive(line)
      if (live.length > 0 || line.next >= line.end) return live
      const end = line.end
      const stored = await journal.read(line.place, line.next, READ_RECORDS)
      const batches = stored.map(({ base, bytes }) =>
        cut({ ...line.place, base, events: decodeBatch(bytes) }, line.next),
      )
      const last = batches.at(-1)
      if (last) line.next = last.base + last.events.length
      // Nothing there: this is the end, unless something was committed while we read.
      else if (line.end === end) line.end = line.next
      return batches
    }

    wake()
    return {
      async close() {
        isClosed = true
        off()
        await running
      },
    }
  }

  return {
    readFrom,
    async consume({ group, topics, start }, handler) {
      const places = (await journal.ends()).filter(({ topic }) => topics.includes(topic))
      const known = new Map((await journal.cursors(group)).map((cursor) => [placeKey(cursor), cursor.offset]))
      const cursors = places.map(({ topic, partition, start: oldest, end }) => {
        const from = start === 'cursor' ? (known.get(placeKey({ topic, partition })) ?? oldest) : undefined
        return { topic, partition, offset: from ?? (start === 'latest' ? end : oldest) }
      })
      journal.setGroup(group, cursors)
      const subscription = readFrom(cursors, handler)
      return {
        start: cursors,
        commit: (next, output) => journal.commit(group, next, output),
        close: () => subscription.close(),
      }
    },
  }
}

/** Keeps a live batch where it follows what waits; else the file has it. */
function keep(line: Line, batch: CommittedBatch): void {
  line.end = batch.base + batch.events.length
  if (line.queued + batch.events.length > QUEUE_RECORDS) {
    line.queue = []
    line.queued = 0
    return
  }
  line.queue.push(batch)
  line.queued += batch.events.length
}

/** The live batches that come next. What is further on stays until the file has been read up to it. */
function takeLive(line: Line): CommittedBatch[] {
  const taken: CommittedBatch[] = []
  for (let batch = line.queue[0]; batch && batch.base <= line.next; batch = line.queue[0]) {
    line.queue.shift()
    line.queued -= batch.events.length
    const rest = cut(batch, line.next)
    if (rest.events.length === 0) continue
    taken.push(rest)
    line.next = rest.base + rest.events.length
  }
  return taken
}

/** A batch without the records before an offset. */
function cut(batch: CommittedBatch, offset: number): CommittedBatch {
  const skip = offset - batch.base
  return skip > 0 ? { ...batch, base: offset, events: batch.events.slice(skip) } : batch
}
