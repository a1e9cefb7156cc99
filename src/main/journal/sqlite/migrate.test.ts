import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Migration } from './migrate.ts'
import { openReading, openWriter } from './open.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-migrate-'))
  file = join(folder, 'market.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const first: Migration = { version: 1, name: 'first', sql: 'CREATE TABLE a (x); INSERT INTO a VALUES (1), (2)' }
const second: Migration = { version: 2, name: 'second', sql: 'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x * 10' }
const broken: Migration = { version: 3, name: 'broken', sql: 'UPDATE a SET x = 0; INSERT INTO nowhere VALUES (1)' }

const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const rowsOf = (path: string) => {
  const db = openReading(path, [first, second])
  try {
    return [db.pragma('user_version', { simple: true }), db.prepare('SELECT * FROM a ORDER BY x').all()]
  } finally {
    db.close()
  }
}

test('A file is brought forward step by step, and copied first where it holds data.', () => {
  openWriter(file, { migrations: [first] }).close()
  expect(readdirSync(folder)).toEqual(['market.db'])
  openWriter(file, { migrations: [first, second] }).close()
  expect(rowsOf(file)).toEqual([
    2,
    [
      { x: 1, y: 10 },
      { x: 2, y: 20 },
    ],
  ])
  expect(rowsOf(`${file}.before-2`)).toEqual([1, [{ x: 1 }, { x: 2 }]])
})

test('A step that fails is rolled back: the file keeps the format that it had, and its copy stays.', () => {
  openWriter(file, { migrations: [first, second] }).close()
  expect(() => openWriter(file, { migrations: [first, second, broken] })).toThrow(
    'market.db could not be brought to format 3 (broken: no such table: nowhere). It is unchanged',
  )
  expect(rowsOf(file)).toEqual([
    2,
    [
      { x: 1, y: 10 },
      { x: 2, y: 20 },
    ],
  ])
  expect(rowsOf(`${file}.before-3`)).toEqual(rowsOf(file))
})

test('A file of a newer version is refused, naming both versions and the remedy, and not a byte of it changes.', () => {
  openWriter(file, { migrations: [first, second] }).close()
  const before = hash(file)
  const refusal =
    'market.db has format 2, this version of Tapedeck knows formats up to 1. Install the newer version, or choose another folder with --data.'
  expect(() => openWriter(file, { migrations: [first] })).toThrow(refusal)
  expect(() => openReading(file, [first])).toThrow(refusal)
  expect(hash(file)).toBe(before)
})

test('A damaged file is refused and left as it is.', () => {
  writeFileSync(file, 'this is no database, but it was somebody’s data once'.repeat(100))
  const before = hash(file)
  expect(() => openWriter(file, { migrations: [first] })).toThrow('market.db is damaged and was left as it is')
  expect([hash(file), readdirSync(folder)]).toEqual([before, ['market.db']])
})

test('A file that was torn within its first page is refused as damaged.', () => {
  openWriter(file, { migrations: [first] }).close()
  const bytes = readFileSync(file)
  bytes.fill(0xff, 100, 2_000)
  writeFileSync(file, bytes)
  expect(() => openWriter(file, { migrations: [first] })).toThrow('market.db is damaged')
  expect(readFileSync(file)).toEqual(bytes)
})

test('A migration that is killed anywhere runs again to the same schema, and the copy is there.', () => {
  const open = fileURLToPath(new URL('./open.ts', import.meta.url))
  // Killed after the n-th statement of the second start.
  const child = `
    const { openWriter } = await import(${JSON.stringify(open)})
    let left = Number(process.argv[1])
    openWriter(${JSON.stringify(file)}, {
      migrations: ${JSON.stringify([first, second])},
      verbose: () => { if (left-- === 0) process.kill(process.pid, 'SIGKILL') },
    })`
  let kills = 0
  for (let step = 0; ; step += 1) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    openWriter(file, { migrations: [first] }).close()
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', child, String(step)])
    openWriter(file, { migrations: [first, second] }).close()
    expect(rowsOf(file)).toEqual([
      2,
      [
        { x: 1, y: 10 },
        { x: 2, y: 20 },
      ],
    ])
    expect(rowsOf(`${file}.before-2`)).toEqual([1, [{ x: 1 }, { x: 2 }]])
    if (signal === null) break
    kills += 1
  }
  expect(kills).toBeGreaterThan(8)
})
