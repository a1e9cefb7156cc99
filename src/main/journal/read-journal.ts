/** journal.db for those who only read it, on a connection of their own: events cross threads once, as bytes in the file. */

import type { Place, StoredBatch } from './journal.ts'
import { JOURNAL_MIGRATIONS } from './migrations/index.ts'
import { selectBatches } from './select-batches.ts'
import { openReading } from './sqlite/open.ts'

export interface JournalReader {
  /** Names the journal whose offsets these are. */
  readonly epoch: string
  /** Offset that the next record of a place will get. */
  end(place: Place): number
  /** Whole batches from the one that holds `offset` on, until `maxRecords` are reached. */
  read(place: Place, offset: number, maxRecords: number): StoredBatch[]
  close(): void
}

/** Opens a journal that its writer has made. Throws 'not-found', 'store-newer' or 'store-damaged'. */
export function openJournalReader(file: string): JournalReader {
  const db = openReading(file, JOURNAL_MIGRATIONS)
  const select = selectBatches(db)
  const partition = db.prepare<[string, number], { id: number; end: number }>(
    'SELECT id, next_offset AS end FROM partitions WHERE topic = ? AND partition = ?',
  )
  return {
    epoch: db.prepare<[], string>("SELECT value FROM meta WHERE name = 'epoch'").pluck().get() ?? '',
    end: (place) => partition.get(place.topic, place.partition)?.end ?? 0,
    read(place, offset, maxRecords) {
      const found = partition.get(place.topic, place.partition)
      if (!found || found.end <= offset) return []
      return select(found.id, offset, maxRecords).map((row) => ({
        topic: place.topic,
        partition: place.partition,
        ...row,
      }))
    },
    close: () => db.close(),
  }
}
