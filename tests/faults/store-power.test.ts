import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../bench/market-records.ts'
import { START, trades } from '../../src/main/journal/fixtures.ts'
import { createLog } from '../../src/main/journal/log.ts'
import { JOURNAL_MIGRATIONS } from '../../src/main/journal/migrations/index.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { placesOf } from '../../src/main/journal/places.ts'
import { openWriter } from '../../src/main/journal/sqlite/open.ts'
import { decodeBatch } from '../../src/shared/wire.ts'
import { BALLAST } from './store-setup.ts'

const CUTS = 24
const RECORDS = 3_000

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-power-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('After a power cut at any byte of its write-ahead log the journal opens, is sound, and has lost nothing but its newest records', async () => {
  const file = join(folder, 'journal.db')
  const journal = await openJournal({
    file,
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: BALLAST,
    clock: () => START,
  })
  const events = trades(RECORDS)
  for (let from = 0; from < RECORDS; from += 50) {
    journal.append('trades', events.slice(from, from + 50))
    await expect.poll(() => journal.stats().pending, { interval: 1 }).toBe(0)
  }
  const cut = join(folder, 'cut.db')
  const log = readFileSync(`${file}-wal`)
  const random = createRandom(1)
  const kept: number[] = []
  for (let index = 0; index < CUTS; index += 1) {
    copyFileSync(file, cut)
    // The disk had written this much; the rest of the page it was at is rubbish, and the shared memory is gone.
    const length = Math.floor((log.length * (index + random())) / CUTS)
    const torn = Buffer.concat([log.subarray(0, length), Buffer.alloc(Math.min(512, log.length - length), 0xa5)])
    writeFileSync(`${cut}-wal`, torn)
    const db = openWriter(cut, { migrations: JOURNAL_MIGRATIONS })
    const opened = createLog(db, placesOf(false))
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    let records = 0
    for (const [place, { start, end }] of opened.ends().entries()) {
      const stored = opened.read(place, 0, Infinity).flatMap(({ bytes }) => decodeBatch(bytes))
      expect([start, stored.length]).toEqual([0, end])
      records += end
    }
    kept.push(records)
    db.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${cut}${end}`, { force: true })
  }
  await journal.close()
  expect(kept).toEqual(kept.toSorted((a, b) => a - b))
  expect(new Set(kept).size).toBeGreaterThan(CUTS / 2)
}, 60_000)
