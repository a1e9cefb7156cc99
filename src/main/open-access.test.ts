import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exchangeOf } from './exchanges/registry.ts'
import { openAccess } from './open-access.ts'
import { createMemorySecrets } from './secrets/memory-secrets.ts'
import type { Keeping } from './secrets/secret-store.ts'

const GRANT = 'kis.live:grant:rest'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-grants-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(keeping: Keeping, demo = false) {
  const hostSecrets = { ...createMemorySecrets(), available: () => keeping }
  const access = openAccess({
    folder,
    demo,
    exchanges: [exchangeOf('kis')!],
    hostSecrets,
    onChange: () => undefined,
  })
  return { ...access, hostSecrets }
}
const file = () => join(folder, 'access.json')

test('A-05 A-80 a token is sealed with the keys where the host can seal, and lies in no file', async () => {
  const { keep, hostSecrets } = open('encrypted')
  await keep.set(GRANT, 'token')
  expect([await hostSecrets.get(GRANT), existsSync(file())]).toEqual(['token', false])
})

test('A-05 where nothing can be sealed a token outlives a restart in a file of its owner’s', async () => {
  await open('this-run').keep.set(GRANT, 'token')
  expect(await open('this-run').keep.get(GRANT)).toBe('token')
  expect(readFileSync(file(), 'utf8')).toContain('token')
})

test('the demo’s tokens are never among the real ones, and its venues never see a real key', async () => {
  const { keep, secrets, hostSecrets } = open('encrypted', true)
  await hostSecrets.set('kis.live:app-key', 'real')
  await keep.set(GRANT, 'demo-token')
  expect([await hostSecrets.get(GRANT), await secrets.get('kis.live:app-key')]).toEqual([undefined, 'demo'])
})
