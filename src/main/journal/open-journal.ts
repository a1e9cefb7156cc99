/** The engine's side of the journal: events go in here, are encoded once, and come back with their offsets once committed. */

import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Fault } from '../../shared/faults.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { createIntake } from './intake.ts'
import type { Journal, JournalStats, LiveBatch, Place } from './journal.ts'
import type { JournalWorkerData } from './journal-worker.ts'
import type { JournalReply, JournalRequest } from './messages.ts'
import { placeKey, placesOf } from './places.ts'
import { countRestores } from './restores.ts'
import { BALLAST_BYTES } from './sqlite/ballast.ts'
import { THREAD_LIMITS, whenGone, whenOpen } from './sqlite/thread.ts'

export interface JournalOptions {
  readonly file: string
  /** The demo's topics begin with 'demo.'. */
  readonly demo: boolean
  readonly caps: { readonly bytes: number }
  /** Wall clock, for retention. */
  readonly clock?: () => Millis
  /** Room kept on the disk for the time when it is full. */
  readonly ballastBytes?: number
}

type AnswerKind = 'read' | 'ends' | 'cursors' | 'backlog' | 'groups' | 'deliveries' | 'parked'
type Answer = Extract<JournalReply, { kind: AnswerKind }>
type Opened = Extract<JournalReply, { kind: 'open' }>

const SLOW: Fault = {
  code: 'disk-failed',
  message: 'The disk is too slow for the journal: events are dropped. See what else is writing to it.',
}

/** Opens (or makes) the journal on a thread of its own. Rejects with a FaultError where the file is newer or damaged. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const places = placesOf(options.demo)
  const placeOf = new Map(places.map((place, index) => [placeKey(place), index]))
  const clock = options.clock ?? Date.now
  const workerData: JournalWorkerData = {
    file: options.file,
    demo: options.demo,
    quotaBytes: options.caps.bytes,
    ballastBytes: options.ballastBytes ?? BALLAST_BYTES,
  }
  const worker = new Worker(new URL('./journal-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: THREAD_LIMITS,
  })
  const gone = whenGone(worker)
  const opened = await whenOpen<Opened>(worker)
  const send = (request: JournalRequest, transfer: ArrayBuffer[] = []) => worker.postMessage(request, transfer)

  const listeners = new Set<(batch: LiveBatch) => void>()
  const intake = createIntake(places, send, (batch) => {
    for (const listener of listeners) listener(batch)
  })
  const asked = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let asks = 0
  let stats = opened.stats
  let closed: Promise<void> | undefined

  worker.on('message', (reply: JournalReply) => {
    switch (reply.kind) {
      case 'written':
        intake.written(reply.id, reply.bases)
        break
      case 'stats':
        stats = reply.stats
        break
      case 'read':
      case 'ends':
      case 'cursors':
      case 'backlog':
      case 'groups':
      case 'deliveries':
      case 'parked':
        asked.get(reply.id)?.resolve(reply)
        asked.delete(reply.id)
        break
    }
  })

  const ask = <K extends Answer['kind']>(
    request: (id: number) => JournalRequest,
  ): Promise<Extract<Answer, { kind: K }>> => {
    if (closed) return Promise.reject(closedError())
    asks += 1
    return new Promise((resolve, reject) => {
      asked.set(asks, { resolve: (answer) => resolve(answer as Extract<Answer, { kind: K }>), reject })
      send(request(asks))
    })
  }
  const indexOf = (place: Place): number => {
    const index = placeOf.get(placeKey(place))
    if (index === undefined) throw new Error(`The journal has no partition ${placeKey(place)}.`)
    return index
  }
  const restores = countRestores(dirname(options.file))
  const tick = () => send({ kind: 'tick', now: clock() })
  const ticking = setInterval(tick, SECOND)
  ticking.unref()
  tick()

  return {
    epoch: opened.epoch,
    name: restores > 0 ? `${opened.epoch}.${restores}` : opened.epoch,
    lastAt: opened.lastAt,
    append(topic, events) {
      if (!closed) intake.append(topic, events)
    },
    appendToAll(topic, event) {
      if (!closed) intake.appendToAll(topic, event)
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async read(place, offset, maxRecords) {
      const index = indexOf(place)
      return (await ask<'read'>((id) => ({ kind: 'read', id, place: index, offset, maxRecords }))).batches
    },
    ends: async () => (await ask<'ends'>((id) => ({ kind: 'ends', id }))).ends,
    async backlog(place, offset) {
      const { end, bytes } = await ask<'backlog'>((id) => ({ kind: 'backlog', id, place: indexOf(place), offset }))
      return { end, bytes }
    },
    groups: async () => (await ask<'groups'>((id) => ({ kind: 'groups', id }))).groups,
    cursors: async (group) => (await ask<'cursors'>((id) => ({ kind: 'cursors', id, group }))).cursors,
    commit(group, cursors, output, delivered) {
      if (closed) return Promise.reject(closedError())
      return intake.commit(group, cursors, output?.topic ?? 'bars', output?.events ?? [], delivered)
    },
    async deliveries(place, offset) {
      const index = indexOf(place)
      return (await ask<'deliveries'>((id) => ({ kind: 'deliveries', id, place: index, offset }))).deliveries
    },
    parked: async (group) => (await ask<'parked'>((id) => ({ kind: 'parked', id, group }))).parked,
    setGroup(group, cursors) {
      if (!closed) send(cursors === undefined ? { kind: 'group', group } : { kind: 'group', group, cursors })
    },
    setCaps({ bytes }) {
      if (!closed) send({ kind: 'caps', bytes })
    },
    stats(): JournalStats {
      const { pending, dropped } = intake
      const fault = stats.fault ?? (intake.slow ? SLOW : undefined)
      const base = { bytes: stats.bytes, records: stats.records, pending, dropped }
      return fault ? { ...base, fault } : base
    },
    close() {
      if (closed) return closed
      clearInterval(ticking)
      intake.flush()
      intake.stop()
      send({ kind: 'close' })
      closed = gone.then(() => {
        intake.fail(closedError())
        for (const { reject } of asked.values()) reject(closedError())
        asked.clear()
      })
      return closed
    },
  }
}

function closedError(): FaultError {
  return new FaultError('connection-lost', 'The journal is closed.')
}
