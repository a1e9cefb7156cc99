/** Moves records from the journal into market.db: rows and the cursor that they move, in one transaction. */

import type { Cursor } from '../journal/journal.ts'
import { placesOf } from '../journal/places.ts'
import type { JournalReader } from '../journal/read-journal.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import type { RecordTables } from './record-tables.ts'
import { createCursorTable } from './tables/cursors.ts'
import { scanBatch } from './trade-scan.ts'

export interface Ingest {
  readonly cursors: readonly Cursor[]
  /** Journal records not yet stored. */
  behind(): number
  /**
   * Stores what comes next in the journal, at most about RECORDS of it, and returns how many records that were. When it
   * throws, nothing is stored, and this ingest (and its tables) know things that are not: make new ones.
   */
  step(): number
}

const GROUP = 'store'
/** Records of one transaction: above it nothing gets faster, below it the fixed costs show. */
const RECORDS = 5_000
const PLACE_RECORDS = 2_500

/** What is stored of the journal. Books are not. */
const STORED_TOPICS = new Set(['trades', 'tickers', 'bars', 'items'])

export function createIngest(db: Connection, tables: RecordTables, journal: JournalReader, demo: boolean): Ingest {
  const places = placesOf(demo).filter((place) => STORED_TOPICS.has(place.id))
  const cursors = createCursorTable(db, GROUP, journal.epoch, places)
  let turn = 0

  const step = db.transaction((): number => {
    let records = 0
    for (let visited = 0; visited < places.length && records < RECORDS; visited += 1) {
      const index = (turn + visited) % places.length
      const place = places[index]!
      const offset = cursors.offset(index)
      tables.from({ partition: place.partition })
      for (const batch of journal.read(place, offset, Math.min(PLACE_RECORDS, RECORDS - records))) {
        const skip = Math.max(0, cursors.offset(index) - batch.base)
        scanBatch(batch.bytes, skip, tables.sink)
        cursors.move(index, batch.base + batch.count)
        records += batch.count - skip
      }
    }
    turn = (turn + 1) % places.length
    if (records === 0) return 0
    tables.flush()
    cursors.flush()
    return records
  })

  return {
    get cursors() {
      return cursors.all()
    },
    behind: () =>
      places.reduce((sum, place, index) => sum + Math.max(0, journal.end(place) - cursors.offset(index)), 0),
    step,
  }
}
