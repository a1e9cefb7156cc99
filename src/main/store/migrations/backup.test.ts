import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { JOURNAL_MIGRATIONS } from '../../journal/migrations/index.ts'
import type { Migration } from '../../journal/sqlite/migrate.ts'
import { openReading, openWriter } from '../../journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const FILES: readonly { readonly name: string; readonly migrations: readonly Migration[]; readonly row: string }[] = [
  { name: 'market.db', migrations: MARKET_MIGRATIONS, row: "INSERT INTO meta (name, value) VALUES ('mine', '42')" },
  { name: 'journal.db', migrations: JOURNAL_MIGRATIONS, row: "INSERT INTO meta (name, value) VALUES ('mine', '42')" },
]

describe.each(FILES)('$name of the first version', ({ name, migrations, row }) => {
  const [first] = migrations
  const latest = migrations.length
  const write = () => {
    const db = openWriter(join(folder, name), { migrations: [first!] })
    db.exec(row)
    db.close()
  }
  /** Format and our row, as a reader sees them that knows all formats. */
  const read = (file: string) => {
    const db = openReading(join(folder, file), migrations)
    try {
      const value = db.prepare("SELECT value FROM meta WHERE name = 'mine'").pluck().get()
      return [db.pragma('user_version', { simple: true }), value]
    } finally {
      db.close()
    }
  }

  test('A-71 is copied before it is brought to the newest format, and both hold what it held', () => {
    write()
    openWriter(join(folder, name), { migrations }).close()
    expect([read(name), read(`${name}.before-${latest}`)]).toEqual([
      [latest, '42'],
      [1, '42'],
    ])
  })

  test('A-71 keeps its format where a step fails, and opens again with the version that it had', () => {
    write()
    const broken = { version: latest + 1, name: 'broken', sql: "DELETE FROM meta; INSERT INTO nowhere VALUES ('x')" }
    expect(() => openWriter(join(folder, name), { migrations: [...migrations, broken] })).toThrow(
      `${name} could not be brought to format ${latest + 1} (broken: no such table: nowhere). It is unchanged`,
    )
    expect([read(name), read(`${name}.before-${latest + 1}`)]).toEqual([
      [latest, '42'],
      [1, '42'],
    ])
    openWriter(join(folder, name), { migrations }).close()
    expect(read(name)).toEqual([latest, '42'])
  })

  test('A-71 is not copied where there is nothing to bring forward', () => {
    openWriter(join(folder, name), { migrations }).close()
    openWriter(join(folder, name), { migrations }).close()
    expect(readdirSync(folder).filter((each) => each.includes('before'))).toEqual([])
  })
})
