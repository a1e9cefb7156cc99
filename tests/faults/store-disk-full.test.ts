import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trade } from '../../src/main/journal/fixtures.ts'
import type { Journal } from '../../src/main/journal/journal.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { followJournal } from '../../src/main/store/follow-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import type { Store } from '../../src/main/store/store.ts'
import { CAPS, MARKETS } from './store-setup.ts'

const MEGABYTE = 1_048_576
let folder: string
let isMounted = false

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-full-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' })
    isMounted = true
  } catch {
    isMounted = false
  }
})
afterEach(() => {
  if (isMounted) execFileSync('umount', [folder])
  rmSync(folder, { recursive: true })
})

async function open(): Promise<{ journal: Journal; store: Store; close: () => Promise<void> }> {
  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  const journal = await openJournal({
    file: files.journalFile,
    demo: false,
    caps: { bytes: 2e9 },
    ballastBytes: MEGABYTE,
  })
  const store = await openStore({ ...files, demo: false, caps: CAPS, collector: 'full', ballastBytes: MEGABYTE })
  followJournal(store, journal)
  const close = async () => {
    await store.close()
    await journal.close()
  }
  return { journal, store, close }
}

test('A-28 on a full disk nothing stops but writing, what is dropped is counted exactly and told as gaps, and writing resumes by itself', async (context) => {
  if (!isMounted) return context.skip('needs the right to mount a small file system')
  const { journal, store, close } = await open()
  let committed = 0
  let gaps = 0
  let appended = 0
  journal.onCommitted(({ events }) => {
    for (const { data } of events)
      if (data.kind === 'trade') committed += 1
      else gaps += 1
  })
  const append = async () => {
    const batch = Array.from({ length: 500 }, () => {
      appended += 1
      return trade(String(appended), Date.now(), { instrument: MARKETS[appended % MARKETS.length]! })
    })
    journal.append('trades', batch)
    await expect.poll(() => journal.stats().pending, { interval: 2 }).toBe(0)
  }
  while (journal.stats().dropped === 0) {
    await append()
    expect(appended).toBeLessThan(200_000)
  }
  for (let wave = 0; wave < 20; wave += 1) await append()
  await expect.poll(() => journal.stats().fault?.code, { timeout: 5_000 }).toBe('disk-full')
  expect(journal.stats().dropped).toBe(appended - committed)

  // Somebody frees space: here, the disk grows.
  execFileSync('mount', ['-o', 'remount,size=64m', folder])
  await expect
    .poll(() => [journal.stats().fault, store.stats().fault], { timeout: 10_000 })
    .toEqual([undefined, undefined])
  const dropped = journal.stats().dropped
  gaps = 0
  await append()
  expect([journal.stats().dropped, appended - committed]).toEqual([dropped, dropped])
  expect(gaps).toBe(MARKETS.length)
  await expect.poll(() => [store.stats().behind, store.stats().trades], { timeout: 10_000 }).toEqual([0, committed])
  await close()
  for (const name of ['journal.db', 'market.db']) {
    const db = new Database(join(folder, name), { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  }
}, 60_000)

test('A-28 a store without space stops storing, loses nothing that the journal has, and goes on when there is space', async (context) => {
  if (!isMounted) return context.skip('needs the right to mount a small file system')
  const { journal, store, close } = await open()
  // Somebody else takes the whole disk between two transactions of the store.
  const hog = join(folder, 'hog')
  journal.append('trades', [trade('0', Date.now())])
  await expect.poll(() => store.stats().trades).toBe(1)
  for (let size = 8 * MEGABYTE; size > 1_024; size /= 2)
    try {
      writeFileSync(hog, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // As much as there is.
    }
  journal.append(
    'trades',
    Array.from({ length: 2_000 }, (_, index) => trade(String(index + 1), Date.now())),
  )
  await expect.poll(() => (journal.stats().fault ?? store.stats().fault)?.code, { timeout: 10_000 }).toBe('disk-full')
  rmSync(hog)
  await expect
    .poll(() => [journal.stats().fault, store.stats().fault], { timeout: 10_000 })
    .toEqual([undefined, undefined])
  await expect.poll(() => store.stats().trades, { timeout: 10_000 }).toBe(2_001 - journal.stats().dropped)
  await close()
}, 60_000)
