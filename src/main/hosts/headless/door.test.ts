import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serve } from '../../../shared/bridge.ts'
import type { RoleStatus } from '../../../shared/role-contract.ts'
import { roleContract } from '../../../shared/role-contract.ts'
import { connectRole } from './client.ts'
import type { Door } from './door.ts'
import { openDoor } from './door.ts'
import { readEngineFile, writeEngineFile } from './engine-file.ts'

const status = { group: 'desk', records: 7 } as RoleStatus
let folder: string
let door: Door
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-door-'))
  door = await openDoor('consume', {
    port: 0,
    engine: () => ({
      serve: (port) => serve(roleContract, { 'role.status': () => status }, port),
      redeem: () => undefined,
    }),
  })
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true })
})

const fileOf = (home: string) => join(home, 'engine.json')

test('whoever reads the file of its folder, which is its user’s alone, gets in and is answered', async () => {
  await door.announce(folder)
  expect(statSync(fileOf(folder)).mode & 0o777).toBe(0o600)
  const role = await connectRole(readEngineFile(folder)!)
  expect(await role.call('role.status', {})).toEqual(status)
  role.close()
})

test('nobody gets in with another token, and no page is served', async () => {
  const address = { pid: process.pid, port: door.port, token: 'x'.repeat(43) }
  await expect(connectRole(address)).rejects.toThrow(`Tapedeck (process ${process.pid}) does not answer`)
  expect((await fetch(`http://127.0.0.1:${door.port}/`)).status).toBe(404)
})

test('it is found in one folder at a time, and in none once it is closed', async () => {
  const other = join(folder, 'other')
  mkdirSync(other)
  await door.announce(folder)
  await door.announce(other)
  expect([existsSync(fileOf(folder)), readEngineFile(other)?.role]).toEqual([false, 'consume'])
  await door.close()
  expect(existsSync(fileOf(other))).toBe(false)
})

test('a file that another process has put in its place stays', async () => {
  await door.announce(folder)
  const taken = { role: 'serve', pid: process.ppid, port: 1, token: 'theirs' } as const
  await writeEngineFile(folder, taken)
  await door.close()
  expect(readEngineFile(folder)).toEqual(taken)
})
