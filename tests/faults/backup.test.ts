import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import type { BackupRow } from '../../src/shared/backup-contract.ts'
import { run, start, tempFolder, until } from '../tapedeck.ts'
import { MARKETS, openEngineMarket } from './engine-market.ts'
import { integrity, journaledTrades, keyOf, newestArrival, storedTrades } from './engine-records.ts'

const load = openEngineMarket(7)
const { folder } = load
const large = tempFolder()
afterAll(() => rmSync(large, { recursive: true, force: true }))

const reach = (at: number) =>
  until(
    () => newestArrival(folder),
    (newest) => newest > at,
    60_000,
  )
const namesOf = (from: string) => storedTrades(from).map(({ market, id }) => `${market} ${id}`)
const listed = async (of: string, ...more: readonly string[]): Promise<BackupRow[]> => {
  const { out } = await run(['backups', '--data', of, '--json', ...more])
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BackupRow)
}

test('A-50 a backup of an engine under load is restored with the same rows and hash, and gone on with: each record once', async () => {
  const first = load.collect()
  await reach(Date.now())
  const made = await run(['backup', '--data', folder])
  expect(made.code, made.said).toBe(0)
  const row = JSON.parse(made.out) as BackupRow & { readonly folder: string }
  expect(await listed(folder, '--check')).toMatchObject([{ name: row.name, state: 'good', sha256: row.sha256 }])

  const refused = await run(['restore', row.name, '--data', folder, '--yes'])
  expect([refused.code, refused.said]).toEqual([
    1,
    `tapedeck: ${folder} is in use by process ${first.pid}. Close it, or choose another folder with --data.\n`,
  ])
  await reach(Date.now() + 500)
  expect((await first.end()).code).toBe(0)

  const restored = await run(['restore', row.name, '--data', folder, '--yes'])
  expect(restored.code, restored.said).toBe(0)
  const told = JSON.parse(restored.out) as { rows: number; sha256: string; kept: string }
  expect([told.rows, told.sha256]).toEqual([row.rows, row.sha256])
  expect(integrity(folder)).toEqual(['ok', 'ok'])
  const inBackup = new Set(journaledTrades(folder))
  const later = namesOf(told.kept).filter((name) => !inBackup.has(name))
  expect(later.length).toBeGreaterThan(0)

  const resumedAt = Date.now()
  const second = load.collect()
  await until(
    () => new Set(storedTrades(folder).flatMap(({ market, receivedAt }) => (receivedAt > resumedAt ? [market] : []))),
    (markets) => markets.size === MARKETS.length,
    60_000,
  )
  expect((await second.end()).code).toBe(0)
  const journaled = journaledTrades(folder)
  const stored = namesOf(folder)
  expect([new Set(journaled).size, new Set(stored).size]).toEqual([journaled.length, stored.length])
  expect(stored.toSorted()).toEqual(journaled.toSorted())

  // Of what the backup held, and of what came after: as it was sent, from the first to the last, without a hole.
  const { trades: sent } = await load.emulator.sent()
  for (const market of MARKETS) {
    const ids = sent.flatMap((trade) => (keyOf(trade) === market ? [`${market} ${trade.id}`] : []))
    const own = journaled.filter((name) => name.startsWith(`${market} `))
    const lives = [own.filter((name) => inBackup.has(name)), own.filter((name) => !inBackup.has(name))]
    for (const life of lives) {
      const begun = ids.indexOf(life[0] ?? '')
      expect(life).toEqual(ids.slice(begun, begun + life.length))
    }
    expect(lives[1]?.length).toBeGreaterThan(0)
  }
}, 180_000)

test('A-50 kill -9 in the middle of a backup leaves a folder that counts for nothing, and the next one removes it', async () => {
  await run(['restore', (await listed(folder))[0]?.name ?? '', '--data', large, '--yes']).then(({ code, said }) => {
    // By its name it is looked for in the folder that it is restored into.
    expect([code, said.includes('See which there are with tapedeck backups.')]).toEqual([1, true])
  })
  const [newest] = await listed(folder)
  await run(['restore', join(folder, 'backups', newest?.name ?? ''), '--data', large, '--yes'])
  const db = new Database(join(large, 'market.db'))
  db.exec('CREATE TABLE filler (bytes BLOB)')
  const fill = db.prepare('INSERT INTO filler VALUES (randomblob(1000000))')
  for (let megabyte = 0; megabyte < 150; megabyte += 1) fill.run()
  db.close()

  const into = join(large, 'backups')
  const killed = start(['backup', '--data', large])
  await until(
    () => (existsSync(into) ? readdirSync(into).filter((name) => name.endsWith('.unfinished')) : []),
    (found) => found.length > 0,
  )
  expect((await killed.end('SIGKILL')).code).toBeUndefined()
  expect(await listed(large)).toMatchObject([{ state: 'unfinished' }])

  const next = await run(['backup', '--data', large])
  expect(next.code, next.said).toBe(0)
  const { name } = JSON.parse(next.out) as BackupRow
  expect(readdirSync(into).toSorted()).toEqual([name, 'backup.lock'].toSorted())
  expect(await listed(large, '--check')).toMatchObject([{ name, state: 'good' }])
  expect(integrity(large)).toEqual(['ok', 'ok'])
}, 120_000)
