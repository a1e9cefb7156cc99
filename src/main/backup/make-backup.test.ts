import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openReading } from '../journal/sqlite/open.ts'
import { JOURNAL_MIGRATIONS } from '../journal/migrations/index.ts'
import { MARKET_MIGRATIONS } from '../store/migrations/index.ts'
import type { TestStore } from '../store/fixtures.ts'
import { appendOn, backUp, leaveHalf, numbered, openLiveFolder, QUIET, tradesIn } from './fixtures.ts'
import { listBackups } from './list.ts'
import { lockBackups } from './lock.ts'
import { makeBackup } from './make-backup.ts'
import { isInStep } from './snapshot.ts'

let live: TestStore
const open = async (count: number) => (live = await openLiveFolder(count))
afterEach(async () => {
  await live.close()
  live.remove()
})

describe('a backup', () => {
  test('A-50 is made while the store takes rows: nothing waits for it, and both databases belong together', async () => {
    await open(20_000)
    const writing = appendOn(live, 20_000)
    let first: number | undefined
    let last = 0
    const { name, manifest } = await backUp(live.folder, {
      ...QUIET,
      onProgress() {
        last = live.store.stats().trades
        first ??= last
      },
    })
    const written = await writing.stop()
    await live.put(...numbered(written, written + 1))

    expect(last).toBeGreaterThan(first!)
    const backup = join(live.folder, 'backups', name)
    const { rows, different, highest } = tradesIn(backup)
    expect([rows >= 20_000, rows < written, different, highest]).toEqual([true, true, rows, rows - 1])
    expect(manifest.databases[0]?.tables['trades']).toBe(rows)
    expect(tradesIn(live.folder).rows).toBe(written + 1)
    const market = openReading(join(backup, 'market.db'), MARKET_MIGRATIONS)
    const journal = openReading(join(backup, 'journal.db'), JOURNAL_MIGRATIONS)
    expect(isInStep(market, journal)).toBe(true)
    market.close()
    journal.close()
  })

  test('A-50 says what is in it: databases with rows, size and hash, and plain files, but never a secret', async () => {
    await open(10)
    writeFileSync(join(live.folder, 'secrets.json'), '{}')
    const { name, manifest } = await backUp(live.folder, QUIET, Date.UTC(2026, 10, 23, 17, 30))
    expect(name).toBe('2026-11-23T17-30-00Z')
    expect(readdirSync(join(live.folder, 'backups', name)).toSorted()).toEqual([
      'backup.json',
      'collector',
      'journal.db',
      'market.db',
      'settings.json',
    ])
    expect(manifest).toMatchObject({ collector: 'c0', demo: false, version: '0.1.0' })
    expect(manifest.databases.map((each) => [each.name, each.schema])).toEqual([
      ['market.db', MARKET_MIGRATIONS.length],
      ['journal.db', JOURNAL_MIGRATIONS.length],
    ])
    expect(manifest.databases[0]?.tables).toMatchObject({ trades: 10, instruments: 1 })
    const { rows, bytes, sha256 } = manifest
    expect(await listBackups(join(live.folder, 'backups'))).toEqual([
      { name, state: 'good', at: Date.UTC(2026, 10, 23, 17, 30), rows, bytes, sha256 },
    ])
  })

  test('is readable by its user alone', async () => {
    await open(1)
    const { name } = await backUp(live.folder)
    const backup = join(live.folder, 'backups', name)
    const modes = ['', ...readdirSync(backup)].map((each) => (statSync(join(backup, each)).mode & 0o077).toString(8))
    expect(new Set(modes)).toEqual(new Set(['0']))
  })

  test('of the same second as another gets a number, and is the newer one', async () => {
    await open(1)
    for (let turn = 0; turn < 3; turn += 1) await backUp(live.folder, QUIET, Date.UTC(2026, 10, 23))
    expect((await listBackups(join(live.folder, 'backups'))).map(({ name }) => name)).toEqual([
      '2026-11-23T00-00-00Z-3',
      '2026-11-23T00-00-00Z-2',
      '2026-11-23T00-00-00Z',
    ])
  })
})

describe('of a backup that does not become one', () => {
  test('nothing stays when it is stopped', async () => {
    await open(100)
    const stopped = backUp(live.folder, { ...QUIET, stopped: () => true })
    await expect(stopped).rejects.toThrow('The backup was stopped. Nothing of it was left behind.')
    expect(readdirSync(join(live.folder, 'backups'))).toEqual(['backup.lock'])
  })

  test('A-50 what a killed process left is listed as unfinished, and removed by the next one', async () => {
    await open(1)
    leaveHalf(live.folder)
    const into = join(live.folder, 'backups')
    expect(await listBackups(into)).toMatchObject([{ name: '2026-01-01T00-00-00Z', state: 'unfinished' }])
    const { name } = await backUp(live.folder)
    expect((await listBackups(into)).map((each) => [each.name, each.state])).toEqual([[name, 'good']])
  })

  test('a second one beside it is refused, and touches nothing of it', async () => {
    await open(1)
    leaveHalf(live.folder)
    const release = lockBackups(join(live.folder, 'backups'))
    await expect(backUp(live.folder)).rejects.toThrow('is being written to')
    release()
    expect(readdirSync(join(live.folder, 'backups'))).toContain('2026-01-01T00-00-00Z.unfinished')
  })

  test('a folder without data is named, with the remedy', async () => {
    await open(1)
    const empty = join(live.folder, 'empty')
    mkdirSync(empty)
    await expect(backUp(empty)).rejects.toThrow(`There is no market.db in ${empty}: nothing to back up.`)
    expect(readdirSync(empty)).toEqual([])
  })
})

describe('of older ones', () => {
  const make = (day: number, keep: number) =>
    makeBackup(
      {
        folder: live.folder,
        into: join(live.folder, 'backups'),
        version: '1',
        startedAt: Date.UTC(2026, 0, day),
        keep,
      },
      QUIET,
    )

  test('the newest so many stay, and damaged ones are left to the user', async () => {
    await open(1)
    await make(1, 2)
    await make(2, 2)
    await make(3, 2)
    writeFileSync(join(live.folder, 'backups', '2026-01-02T00-00-00Z', 'backup.json'), '{')
    const { removed } = await make(4, 1)
    expect(removed).toEqual(['2026-01-03T00-00-00Z'])
    expect((await listBackups(join(live.folder, 'backups'))).map(({ name, state }) => [name, state])).toEqual([
      ['2026-01-04T00-00-00Z', 'good'],
      ['2026-01-02T00-00-00Z', 'damaged'],
    ])
  })

  test('the last good one stays whatever is asked', async () => {
    await open(1)
    const { name, removed } = await make(1, 0)
    expect(removed).toEqual([])
    expect(readFileSync(join(live.folder, 'backups', name, 'settings.json'), 'utf8')).toBe('{"theme":"light"}\n')
  })
})
