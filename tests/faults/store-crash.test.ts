import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../bench/market-records.ts'
import type { StoredBatch } from '../../src/main/journal/journal.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import { decodeBatch } from '../../src/shared/wire.ts'
import { BALLAST, CAPS } from './store-setup.ts'

/** The statement asks for 20 kills over 100,000 records; `npm test` runs it in a short form. */
const KILLS = Number(process.env['TAPEDECK_KILLS'] ?? 3)
const SEED = Number(process.env['TAPEDECK_SEED'] ?? Date.now() % 1_000_000)
const RECORDS_PER_LIFE = 5_000
const CHILD = fileURLToPath(new URL('./store-child.ts', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a child until it has said that `records` are committed (and a little longer), then kills it. How many it said of each partition. */
async function live(run: number, records: number, longer: number): Promise<number[]> {
  const child = spawn(process.execPath, [CHILD, folder, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = [0, 0, 0]
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [partition = 0, count = 0] = line.split(' ').map(Number)
      said[partition]! += count
      if (said[0]! + said[1]! + said[2]! >= records) break
    }
    for (let turn = 0; turn < longer; turn += 1) await new Promise(setImmediate)
  } finally {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return said
}

function integrity(name: string): unknown {
  const db = new Database(join(folder, name), { readonly: true })
  try {
    return db.pragma('integrity_check', { simple: true })
  } finally {
    db.close()
  }
}

/** Checks that batches follow each other without hole or overlap, and gives their records' ids. */
function idsOf(batches: readonly StoredBatch[]): string[] {
  let next = 0
  return batches.flatMap(({ base, count, bytes }) => {
    const events = decodeBatch(bytes)
    expect([base, events.length]).toEqual([next, count])
    next += count
    return events.map(({ data }) => (data.kind === 'trade' ? data.id : data.kind))
  })
}

test(`A-34 A-48 after ${KILLS} kills at any moment every offset is there, every committed record is stored exactly once, and the files are sound`, async () => {
  console.log(`TAPEDECK_SEED=${SEED}`)
  const random = createRandom(SEED)
  const acknowledged: number[][] = []
  for (let run = 0; run < KILLS; run += 1) {
    acknowledged.push(await live(run, Math.ceil(random() * RECORDS_PER_LIFE * 2), Math.floor(random() * 200)))
    expect([integrity('journal.db'), integrity('market.db')]).toEqual(['ok', 'ok'])
  }

  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  const journal = await openJournal({
    file: files.journalFile,
    demo: false,
    caps: { bytes: 2e9 },
    ballastBytes: BALLAST,
  })
  const store = await openStore({ ...files, demo: false, caps: CAPS, collector: 'child', ballastBytes: BALLAST })
  await expect.poll(() => store.stats().behind, { timeout: 30_000 }).toBe(0)
  const ends = await journal.ends()
  const cursors = await journal.cursors('bars')
  const read = (topic: string, partition: number) => journal.read({ topic, partition }, 0, Infinity)
  const trades = ends.filter(({ topic }) => topic.includes('trades'))
  const all: string[] = []
  for (const { topic, partition } of trades) {
    const ids = idsOf(await read(topic, partition))
    all.push(...ids)
    for (const [run, said] of acknowledged.entries())
      expect(ids.filter((id) => id.startsWith(`${run}-`)).length).toBeGreaterThanOrEqual(said[partition]!)
  }
  const bars = (
    await Promise.all(
      ends.filter(({ topic }) => topic.includes('bars')).map(({ topic, partition }) => read(topic, partition)),
    )
  )
    .flat()
    .flatMap(({ bytes }) => decodeBatch(bytes))
  await store.close()
  await journal.close()

  // What the group consumed: its output tiles the offsets up to its cursor, each once.
  for (const { partition, offset } of cursors) {
    const derived = bars.filter(({ instrument }) => instrument === `upbit:P${partition}/KRW`)
    let next = 0
    for (const { data } of derived) {
      if (data.kind !== 'bar') continue
      expect(data.openAt).toBe(next * 1_000)
      next += data.trades ?? 0
    }
    expect(next).toBe(offset)
  }
  // What the store consumed: every record of the journal, each once, and nothing else.
  const db = new Database(files.marketFile, { readonly: true })
  const stored = db.prepare<[], string>('SELECT id FROM trades').pluck().all()
  const counted = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'trades'").pluck().get()
  db.close()
  expect(new Set(all).size).toBe(all.length)
  expect(stored.toSorted()).toEqual(all.toSorted())
  expect(Number(counted)).toBe(all.length)
  expect([integrity('journal.db'), integrity('market.db')]).toEqual(['ok', 'ok'])
  console.log(
    `${KILLS} kills, ${all.length} records, ${acknowledged.flat().reduce((sum, count) => sum + count, 0)} acknowledged`,
  )
}, 300_000)
