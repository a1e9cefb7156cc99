import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { START, clock, gap, second, ticker, trade } from '../../src/main/journal/fixtures.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { BALLAST } from './store-setup.ts'

/** Statements between two kills: 1 in the long form. */
const STRIDE = Number(process.env['TAPEDECK_STRIDE'] ?? 14)
const CHILD = fileURLToPath(new URL('./store-steps-child.ts', import.meta.url))
const TABLES = ['instruments', 'trades', 'bars', 'tickers', 'gaps', 'coverage', 'cursors']

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-steps-'))
  const journal = await openJournal({
    file: join(folder, 'journal.db'),
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: BALLAST,
    clock: () => START,
  })
  journal.append('trades', [gap(START, { reason: 'connecting', until: START + 90 })])
  for (let index = 0; index < 30; index += 1) journal.append('trades', [trade(String(index), START + index * 3_000)])
  journal.append('tickers', [ticker(START, '1'), ticker(START + 1_000, '2')])
  for (let index = 0; index < 30; index += 1)
    await journal.commit('bars', [], { topic: 'bars', events: [second(START + index * 3_000, '1')] })
  journal.appendToAll('trades', clock(START + 95_000))
  journal.append('trades', [trade('late', START + 40), gap(START + 60_000, { until: START + 61_000 })])
  await journal.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (step: number) => spawnSync(process.execPath, [CHILD, folder, String(step)]).signal
/** Everything stored but the times of storing. */
function contents() {
  const db = new Database(join(folder, 'market.db'), { readonly: true })
  try {
    const rows = TABLES.map((table) =>
      db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`)
        .all()
        .map((row) => ({ ...row, updated_at: undefined })),
    )
    return { rows, integrity: db.pragma('integrity_check', { simple: true }) }
  } finally {
    db.close()
  }
}
function forget() {
  for (const name of readdirSync(folder)) if (name.startsWith('market.db')) rmSync(join(folder, name))
}

test('A-34 a store that is killed at any of its statements stores, when it comes again, what one that was never killed does', () => {
  run(-1)
  const whole = contents()
  expect(whole.rows.map((rows) => rows.length)).toEqual([1, 31, 31, 2, 2, 1, 5])
  let kills = 0
  for (let step = 0; ; step += STRIDE) {
    forget()
    if (run(step) === null) break
    kills += 1
    expect(run(-1)).toBe(null)
    expect(contents()).toEqual(whole)
  }
  console.log(`${kills} kills, one each ${STRIDE} statements`)
  expect(kills).toBeGreaterThan(5)
}, 300_000)
