import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FaultError } from '../../../shared/faults.ts'
import { createMainAsker } from './main-asker.ts'
import { createRemoteSecrets } from './remote-secrets.ts'
import { openSafeSecrets, SAFE_SECRETS_FILE } from './secrets.ts'
import { answerEngine } from './engine-answers.ts'
import { createEmulatorProcess } from './emulator-process.ts'
import { asProcess, FakeProcess } from './testing/fake-electron.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tapedeck-safe-'))))
afterEach(() => rmSync(folder, { recursive: true }))

/** A key store of one user: what another one sealed does not open. */
const keyStore = (user = 1, backend = 'gnome_libsecret', available = true) => ({
  isEncryptionAvailable: () => available,
  getSelectedStorageBackend: () => backend as 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from([user, ...Buffer.from(text).map((byte) => byte ^ 0x5a)]),
  decryptString(sealed: Buffer) {
    if (sealed[0] !== user) throw new Error('Error while decrypting')
    return Buffer.from(sealed.subarray(1).map((byte) => byte ^ 0x5a)).toString()
  },
})
const open = (store = keyStore(), platform: NodeJS.Platform = 'linux') =>
  openSafeSecrets({ safeStorage: store, platform, folder })
const refusalOf = (promise: Promise<unknown>) => promise.then(String, (error: FaultError) => error.fault)

it('A-80 secrets outlive the program, in a file that only its owner reads and that holds none of them', async () => {
  const store = open()
  await Promise.all(['a', 'b', 'c'].map((name) => store.set(`kafka:${name}`, `canary-${name}`)))
  await store.set('kafka:b', undefined)
  const again = open()
  expect(again.state()).toEqual({ encrypted: true, names: ['kafka:a', 'kafka:c'] })
  expect([await again.get('kafka:a'), await again.get('kafka:b')]).toEqual(['canary-a', undefined])
  const path = join(folder, SAFE_SECRETS_FILE)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).not.toContain('canary')
})

it.each([
  ['there is no key store', keyStore(1, 'gnome_libsecret', false)],
  ['the key is the same on every machine', keyStore(1, 'basic_text')],
  ['nobody knows which it is', keyStore(1, 'unknown')],
])('A-80 where %s, nothing is kept, and it says what to do', async (_name, store) => {
  const secrets = open(store)
  const { problem } = secrets.state()
  expect(secrets.where).toEqual({ kept: 'this-run' })
  expect(problem).toContain('set TAPEDECK_PASSPHRASE to keep them in a sealed file')
  expect(await refusalOf(secrets.set('kafka:a', 'canary'))).toEqual({ code: 'bad-setting', message: problem })
  expect(() => readFileSync(join(folder, SAFE_SECRETS_FILE))).toThrow()
})

it('A-80 without a key store a passphrase seals them with the engine, which is no problem to tell', () => {
  const safeStorage = keyStore(1, 'basic_text')
  const secrets = openSafeSecrets({ safeStorage, platform: 'linux', folder, passphrase: true })
  expect(secrets.where).toEqual({ kept: 'passphrase' })
  expect(secrets.state()).toEqual({ encrypted: false, names: [] })
})

it('A-80 a key store goes before a passphrase', () => {
  expect(openSafeSecrets({ safeStorage: keyStore(), platform: 'linux', folder, passphrase: true }).where).toEqual({
    kept: 'key-store',
    backend: 'gnome_libsecret',
  })
})

it('A-80 macOS and Windows have theirs, and no backend to choose', () => {
  const { getSelectedStorageBackend: _none, ...store } = keyStore()
  for (const platform of ['darwin', 'win32'] as const)
    expect(openSafeSecrets({ safeStorage: store, platform, folder })).toMatchObject({
      where: { kept: 'key-store', backend: platform },
    })
})

it('A-80 what another user sealed does not open, and is said so', async () => {
  await open().set('kafka:a', 'canary')
  expect(await refusalOf(open(keyStore(2)).get('kafka:a'))).toMatchObject({
    code: 'bad-setting',
    message: expect.stringContaining('"kafka:a"') as string,
  })
})

it('A-80 a file that is damaged stays as it is', async () => {
  const path = join(folder, SAFE_SECRETS_FILE)
  writeFileSync(path, '{"version":1,"secrets":{"a":"not base64 …"}}')
  const secrets = open()
  expect(await refusalOf(secrets.set('kafka:a', 'new'))).toMatchObject({ code: 'bad-setting' })
  expect(readFileSync(path, 'utf8')).toContain('not base64')
})

it('A-80 the engine keeps its secrets there, by asking', async () => {
  const safe = open()
  const emulator = createEmulatorProcess(() => asProcess(new FakeProcess()))
  const answer = answerEngine(safe, emulator)
  const main = createMainAsker((message) => {
    if (message.kind !== 'ask') return
    answer(message.what).then(
      (value) => main.onAnswer({ kind: 'answer', id: message.id, value }),
      (error: FaultError) => main.onAnswer({ kind: 'answer', id: message.id, fault: error.fault }),
    )
  })
  const store = createRemoteSecrets(main.ask, safe.state().names)
  expect([store.available(), await store.get('kafka:a'), store.has('kafka:a')]).toEqual(['encrypted', undefined, false])
  expect(await store.set('kafka:a', 'canary')).toBe('encrypted')
  expect([await store.get('kafka:a'), store.has('kafka:a')]).toEqual(['canary', true])
  await store.set('kafka:a', undefined)
  expect([store.has('kafka:a'), safe.state().names]).toEqual([false, []])
})
