/** How far the journal is stored: moved in the same transaction as the rows, so that each record is stored exactly once. */

import type { Cursor, Place } from '../../journal/journal.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface CursorTable {
  /** The next offset to be stored of a place, by its index. */
  offset(place: number): number
  move(place: number, offset: number): void
  flush(): void
  all(): Cursor[]
}

/**
 * Reads a group's cursors. They count in one journal only: where another one (another epoch) has taken its place, they
 * begin again at its start.
 */
export function createCursorTable(db: Connection, group: string, epoch: string, places: readonly Place[]): CursorTable {
  const name = `journal:${group}`
  const known = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name)
  if (known !== epoch)
    db.transaction(() => {
      db.prepare('DELETE FROM cursors WHERE grp = ?').run(group)
      db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
        name,
        epoch,
      )
    })()
  const find = db
    .prepare<[string, string, number], number>(
      'SELECT next_offset FROM cursors WHERE grp = ? AND topic = ? AND partition = ?',
    )
    .pluck()
  const upsert = db.prepare<[string, string, number, number]>(
    `INSERT INTO cursors (grp, topic, partition, next_offset) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset`,
  )
  const offsets = places.map((place) => find.get(group, place.topic, place.partition) ?? 0)
  const moved = new Set<number>()

  return {
    offset: (place) => offsets[place]!,
    move(place, offset) {
      offsets[place] = offset
      moved.add(place)
    },
    flush() {
      for (const index of moved) {
        const place = places[index]!
        upsert.run(group, place.topic, place.partition, offsets[index]!)
      }
      moved.clear()
    },
    all: () => places.map(({ topic, partition }, index) => ({ topic, partition, offset: offsets[index]! })),
  }
}
