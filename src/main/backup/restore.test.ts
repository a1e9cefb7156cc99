import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJournal } from '../journal/open-journal.ts'
import { lockFolder, RESTORING } from '../store/folder.ts'
import type { TestStore } from '../store/fixtures.ts'
import { openTestStore } from '../store/fixtures.ts'
import { appendOn, backUp, flipByte, numbered, openLiveFolder, tradesIn } from './fixtures.ts'
import { NO_HOOKS } from './hooks.ts'
import { inspectDatabase } from './inspect.ts'
import { listBackups } from './list.ts'
import { restoreBackup } from './restore.ts'

const NOW = Date.UTC(2026, 10, 23, 18)
const BEFORE = 'before-restore-2026-11-23T18-00-00Z'

let live: TestStore
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-restore-'))
  live = await openLiveFolder(1_000)
})
afterEach(async () => {
  await live.close()
  live.remove()
  rmSync(folder, { recursive: true, force: true })
})

const backupOf = async () => join(live.folder, 'backups', (await backUp(live.folder)).name)
const restore = (backup: string, more: { demo?: boolean } = {}) =>
  restoreBackup({ backup, folder, demo: false, now: NOW, ...more })

describe('a restore', () => {
  test('A-50 gives the same row counts and hash, and keeps what was there', async () => {
    const backup = await backupOf()
    writeFileSync(join(folder, 'market.db'), 'mine')
    writeFileSync(join(folder, 'market.db-wal'), 'mine too')
    writeFileSync(join(folder, 'secrets.json'), 'stay')
    const { manifest, kept } = await restore(backup)

    const found = []
    for (const { name } of manifest.databases) found.push(await inspectDatabase(join(folder, name), NO_HOOKS))
    expect(found).toEqual(manifest.databases)
    expect(tradesIn(folder)).toEqual({ rows: 1_000, different: 1_000, highest: 999 })
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('{"theme":"light"}\n')
    expect(readFileSync(join(folder, 'collector'), 'utf8')).toBe('c0\n')
    expect(kept).toBe(join(folder, BEFORE))
    expect(
      readdirSync(join(folder, BEFORE)).map((name) => [name, readFileSync(join(folder, BEFORE, name), 'utf8')]),
    ).toEqual([
      ['market.db', 'mine'],
      ['market.db-wal', 'mine too'],
    ])
    expect(readdirSync(folder).toSorted()).toEqual([
      BEFORE,
      'collector',
      'engine.lock',
      'journal.db',
      'market.db',
      'restores',
      'secrets.json',
      'settings.json',
    ])
  })

  test('A-50 of a backup made under writing goes on where it was begun: no record doubled, none left out', async () => {
    const writing = appendOn(live, 1_000)
    const backup = await backupOf()
    await writing.stop()
    await restore(backup)
    const restored = await openTestStore(folder)
    await restored.put() // the store reads on to the end of the journal
    const trades = (await restored.journal.ends()).filter(({ topic }) => topic === 'tapedeck.trades.v1')
    const count = trades.reduce((sum, { end }) => sum + end, 0)
    expect(tradesIn(folder)).toEqual({ rows: count, different: count, highest: count - 1 })
    await restored.put(...numbered(count, count + 500))
    expect(tradesIn(folder)).toEqual({ rows: count + 500, different: count + 500, highest: count + 499 })
    await restored.close()
  })

  test('gives its journal another name each time: offsets that come anew are not taken for those remembered elsewhere', async () => {
    const backup = await backupOf()
    const nameOf = async () => {
      const journal = await openJournal({ file: join(folder, 'journal.db'), demo: false, caps: { bytes: 1e9 } })
      const { name, epoch } = journal
      await journal.close()
      return name.replace(epoch, 'epoch')
    }
    await restore(backup)
    const first = await nameOf()
    await restore(backup)
    expect([first, await nameOf()]).toEqual(['epoch.1', 'epoch.2'])
  })

  test('into a folder that holds nothing keeps nothing', async () => {
    const { kept } = await restore(await backupOf())
    expect(kept).toBeUndefined()
  })
})

describe('A-50 a damaged backup is refused and the folder stays as it was:', () => {
  const DAMAGE: readonly { readonly what: string; readonly says: RegExp; readonly harm: (backup: string) => void }[] = [
    {
      what: 'one bit of a page of rows',
      says: /damaged.*market\.db/,
      harm: (backup) => flipByte(join(backup, 'market.db'), 40_000),
    },
    {
      what: 'one bit in the header of the journal',
      says: /damaged.*journal\.db/,
      harm: (backup) => flipByte(join(backup, 'journal.db'), 60), // the user version: a sound database still
    },
    {
      what: 'one bit of the settings',
      says: /damaged: settings\.json is not as it was copied/,
      harm: (backup) => flipByte(join(backup, 'settings.json'), 3),
    },
    {
      what: 'a file cut short',
      says: /damaged: market\.db has 4096 bytes in place of/,
      harm: (backup) => truncateSync(join(backup, 'market.db'), 4_096),
    },
    {
      what: 'a file that is gone',
      says: /damaged: journal\.db is missing/,
      harm: (backup) => rmSync(join(backup, 'journal.db')),
    },
  ]

  test.each(DAMAGE)('$what', async ({ says, harm }) => {
    const backup = await backupOf()
    writeFileSync(join(folder, 'market.db'), 'mine')
    harm(backup)
    await expect(restore(backup)).rejects.toThrow(says)
    expect(readFileSync(join(folder, 'market.db'), 'utf8')).toBe('mine')
    expect(readdirSync(folder).filter((name) => /restor/.test(name))).toEqual([])
  })

  test('and a list tells so where it shows without reading all of it', async () => {
    const backup = await backupOf()
    rmSync(join(backup, 'journal.db'))
    const [row] = await listBackups(join(live.folder, 'backups'))
    expect(row).toMatchObject({ state: 'damaged', problem: expect.stringMatching(/journal\.db is missing/) as string })
  })
})

describe('a restore is refused', () => {
  test('while an engine runs on the folder', async () => {
    const backup = await backupOf()
    const engine = lockFolder(folder)
    await expect(restore(backup)).rejects.toThrow(`${folder} is in use by process ${process.pid}.`)
    engine.release()
  })

  test('where demo data would come among real data', async () => {
    const backup = await backupOf()
    await expect(restore(backup, { demo: true })).rejects.toThrow('is a backup of real data. Leave --demo away')
  })

  test('where there is no such backup', async () => {
    await expect(restore(join(folder, 'nowhere'))).rejects.toThrow('See which there are with tapedeck backups.')
  })
})

test('no engine starts over a restore that was cut off half-way, and the same restore again puts it right', async () => {
  const backup = await backupOf()
  await restore(backup)
  mkdirSync(join(folder, RESTORING)) // as if we had been killed before it was gone
  expect(() => lockFolder(folder)).toThrow('was cut off. Run it again (tapedeck restore)')
  await restoreBackup({ backup, folder, demo: false, now: NOW + 60_000 })
  lockFolder(folder).release()
  expect(tradesIn(folder).rows).toBe(1_000)
})
