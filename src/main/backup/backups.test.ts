import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackupView, RestoreOutcome } from '../../shared/backup-contract.ts'
import { backupContract } from '../../shared/backup-contract.ts'
import type { Client } from '../../shared/bridge.ts'
import { createClient, createPortPair, serve } from '../../shared/bridge.ts'
import { MINUTE } from '../../shared/market.ts'
import { createLog } from '../log.ts'
import { openSettings } from '../settings-file.ts'
import type { TestStore } from '../store/fixtures.ts'
import type { Backups } from './backups.ts'
import { openBackups } from './backups.ts'
import { backUp, numbered, openLiveFolder, QUIET, tradesIn } from './fixtures.ts'
import { listBackups } from './list.ts'
import { lockBackups } from './lock.ts'

let live: TestStore
let backups: Backups
let client: Client<typeof backupContract>
let view: BackupView
let outcome: RestoreOutcome | undefined
/** As a host with an engine that ends at once. */
const host = {
  restored: undefined,
  async restore(restore: () => Promise<RestoreOutcome>) {
    await live.close()
    outcome = await restore()
  },
}

beforeEach(async () => {
  live = await openLiveFolder(100)
})
afterEach(async () => {
  vi.useRealTimers()
  await backups.close()
  await live.close()
  live.remove()
})

async function open(settings: object = {}): Promise<void> {
  writeFileSync(join(live.folder, 'settings.json'), JSON.stringify({ backup: settings }))
  backups = openBackups({
    folder: live.folder,
    version: '0.1.0',
    demo: false,
    host,
    settings: await openSettings(live.folder, {}),
    log: createLog(),
  })
  const [engine, page] = createPortPair()
  serve(backupContract, backups.handlers, engine)
  client = createClient<typeof backupContract>(page)
  client.open('backups', {}, (value) => {
    view = value
  })
  await vi.waitFor(() => expect(view.folder).toBe(join(live.folder, 'backups')))
}
const ended = () => vi.waitFor(() => expect(view.running).toBeUndefined(), { timeout: 20_000 })

test('one that is asked for is told of while it is made, and listed once it is good', async () => {
  await open()
  const { name } = await client.call('backup.start', {})
  await vi.waitFor(() => expect(view.running).toMatchObject({ name }))
  await expect(client.call('backup.start', {})).rejects.toThrow('A backup is being made already.')
  await ended()
  expect(view).toMatchObject({ backups: [{ name, state: 'good' }] })
  expect(backups.fault()).toBeUndefined()
})

test('why one failed is told, as a fault of the engine too, until one succeeds', async () => {
  await open()
  writeFileSync(join(live.folder, 'backups'), 'a file where the folder should be')
  await client.call('backup.start', {})
  await vi.waitFor(() => expect(view.fault?.code).toBe('disk-failed'), { timeout: 20_000 })
  expect(backups.fault()).toEqual(view.fault)
  rmSync(join(live.folder, 'backups'))
  await client.call('backup.start', {})
  await vi.waitFor(() => expect(view).toMatchObject({ backups: [{ state: 'good' }] }), { timeout: 20_000 })
  expect([view.fault, backups.fault()]).toEqual([undefined, undefined])
})

test('that another process is making one is told to who asks, and is no fault of the engine', async () => {
  await open()
  mkdirSync(join(live.folder, 'backups'))
  const release = lockBackups(join(live.folder, 'backups'))
  await client.call('backup.start', {})
  await vi.waitFor(() => expect(view.fault?.code).toBe('backup-running'), { timeout: 20_000 })
  expect(backups.fault()).toBeUndefined()
  release()
})

test('A-50 one of them is restored where the engine was, and what was there is kept', async () => {
  await open()
  const { name } = await client.call('backup.start', {})
  await ended()
  await live.put(...numbered(100, 300))
  await client.call('backup.restore', { name }, 20_000)
  expect(outcome).toMatchObject({
    kind: 'restored',
    name,
    sha256: view.backups[0]?.sha256,
    rows: view.backups[0]?.rows,
  })
  expect(tradesIn(live.folder).rows).toBe(100)
  expect(tradesIn(outcome?.kind === 'restored' ? (outcome.kept ?? '') : '').rows).toBe(300)
  await expect(client.call('backup.restore', { name: '../elsewhere' })).rejects.toThrow('must be the name of a backup')
})

test('by the schedule one is made when it is due, and the oldest goes', async () => {
  const at = Date.now()
  await backUp(live.folder, QUIET, at - 600 * MINUTE)
  await backUp(live.folder, QUIET, at - 500 * MINUTE)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await open({ schedule: 'hours', everyHours: 6, keep: 2 })
  expect(view.backups).toHaveLength(2)
  expect(view.nextAt).toBeLessThan(at)
  const oldest = view.backups[1]?.name ?? ''
  vi.advanceTimersByTime(MINUTE)
  vi.useRealTimers()
  await vi.waitFor(() => expect(view.nextAt).toBeGreaterThan(at + 300 * MINUTE), { timeout: 20_000 })
  expect(view.backups.map(({ state }) => state)).toEqual(['good', 'good'])
  expect(existsSync(join(live.folder, 'backups', oldest))).toBe(false)
})

test('closing stops one that is being made', async () => {
  await open()
  const { name } = await client.call('backup.start', {})
  await backups.close()
  expect(await listBackups(join(live.folder, 'backups'))).toEqual([])
  expect(existsSync(join(live.folder, 'backups', name))).toBe(false)
})
