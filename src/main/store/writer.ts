/** market.db's writer without its thread: ingest, retention, and what happens when the disk is in trouble. */

import type { Fault } from '../../shared/faults.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Instrument, Millis } from '../../shared/market.ts'
import type { Cursor } from '../journal/journal.ts'
import type { JournalReader } from '../journal/read-journal.ts'
import { createBallast } from '../journal/sqlite/ballast.ts'
import { toDiskFault } from '../journal/sqlite/disk-fault.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import { bytesOnDisk, isDamage } from '../journal/sqlite/open.ts'
import type { Arrivals } from './arrivals.ts'
import { createArrivals } from './arrivals.ts'
import type { Ingest } from './ingest.ts'
import { createIngest } from './ingest.ts'
import type { RecordTables } from './record-tables.ts'
import { createRecordTables } from './record-tables.ts'
import type { Retention } from './retention.ts'
import { createRetention } from './retention.ts'
import type { StoreCaps, StoreStats } from './store.ts'
import { createInstrumentTable } from './tables/instruments.ts'

export interface Writer {
  readonly cursors: readonly Cursor[]
  /** Stores what comes next; returns how many records that were: 0 when there is nothing, or nothing can be written. */
  step(): number
  /** Runs something over the delivered records; undefined where nothing can be written now. */
  arriving<T>(run: (arrivals: Arrivals) => T): T | undefined
  /** Removes one step's worth of what is too old or too much. True: there may be more. */
  prune(): boolean
  /** Once a second: tries again what failed. */
  tick(now: Millis): void
  putInstruments(venue: string, instruments: readonly Instrument[]): void
  setCaps(caps: StoreCaps): void
  stats(): StoreStats
  close(): void
}

interface WriterOptions {
  readonly db: Connection
  readonly journal: JournalReader
  readonly demo: boolean
  readonly caps: StoreCaps
  readonly now: Millis
  readonly ballastBytes: number
}

export function createWriter(options: WriterOptions): Writer {
  const { db, journal } = options
  const ballast = createBallast(`${db.name}.ballast`, options.ballastBytes)
  /** Market lists that could not be written yet. */
  const lists = new Map<string, readonly Instrument[]>()
  let { caps, now } = options
  let parts = read()
  let fault: Fault | undefined
  if (!ballast.fits()) fault = toDiskFault(undefined, db.name)

  function read(): {
    tables: RecordTables
    ingest: Ingest
    arrivals: Arrivals
    retention: Retention
    instruments: ReturnType<typeof createInstrumentTable>
  } {
    const tables = createRecordTables(db)
    return {
      tables,
      ingest: createIngest(db, tables, journal, options.demo),
      arrivals: createArrivals(db, tables),
      retention: createRetention(db, tables.trades, tables.bars),
      instruments: createInstrumentTable(db),
    }
  }

  /** Runs something that writes; where the disk (or the file) does not allow it, notes the fault and says `otherwise`. */
  const attempt = <T>(run: () => T, otherwise: T): T => {
    if (fault) return otherwise
    try {
      return run()
    } catch (error) {
      fault = toFault(error)
      if (fault.code === 'disk-full') ballast.release()
      return otherwise
    }
  }
  const toFault = (error: unknown): Fault => {
    if (!isDamage(error)) return toDiskFault(error, db.name)
    return new FaultError(
      'store-damaged',
      `${db.name} is damaged; nothing more is stored in it. Move it away, or restore a backup, and start again.`,
    ).fault
  }
  const recover = () => {
    if (fault === undefined || fault.code === 'store-damaged') return
    try {
      if (fault.code === 'disk-full') {
        ballast.release()
        db.pragma('incremental_vacuum')
        db.pragma('wal_checkpoint(TRUNCATE)')
        if (!ballast.restore()) return
      }
      // What the parts remember of a transaction that was rolled back is not so.
      parts = read()
      fault = undefined
    } catch (error) {
      fault = toFault(error)
    }
  }
  const putLists = () => {
    for (const [venue, instruments] of lists)
      attempt(() => {
        parts.instruments.put(venue, instruments, now)
        lists.delete(venue)
      }, undefined)
  }

  return {
    get cursors() {
      return parts.ingest.cursors
    },
    step: () => attempt(() => parts.ingest.step(), 0),
    arriving: (run) => attempt(() => run(parts.arrivals), undefined),
    prune: () => attempt(() => parts.retention.step(now, caps), false),
    tick(at) {
      now = at
      recover()
      putLists()
      attempt(() => ballast.grow(), false)
    },
    putInstruments(venue, instruments) {
      lists.set(venue, instruments)
      putLists()
    },
    setCaps(next) {
      caps = next
    },
    stats() {
      const base = { bytes: bytesOnDisk(db.name), trades: parts.tables.trades.count, behind: parts.ingest.behind() }
      return fault ? { ...base, fault } : base
    },
    close() {
      db.close()
      journal.close()
    },
  }
}
