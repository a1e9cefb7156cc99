/** The log itself: batches, offsets and cursors on one SQLite connection. No thread, no timer, no policy. */

import { randomUUID } from 'node:crypto'
import type { Millis } from '../../shared/market.ts'
import type { Cursor, Delivered, Delivery, Parked, PartitionEnds, Place, StoredBatch } from './journal.ts'
import type { Part } from './messages.ts'
import { placeKey } from './places.ts'
import type { Connection } from './sqlite/open.ts'
import { selectBatches } from './select-batches.ts'
import { createTrail } from './trail.ts'

/** Appends and cursor moves that take effect together. */
export interface Write {
  readonly parts: readonly Part[]
  readonly group?: string
  readonly cursors?: readonly Cursor[]
  readonly delivered?: Delivered
}

export interface Log {
  /** Names this journal: another file in its place has another one. */
  readonly epoch: string
  /** Time of the newest record, if there is any. */
  lastAt(): Millis | undefined
  /** Commits writes in one transaction; for each, the base offsets of its parts. On an error nothing has changed. */
  write(writes: readonly Write[]): number[][]
  read(place: number, offset: number, maxRecords: number): StoredBatch[]
  ends(): PartitionEnds[]
  /** Where a place ends, and the bytes of its records from an offset on. */
  backlog(place: number, offset: number): { end: number; bytes: number }
  groups(): string[]
  cursors(group: string): Cursor[]
  setGroup(group: string, cursors: readonly Cursor[] | undefined): void
  deliveries(place: number, offset: number): Delivery[]
  parked(group: string): Parked[]
  /** Removes up to `limit` of the oldest batches of a partition that every group has read and that end before `before`; says how many records. */
  trim(place: number, before: Millis, limit: number): number
  records(): number
}

const NEWLINE = 10
const PARKED_ROWS = 1_000

