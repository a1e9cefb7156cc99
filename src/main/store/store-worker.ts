/** The store's thread: the sole writer of market.db. It reads the journal itself, and stops only for a full disk. */

import type { MessagePort } from 'node:worker_threads'
import { parentPort, workerData } from 'node:worker_threads'
import type { Millis } from '../../shared/market.ts'
import { openJournalReader } from '../journal/read-journal.ts'
import { openWriter } from '../journal/sqlite/open.ts'
import { toOpenFailure } from '../journal/sqlite/thread.ts'
import type { Arrivals } from './arrivals.ts'
import type { ConsumerAnswer, ConsumerRequest, StoreReply, StoreRequest } from './messages.ts'
import { writeMeta } from './meta.ts'
import { MARKET_MIGRATIONS } from './migrations/index.ts'
import type { StoreCaps } from './store.ts'
import type { Writer } from './writer.ts'
import { createWriter } from './writer.ts'

/** What the thread is started with. */
export interface StoreWorkerData {
  readonly journalFile: string
  readonly marketFile: string
  readonly demo: boolean
  readonly caps: StoreCaps
  readonly collector: string
  readonly now: Millis
  readonly ballastBytes: number
}

function open(data: StoreWorkerData): Writer {
  const db = openWriter(data.marketFile, { migrations: MARKET_MIGRATIONS })
  try {
    writeMeta(db, data.collector, data.demo, data.now)
    return createWriter({ ...data, db, journal: openJournalReader(data.journalFile) })
  } catch (error) {
    db.close()
    throw error
  }
}

function answer(arrivals: Arrivals, request: ConsumerRequest): ConsumerAnswer {
  switch (request.kind) {
    case 'arrive':
      return arrivals.take(request.arrival)
    case 'offsets':
      return arrivals.offsets(request.group)
    case 'parked':
      return arrivals.parked(request.group)
    case 'move-offsets':
      arrivals.move(request.group, request.offsets)
      return 'moved'
  }
}

function run(writer: Writer, port: MessagePort): void {
  const reply = (message: StoreReply) => port.postMessage(message)
  const told = () => reply({ kind: 'stored', cursors: writer.cursors, stats: writer.stats() })
  let state: 'idle' | 'running' | 'closed' = 'idle'
  let isPoked = false
  let isPruning = false
  /** In the order they came; the first waits while nothing can be written, and the others behind it. */
  const asked: ConsumerRequest[] = []

  const answerAll = (): void => {
    for (let request = asked[0]; request; request = asked[0]) {
      const next = request
      const value = writer.arriving((arrivals) => answer(arrivals, next))
      if (value === undefined) return
      asked.shift()
      reply({ kind: 'answer', id: next.id, value })
    }
  }
  // One transaction a turn, so that requests are heard between them.
  const turn = () => {
    if (state === 'closed') return
    answerAll()
    const hasStored = writer.step() > 0
    if (hasStored) told()
    else if (isPoked) {
      isPoked = false
      reply({ kind: 'idle', stats: writer.stats() })
    }
    if (isPruning) isPruning = writer.prune()
    if (hasStored || isPruning) setImmediate(turn)
    else state = 'idle'
  }
  const start = () => {
    if (state !== 'idle') return
    state = 'running'
    setImmediate(turn)
  }

  port.on('message', (request: StoreRequest) => {
    switch (request.kind) {
      case 'poke':
        isPoked = true
        start()
        break
      case 'tick':
        writer.tick(request.now)
        isPruning = true
        start()
        break
      case 'instruments':
        writer.putInstruments(request.venue, request.instruments)
        reply({ kind: 'done', id: request.id })
        break
      case 'arrive':
      case 'offsets':
      case 'parked':
      case 'move-offsets':
        asked.push(request)
        start()
        break
      case 'caps':
        writer.setCaps(request.caps)
        break
      case 'close':
        answerAll()
        while (writer.step() > 0) told()
        state = 'closed'
        writer.close()
        port.close()
    }
  })
  reply({ kind: 'open', cursors: writer.cursors, stats: writer.stats() })
}

if (parentPort) {
  try {
    run(open(workerData as StoreWorkerData), parentPort)
  } catch (error) {
    parentPort.postMessage(toOpenFailure(error))
    parentPort.close()
  }
}
