/** The journal's thread: the sole writer of journal.db. It does what it is told and has no timer of its own. */

import type { MessagePort } from 'node:worker_threads'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Write } from './log.ts'
import { createLog } from './log.ts'
import type { JournalReply, JournalRequest, WorkerStats } from './messages.ts'
import { JOURNAL_MIGRATIONS } from './migrations/index.ts'
import { placesOf } from './places.ts'
import { createRoom } from './room.ts'
import { createBallast } from './sqlite/ballast.ts'
import { bytesOnDisk, openWriter } from './sqlite/open.ts'
import { toOpenFailure } from './sqlite/thread.ts'

/** What the thread is started with. */
export interface JournalWorkerData {
  readonly file: string
  readonly demo: boolean
  readonly quotaBytes: number
  readonly ballastBytes: number
}

type WriteRequest = Extract<JournalRequest, { kind: 'append' | 'commit' }>

if (parentPort) run(workerData as JournalWorkerData, parentPort)

function run(data: JournalWorkerData, port: MessagePort): void {
  const reply = (message: JournalReply) => port.postMessage(message)
  const places = placesOf(data.demo)
  const opened = open(data)
  if (!opened) return
  const { db, log, room } = opened
  /** Commits that wait for the disk: what they derived can be had again only from records that are still here. */
  let held: WriteRequest[] = []

  function open({ file, quotaBytes, ballastBytes }: JournalWorkerData) {
    try {
      const db = openWriter(file, { migrations: JOURNAL_MIGRATIONS })
      const log = createLog(db, places)
      const room = createRoom(db, log, places, createBallast(`${file}.ballast`, ballastBytes), quotaBytes)
      return { db, log, room }
    } catch (error) {
      port.postMessage(toOpenFailure(error))
      port.close()
      return undefined
    }
  }

  const stats = (): WorkerStats => {
    const base = { bytes: bytesOnDisk(data.file), records: log.records() }
    return room.fault ? { ...base, fault: room.fault } : base
  }

  const write = (requests: readonly WriteRequest[]) => {
    if (requests.length === 0) return
    if (room.blocked) return refuse(requests)
    const kept = requests.map((request) => request.parts.map((part) => room.allows(places[part.place]!.id)))
    const writes = requests.map((request, index): Write => {
      const parts = request.parts.filter((_, part) => kept[index]![part])
      if (request.kind === 'append') return { parts }
      const { group, cursors, delivered } = request
      return delivered ? { parts, group, cursors, delivered } : { parts, group, cursors }
    })
    let bases: number[][]
    try {
      bases = log.write(writes)
    } catch (error) {
      room.failed(error)
      return refuse(requests)
    }
    room.measure()
    for (const [index, request] of requests.entries()) {
      const written = bases[index]!
      let next = 0
      reply({ kind: 'written', id: request.id, bases: kept[index]!.map((isKept) => (isKept ? written[next++]! : -1)) })
    }
  }

  const refuse = (requests: readonly WriteRequest[]) => {
    for (const request of requests)
      if (request.kind === 'commit') held.push(request)
      else reply({ kind: 'written', id: request.id, bases: request.parts.map(() => -1) })
    reply({ kind: 'stats', stats: stats() })
  }

  const answer = (request: Exclude<JournalRequest, WriteRequest>) => {
    switch (request.kind) {
      case 'group':
        if (!room.blocked) setGroup(request.group, request.cursors)
        break
      case 'read': {
        const batches = log.read(request.place, request.offset, request.maxRecords)
        reply({ kind: 'read', id: request.id, batches })
        break
      }
      case 'ends':
        reply({ kind: 'ends', id: request.id, ends: log.ends() })
        break
      case 'cursors':
        reply({ kind: 'cursors', id: request.id, cursors: log.cursors(request.group) })
        break
      case 'backlog':
        reply({ kind: 'backlog', id: request.id, ...log.backlog(request.place, request.offset) })
        break
      case 'groups':
        reply({ kind: 'groups', id: request.id, groups: log.groups() })
        break
      case 'deliveries':
        reply({ kind: 'deliveries', id: request.id, deliveries: log.deliveries(request.place, request.offset) })
        break
      case 'parked':
        reply({ kind: 'parked', id: request.id, parked: log.parked(request.group) })
        break
      case 'caps':
        room.setQuota(request.bytes)
        break
      case 'tick': {
        room.tick(request.now)
        if (!room.blocked) {
          const waiting = held
          held = []
          write(waiting)
        }
        reply({ kind: 'stats', stats: stats() })
        break
      }
      case 'close':
        db.close()
        port.close()
    }
  }

  const setGroup = (...args: Parameters<typeof log.setGroup>) => {
    try {
      log.setGroup(...args)
    } catch (error) {
      room.failed(error)
    }
  }

  // Everything that waits is taken at once, so that a busy time makes larger transactions and not more of them.
  port.on('message', (first: JournalRequest) => {
    let writes: WriteRequest[] = []
    for (let request: JournalRequest | undefined = first; request; request = next(port)) {
      if (request.kind === 'append' || request.kind === 'commit') writes.push(request)
      else {
        write(writes)
        writes = []
        answer(request)
        if (request.kind === 'close') return
      }
    }
    write(writes)
  })

  const lastAt = log.lastAt()
  reply({ kind: 'open', epoch: log.epoch, stats: stats(), ...(lastAt === undefined ? {} : { lastAt }) })
}

function next(port: MessagePort): JournalRequest | undefined {
  const received: { message: JournalRequest } | undefined = receiveMessageOnPort(port)
  return received?.message
}
