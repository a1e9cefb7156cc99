import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { JOURNAL_MIGRATIONS } from '../journal/migrations/index.ts'
import type { Migration } from '../journal/sqlite/migrate.ts'
import { MARKET_MIGRATIONS } from '../store/migrations/index.ts'
import type { Connection } from '../store/read-only.ts'
import { DATABASES } from './databases.ts'
import { isInStep } from './snapshot.ts'

let market: Connection
let journal: Connection
const openNew = (migrations: readonly Migration[]): Connection => {
  const db = new Database(':memory:')
  for (const { sql } of migrations) db.exec(sql)
  return db
}
const putCursor = (db: Connection, offset: number) =>
  db.prepare("INSERT INTO cursors (grp, topic, partition, next_offset) VALUES ('store', 'trades', 0, ?)").run(offset)
const putEnd = (offset: number) =>
  journal
    .prepare("INSERT INTO partitions (topic, partition, start_offset, next_offset) VALUES ('trades', 0, 0, ?)")
    .run(offset)

beforeEach(() => {
  market = openNew(MARKET_MIGRATIONS)
  journal = openNew(JOURNAL_MIGRATIONS)
  journal.prepare("INSERT INTO meta (name, value) VALUES ('epoch', 'e1')").run()
  market.prepare("INSERT INTO meta (name, value) VALUES ('journal:store', 'e1')").run()
})
afterEach(() => {
  market.close()
  journal.close()
})

test('the store’s moment is taken before the journal’s', () => {
  expect(DATABASES.map(({ name }) => name)).toEqual(['market.db', 'journal.db', 'kafka.db'])
})

describe('A-50 store and journal of a backup belong together', () => {
  test('where the journal is ahead: the store reads on', () => {
    putCursor(market, 10)
    putCursor(journal, 8)
    putEnd(25)
    expect(isInStep(market, journal)).toBe(true)
  })

  test('where the store follows another journal: it begins at the start of this one', () => {
    market.prepare("UPDATE meta SET value = 'e0' WHERE name = 'journal:store'").run()
    putCursor(market, 10)
    expect(isInStep(market, journal)).toBe(true)
  })

  test('but not where the journal is behind: its next records would be passed over', () => {
    putCursor(market, 10)
    putEnd(9)
    expect(isInStep(market, journal)).toBe(false)
  })

  test('nor where the journal believes more to be stored: it could trim what is not', () => {
    putCursor(market, 10)
    putCursor(journal, 11)
    putEnd(25)
    expect(isInStep(market, journal)).toBe(false)
  })
})
