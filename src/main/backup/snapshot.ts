/** The data folder as it is at one moment, for as long as it takes to copy it. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { FaultError } from '../../shared/faults.ts'
import type { Connection } from '../store/read-only.ts'
import { DATABASES } from './databases.ts'

export interface Snapshot {
  readonly name: string
  /** Reads the database as it was at that moment, whatever is written to it. */
  readonly db: Connection
  readonly bytes: number
}

const TRIES = 200
const PAUSE = 10

/**
 * Opens the databases of a folder for reading, each at a moment of its own: the store's first, the journal's some
 * milliseconds later. Whoever writes goes on; until they are closed, write-ahead logs keep what is written meanwhile.
 * Throws 'not-found' where nothing is stored.
 */
export async function openSnapshots(folder: string): Promise<readonly Snapshot[]> {
  const opened: { readonly name: string; readonly db: Connection }[] = []
  try {
    for (const name of databasesIn(folder)) {
      const db = new Database(join(folder, name), { readonly: true, fileMustExist: true })
      opened.push({ name, db })
    }
    for (let tries = 1; ; tries += 1) {
      for (const { db } of opened) {
        db.exec('BEGIN')
        db.prepare('SELECT count(*) FROM sqlite_schema').get() // the first read takes the moment, not BEGIN
      }
      const [market, journal] = opened
      if (isInStep(market!.db, journal!.db)) break
      if (tries === TRIES)
        throw new FaultError(
          'timed-out',
          `The store and the journal of ${folder} could not be read at one moment. Try again when less is written.`,
        )
      for (const { db } of opened) db.exec('ROLLBACK')
      await setTimeout(PAUSE)
    }
    return opened.map(({ name, db }) => ({ name, db, bytes: bytesOf(db) }))
  } catch (error) {
    for (const { db } of opened) db.close()
    throw error
  }
}

/** The databases of a data folder, in the order of `DATABASES`. Throws 'not-found' where one is missing that must be there. */
export function databasesIn(folder: string): readonly string[] {
  const exists = (name: string) => existsSync(join(folder, name))
  const missing = DATABASES.find(({ name, isNeeded }) => isNeeded && !exists(name))
  if (missing)
    throw new FaultError(
      'not-found',
      `There is no ${missing.name} in ${folder}: nothing to back up. Choose the folder with --data (or --demo).`,
    )
  return DATABASES.map(({ name }) => name).filter(exists)
}

interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/**
 * True where the store, as we see it, can read on from the journal, as we see it. Between the two moments the store may
 * have moved on and told the journal so: such a journal could trim, once restored, what this store has not read.
 */
export function isInStep(market: Connection, journal: Connection): boolean {
  const epoch = journal.prepare<[], string>("SELECT value FROM meta WHERE name = 'epoch'").pluck().get()
  const followed = market.prepare<[], string>("SELECT value FROM meta WHERE name = 'journal:store'").pluck().get()
  if (epoch !== followed) return true // a store that knows another journal begins at this one's start
  const cursors = "SELECT topic, partition, next_offset AS offset FROM cursors WHERE grp = 'store'"
  const ends = 'SELECT topic, partition, next_offset AS offset FROM partitions'
  const read = byPlace(market.prepare<[], Place>(cursors).all())
  const end = byPlace(journal.prepare<[], Place>(ends).all())
  const told = journal.prepare<[], Place>(cursors).all()
  return (
    [...read].every(([place, offset]) => offset <= (end.get(place) ?? 0)) &&
    told.every((place) => place.offset <= (read.get(keyOf(place)) ?? 0))
  )
}

const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

function byPlace(places: readonly Place[]): ReadonlyMap<string, number> {
  return new Map(places.map((place) => [keyOf(place), place.offset]))
}

function bytesOf(db: Connection): number {
  return (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)
}