/** Opens the log on a connection whose places are those of the list, making their partitions on first use. */
export function createLog(db: Connection, places: readonly Place[]): Log {
  const epoch = readEpoch(db)
  const ids = new Map<string, number>()
  const state = places.map((place) => {
    const partition = openPartition(db, place)
    ids.set(placeKey(place), partition.id)
    return { place, ...partition }
  })

  const insert = db.prepare<[number, number, number, number, number, Uint8Array, Millis]>(
    'INSERT INTO batches (partition, base, count, min_at, max_at, bytes, written_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const moveEnd = db.prepare<[number, number]>('UPDATE partitions SET next_offset = ? WHERE id = ?')
  const moveStart = db.prepare<[number, number]>('UPDATE partitions SET start_offset = ? WHERE id = ?')
  const moveCursor = db.prepare<[string, string, number, number]>(
    `INSERT INTO cursors (grp, topic, partition, next_offset) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset`,
  )
  const dropGroup = db.prepare<[string]>('DELETE FROM cursors WHERE grp = ?')
  const groupCursors = db.prepare<[string], Cursor>(
    'SELECT topic, partition, next_offset AS offset FROM cursors WHERE grp = ? ORDER BY topic, partition',
  )
  const slowest = db
    .prepare<[string, number], number | null>('SELECT min(next_offset) FROM cursors WHERE topic = ? AND partition = ?')
    .pluck()
  const oldest = db.prepare<[number, number], { base: number; count: number; max_at: number }>(
    'SELECT base, count, max_at FROM batches WHERE partition = ? ORDER BY base LIMIT ?',
  )
  const remove = db.prepare<[number, number]>('DELETE FROM batches WHERE partition = ? AND base < ?')
  const newest = db.prepare<[], number | null>('SELECT max_at FROM batches ORDER BY rowid DESC LIMIT 1').pluck()
  const groups = db.prepare<[], string>('SELECT DISTINCT grp FROM cursors ORDER BY grp').pluck()
  const bytesFrom = db
    .prepare<[number, number], number | null>(
      'SELECT sum(length(bytes)) FROM batches WHERE partition = ? AND base >= ?',
    )
    .pluck()
  const select = selectBatches(db)
  const trail = createTrail(db, (place) => ids.get(placeKey(place)))

  const writeAll = db.transaction((writes: readonly Write[], ends: number[]): number[][] => {
    const touched = new Set<number>()
    const now = Date.now()
    const bases = writes.map((write) => {
      if (write.group !== undefined)
        for (const cursor of write.cursors ?? [])
          moveCursor.run(write.group, cursor.topic, cursor.partition, cursor.offset)
      if (write.group !== undefined && write.delivered) trail.add(write.group, write.delivered)
      return write.parts.map((part) => {
        const base = ends[part.place]!
        insert.run(state[part.place]!.id, base, part.count, part.minAt, part.maxAt, part.bytes, now)
        ends[part.place] = base + part.count
        touched.add(part.place)
        return base
      })
    })
    for (const place of touched) moveEnd.run(ends[place]!, state[place]!.id)
    return bases
  })

  const setGroup = db.transaction((group: string, cursors: readonly Cursor[] | undefined) => {
    if (cursors === undefined) dropGroup.run(group)
    else for (const cursor of cursors) moveCursor.run(group, cursor.topic, cursor.partition, cursor.offset)
  })

  const trim = db.transaction((index: number, before: Millis, limit: number): number => {
    const partition = state[index]!
    const held = slowest.get(partition.place.topic, partition.place.partition) ?? partition.next
    let start = partition.start
    for (const batch of oldest.all(partition.id, limit)) {
      if (batch.base + batch.count > held || batch.max_at >= before) break
      start = batch.base + batch.count
    }
    if (start === partition.start) return start
    remove.run(partition.id, start)
    moveStart.run(start, partition.id)
    return start
  })

  return {
    epoch,
    lastAt: () => newest.get() ?? undefined,
    write(writes) {
      const ends = state.map((partition) => partition.next)
      const bases = writeAll(writes, ends)
      for (const [index, end] of ends.entries()) state[index]!.next = end
      return bases
    },
    read(index, offset, maxRecords) {
      const { place, id } = state[index]!
      return select(id, offset, maxRecords).map((row) => ({ topic: place.topic, partition: place.partition, ...row }))
    },
    ends: () =>
      state.map(({ place, start, next }) => ({ topic: place.topic, partition: place.partition, start, end: next })),
    backlog(index, offset) {
      const { id, next } = state[index]!
      const [first] = select(id, offset, 1)
      if (!first) return { end: next, bytes: 0 }
      const skipped = first.base < offset ? bytesOfLines(first.bytes, offset - first.base) : 0
      return { end: next, bytes: (bytesFrom.get(id, first.base) ?? 0) - skipped }
    },
    groups: () => groups.all(),
    cursors: (group) => groupCursors.all(group),
    setGroup,
    deliveries: (index, offset) => trail.find(state[index]!.place, state[index]!.id, offset),
    parked: (group) => trail.parked(group, PARKED_ROWS),
    trim(index, before, limit) {
      const partition = state[index]!
      const start = trim(index, before, limit)
      const removed = start - partition.start
      partition.start = start
      return removed
    },
    records: () => state.reduce((sum, { start, next }) => sum + next - start, 0),
  }
}

/** Bytes of the first `lines` lines. */
function bytesOfLines(bytes: Uint8Array, lines: number): number {
  let at = 0
  for (let line = 0; line < lines; line += 1) at = bytes.indexOf(NEWLINE, at) + 1
  return at
}

function readEpoch(db: Connection): string {
  db.prepare("INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING").run(randomUUID())
  return db.prepare<[], string>("SELECT value FROM meta WHERE name = 'epoch'").pluck().get()!
}

function openPartition(db: Connection, place: Place): { id: number; start: number; next: number } {
  db.prepare(
    'INSERT INTO partitions (topic, partition, start_offset, next_offset) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING',
  ).run(place.topic, place.partition)
  return db
    .prepare<[string, number], { id: number; start: number; next: number }>(
      'SELECT id, start_offset AS start, next_offset AS next FROM partitions WHERE topic = ? AND partition = ?',
    )
    .get(place.topic, place.partition)!
}
