/** A data folder with a store that goes on storing trades, for tests of backups. */

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openReading } from '../journal/sqlite/open.ts'
import { BTC, trades } from '../journal/fixtures.ts'
import { MARKET_MIGRATIONS } from '../store/migrations/index.ts'
import type { TestStore } from '../store/fixtures.ts'
import { openTestStore } from '../store/fixtures.ts'
import type { MadeBackup, MakeHooks } from './make-backup.ts'
import { makeBackup } from './make-backup.ts'

export const QUIET: MakeHooks = { stopped: () => false, onProgress: () => undefined }

/** Trades of one market, numbered from 0 on without a hole. */
export const numbered = (from: number, to: number) => trades(to, [BTC]).slice(from)

/** A store in a data folder of its own that holds so many numbered trades, with settings and a name beside. */
export async function openLiveFolder(count: number): Promise<TestStore> {
  const live = await openTestStore()
  writeFileSync(join(live.folder, 'settings.json'), '{"theme":"light"}\n')
  writeFileSync(join(live.folder, 'collector'), 'c0\n')
  await live.put(...numbered(0, count))
  return live
}

/** Backs up a data folder into its 'backups'. */
export function backUp(folder: string, hooks: MakeHooks = QUIET, startedAt = Date.now()): Promise<MadeBackup> {
  return makeBackup({ folder, into: join(folder, 'backups'), version: '0.1.0', startedAt }, hooks)
}

/** Goes on appending numbered trades, some at a time, until stopped; says the number after the last one. */
export function appendOn(live: TestStore, from: number): { stop(): Promise<number> } {
  let next = from
  const aborter = new AbortController()
  const run = async () => {
    while (!aborter.signal.aborted) {
      live.journal.append('trades', numbered(next, next + 50))
      next += 50
      await setTimeout(1)
    }
    return next
  }
  const running = run()
  return {
    stop() {
      aborter.abort()
      return running
    },
  }
}

/** How many trades a store holds, how many different ones, and the highest number of them. */
export function tradesIn(folder: string): { rows: number; different: number; highest: number } {
  const db = openReading(join(folder, 'market.db'), MARKET_MIGRATIONS)
  try {
    return db
      .prepare<[], { rows: number; different: number; highest: number }>(
        'SELECT count(*) AS rows, count(DISTINCT id) AS different, max(CAST(id AS INTEGER)) AS highest FROM trades',
      )
      .get()!
  } finally {
    db.close()
  }
}

/** Changes one bit of one byte of a file. */
export function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at]! ^= 1
  writeFileSync(file, bytes)
}

/** What a killed process leaves: the beginning of a backup under its unfinished name. */
export function leaveHalf(folder: string, name = '2026-01-01T00-00-00Z.unfinished'): void {
  mkdirSync(join(folder, 'backups', name), { recursive: true })
  appendFileSync(join(folder, 'backups', name, 'market.db'), 'SQLite')
}
